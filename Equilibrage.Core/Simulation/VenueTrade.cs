using System.Text.Json.Serialization;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.Simulation;

/// <summary>How far a trade's settlement has come.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TradeStatus>))]
public enum TradeStatus
{
    /// <summary>Matched; nothing has moved on the chain.</summary>
    Matched,

    /// <summary>On the chain: balances have moved.</summary>
    Mined,

    /// <summary>Final.</summary>
    Confirmed,

    /// <summary>The first attempt did not go through; another is under way.</summary>
    Retrying,

    /// <summary>Final and void: nothing ever moved.</summary>
    Failed,
}

/// <summary>How a trade's settlement will go; drawn, or ordered, when it is matched.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SettlementFate>))]
public enum SettlementFate
{
    /// <summary>Mined, then confirmed.</summary>
    Regular,

    /// <summary>Mined at the second attempt.</summary>
    Retried,

    /// <summary>Fails after a second attempt.</summary>
    Failing,

    /// <summary>
    /// Only ordered: the match becomes two trades, of which the first is settled and the second fails. One that meets
    /// a single maker fails.
    /// </summary>
    Partial,
}

/// <summary>One order's part of a trade, in its own token.</summary>
public sealed record TradeSide
{
    /// <summary>The user, or null for the simulated crowd.</summary>
    public AccountId? AccountId { get; init; }

    /// <summary>The order; the crowd's orders have ids of their own that name nothing.</summary>
    public required VenueOrderId OrderId { get; init; }

    /// <summary>The order's owner text; empty for the crowd.</summary>
    public string Owner { get; init; } = "";

    /// <summary>Token that this order traded.</summary>
    public required TokenId TokenId { get; init; }

    /// <summary>Its outcome.</summary>
    public required Outcome Outcome { get; init; }

    /// <summary>Its direction.</summary>
    public required Side Side { get; init; }

    /// <summary>Dollars per share; for a taker with several makers the average, rounded down.</summary>
    public required Price Price { get; init; }

    /// <summary>Shares.</summary>
    public required Quantity Quantity { get; init; }

    /// <summary>Dollars for the shares, without fee.</summary>
    public required Usdc Notional { get; init; }

    /// <summary>Fee: of the taker, the sum of the fees against each maker; zero for a maker.</summary>
    public Usdc Fee { get; init; }
}

/// <summary>
/// One execution: a taker and all makers that it met, settled together. Sizes are whole hundredths of a share and
/// prices at most four decimals, so every amount is exact.
/// </summary>
public sealed record VenueTrade
{
    /// <summary>Id.</summary>
    public required TradeId Id { get; init; }

    /// <summary>Order of execution, unique over orders and trades.</summary>
    public required long Sequence { get; init; }

    /// <summary>Market.</summary>
    public required MarketId MarketId { get; init; }

    /// <summary>How far its settlement has come.</summary>
    public required TradeStatus Status { get; init; }

    /// <summary>The order that arrived.</summary>
    public required TradeSide Taker { get; init; }

    /// <summary>The orders that it met, in the order in which it did.</summary>
    public required IReadOnlyList<TradeSide> Makers { get; init; }

    /// <summary>How its settlement will go; nobody is told.</summary>
    public SettlementFate Fate { get; init; }

    /// <summary>Market time of the match.</summary>
    public required DateTimeOffset MatchedAt { get; init; }

    /// <summary>Market time of the last change of status.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Hash of the transaction, once there was one.</summary>
    [JsonIgnore]
    public string? TransactionHash => Status is TradeStatus.Mined or TradeStatus.Confirmed
        ? DerivedId.Hex("practice-transaction", Id.Value)
        : null;

    /// <summary>True when nothing more happens to it.</summary>
    [JsonIgnore]
    public bool IsFinal => Status is TradeStatus.Confirmed or TradeStatus.Failed;

    /// <summary>True when an account is on either side.</summary>
    public bool Concerns(AccountId account) =>
        Taker.AccountId == account || Makers.Any(maker => maker.AccountId == account);

    /// <summary>
    /// An account's executions in it: the taker's under the trade's id, a maker's too when it is the only one of the
    /// account, else under the id with the maker's place after a slash.
    /// </summary>
    public IReadOnlyList<Fill> FillsOf(AccountId account)
    {
        if (Taker.AccountId == account)
            return [Fill(Taker, Id, Liquidity.Taker)];
        var own = Makers.Index().Where(maker => maker.Item.AccountId == account).ToList();
        return own.Count == 1
            ? [Fill(own[0].Item, Id, Liquidity.Maker)]
            : [.. own.Select(maker => Fill(maker.Item, new($"{Id}/{maker.Index}"), Liquidity.Maker))];
    }

    private Fill Fill(TradeSide side, TradeId id, Liquidity liquidity) => new()
    {
        TradeId = id,
        VenueOrderId = side.OrderId,
        TokenId = side.TokenId,
        Side = side.Side,
        Price = side.Price,
        Quantity = side.Quantity,
        Notional = side.Notional,
        Fee = side.Fee,
        Liquidity = liquidity,
        ExecutedAt = MatchedAt,
    };
}
