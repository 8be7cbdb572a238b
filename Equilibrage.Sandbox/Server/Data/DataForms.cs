using Equilibrage.Core.Markets;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.Simulation;
using Equilibrage.Polymarket.Rest.Data;
using Equilibrage.Sandbox.Server.Markets;

namespace Equilibrage.Sandbox.Server.Data;

/// <summary>Positions and trades in the Data API's words.</summary>
internal static class DataForms
{
    private const int CrowdPerMarket = 500;
    private const int AddressLength = 42;

    /// <summary>What a share of an outcome is worth now, in micro-dollars.</summary>
    public static long PriceOf(MarketEntry entry, Outcome outcome, long second)
    {
        var yes = entry.HasEnded
            ? entry.Listing.Resolution.PayoutYes.ToMicros
            : PriceFigures.MiddleOf(entry.Listing, second);
        return outcome == Outcome.Yes ? yes : Micros.PerUnit - yes;
    }

    /// <summary>A position.</summary>
    public static DataPosition Position(PositionTally tally, MarketEntry entry, long second, bool isMergeable)
    {
        var market = entry.Market;
        var price = PriceOf(entry, tally.Outcome, second);
        var value = (long)((Int128)tally.Size * price / Micros.PerUnit);
        var unrealized = value - tally.Cost - tally.Fees;
        return new()
        {
            ProxyWallet = tally.Account.Value,
            TokenId = market.Token(tally.Outcome).Value,
            ConditionId = market.Id.Value,
            CurrentSize = Quantity.FromMicros(tally.Size),
            AveragePrice = tally.Size == 0 ? 0 : Math.Round((decimal)tally.Cost / tally.Size, 6),
            EntryCost = Usdc.FromMicros(tally.Cost),
            EntryFees = Usdc.FromMicros(tally.Fees),
            TotalCost = Usdc.FromMicros(tally.Cost + tally.Fees),
            CurrentPrice = Price.FromMicros(price),
            CurrentValue = Usdc.FromMicros(value),
            TotalSize = Quantity.FromMicros(tally.Acquired),
            RealizedPnl = Usdc.FromMicros(tally.Realized),
            UnrealizedPnl = Usdc.FromMicros(unrealized),
            TotalPnl = Usdc.FromMicros(tally.Realized + unrealized),
            PercentPnl = tally.Cost == 0 ? 0 : Math.Round(100m * unrealized / tally.Cost, 4),
            Status = StatusOf(tally, entry, price),
            IsRedeemable = entry.HasEnded && tally.Size > 0,
            IsMergeable = isMergeable,
            IsNegRisk = market.IsNegRisk,
            IsArchived = false,
            Title = market.Question,
            Slug = market.Slug,
            Icon = "",
            EventId = entry.Event.Id,
            EventSlug = entry.Event.Slug,
            Outcome = market.Name(tally.Outcome),
            OutcomeIndex = (int)tally.Outcome,
            OppositeOutcome = market.Name(tally.Outcome.Other()),
            OppositeTokenId = market.Token(tally.Outcome.Other()).Value,
            EndDate = market.ExpectedEnd,
            LastEventAt = tally.LastAt,
            Name = "",
        };
    }

    /// <summary>A user's side of a trade.</summary>
    public static DataTrade Trade(VenueTrade trade, TradeSide side, MarketEntry entry) => new()
    {
        ProxyWallet = side.AccountId?.Value,
        Side = side.Side,
        TokenId = side.TokenId.Value,
        ConditionId = entry.Market.Id.Value,
        Size = side.Quantity,
        Price = side.Price,
        Timestamp = trade.MatchedAt,
        Title = entry.Market.Question,
        Slug = entry.Market.Slug,
        Icon = "",
        EventSlug = entry.Event.Slug,
        Outcome = entry.Market.Name(side.Outcome),
        OutcomeIndex = (int)side.Outcome,
        Name = "",
        Pseudonym = "",
        TransactionHash = trade.TransactionHash ?? "",
    };

    /// <summary>A trade of the crowd; its wallets are invented, a few hundred per market.</summary>
    public static DataTrade Trade(PublicPrint print, MarketEntry entry)
    {
        var number = Noise.Below(Noise.Key(0, print.Key), CrowdPerMarket);
        return new()
        {
            ProxyWallet = DerivedId.Hex("practice-crowd-wallet", $"{number}")[..AddressLength],
            Side = print.Side,
            TokenId = entry.Market.Token(print.Outcome).Value,
            ConditionId = entry.Market.Id.Value,
            Size = print.Quantity,
            Price = print.Price,
            Timestamp = DateTimeOffset.FromUnixTimeSeconds(print.At),
            Title = entry.Market.Question,
            Slug = entry.Market.Slug,
            Icon = "",
            EventSlug = entry.Event.Slug,
            Outcome = entry.Market.Name(print.Outcome),
            OutcomeIndex = (int)print.Outcome,
            Name = "",
            Pseudonym = "",
            TransactionHash = DerivedId.Hex("practice-transaction", print.Key),
        };
    }

    /// <summary>A trade as an activity.</summary>
    public static DataActivity Activity(DataTrade trade) => new()
    {
        Type = "TRADE",
        UsdcSize = trade.Price!.Value.CostOf(trade.Size!.Value),
        IsCombo = false,
        ProxyWallet = trade.ProxyWallet,
        Side = trade.Side,
        TokenId = trade.TokenId,
        ConditionId = trade.ConditionId,
        Size = trade.Size,
        Price = trade.Price,
        Timestamp = trade.Timestamp,
        Title = trade.Title,
        Slug = trade.Slug,
        Icon = trade.Icon,
        EventSlug = trade.EventSlug,
        Outcome = trade.Outcome,
        OutcomeIndex = trade.OutcomeIndex,
        TransactionHash = trade.TransactionHash,
    };

    /// <summary>Something done on the chain as an activity.</summary>
    public static DataActivity Activity(ChainActionRow action, MarketEntry? entry) => new()
    {
        Type = action.Kind switch
        {
            ChainActionKind.Split => "SPLIT",
            ChainActionKind.Merge => "MERGE",
            ChainActionKind.Deposit => "DEPOSIT",
            ChainActionKind.Withdrawal => "WITHDRAWAL",
            _ => "REDEEM",
        },
        UsdcSize = action.Dollars,
        IsCombo = false,
        ProxyWallet = action.AccountId.Value,
        ConditionId = action.MarketId?.Value,
        Size = Quantity.FromMicros(Math.Max(action.Yes.ToMicros, action.No.ToMicros)),
        Timestamp = action.At,
        Title = entry?.Market.Question,
        Slug = entry?.Market.Slug,
        EventSlug = entry?.Event.Slug,
        TransactionHash = action.TransactionHash,
    };

    private static string StatusOf(PositionTally tally, MarketEntry entry, long price) => tally.Size == 0 ? "CLOSED"
        : !entry.HasEnded ? "OPEN"
        : price > 0 ? "REDEEMABLE"
        : "REDEEMABLE_LOST";
}
