using System.Text.Json.Serialization;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.Simulation;

/// <summary>A user's account in the venue's record.</summary>
public sealed record AccountRow(AccountId AccountId, Usdc Capital, Usdc Cash);

/// <summary>Shares of one token; zero when they are gone.</summary>
public sealed record HoldingRow(
    AccountId AccountId, MarketId MarketId, TokenId TokenId, Outcome Outcome, Quantity Quantity);

/// <summary>A user's order in the venue's record.</summary>
public sealed record OrderRow
{
    /// <summary>Whose.</summary>
    public required AccountId AccountId { get; init; }

    /// <summary>What was asked.</summary>
    public required VenueOrderRequest Request { get; init; }

    /// <summary>When it was matched or began to rest, in the venue's count.</summary>
    public required long Sequence { get; init; }

    /// <summary>Where it stands.</summary>
    public required OrderStatus Status { get; init; }

    /// <summary>The venue's words, if any.</summary>
    public string? Reason { get; init; }

    /// <summary>The rule that ended it, if one did.</summary>
    public RefusalKind? Refusal { get; init; }

    /// <summary>True when its market's end ended it.</summary>
    public bool IsEndedByResolution { get; init; }

    /// <summary>When a delayed order is matched, milliseconds of market time; else 0.</summary>
    public long DueAtMs { get; init; }

    /// <summary>Market time of its arrival.</summary>
    public required DateTimeOffset PlacedAt { get; init; }

    /// <summary>Shares matched.</summary>
    public required Quantity Matched { get; init; }
}

/// <summary>A market's end and what was listed in its place.</summary>
public sealed record LifecycleRow(Resolution Resolution, int Generation, Market Next);

/// <summary>What a user can do on the chain without the exchange.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ChainActionKind>))]
public enum ChainActionKind
{
    /// <summary>Dollars became sets of both outcomes.</summary>
    Split,

    /// <summary>Sets became dollars.</summary>
    Merge,

    /// <summary>Shares of a market that has ended became their payout.</summary>
    Redeem,

    /// <summary>Dollars came from outside.</summary>
    Deposit,

    /// <summary>Dollars went outside.</summary>
    Withdrawal,
}

/// <summary>Something that a user did on the chain.</summary>
/// <param name="Sequence">Its place in the venue's count.</param>
/// <param name="AccountId">Whose.</param>
/// <param name="MarketId">Market; null for a transfer.</param>
/// <param name="TokenYes">Its first outcome's token.</param>
/// <param name="TokenNo">Its second outcome's token.</param>
/// <param name="Kind">What.</param>
/// <param name="Dollars">Dollars that the account paid (split, withdrawal) or got.</param>
/// <param name="Yes">Shares of the first outcome that were made or burned.</param>
/// <param name="No">Shares of the second outcome that were made or burned.</param>
/// <param name="At">Market time.</param>
/// <param name="OperationId">The operation by which it was asked for, if it was one.</param>
/// <param name="TransactionHash">The transaction.</param>
public sealed record ChainActionRow(
    long Sequence, AccountId AccountId, MarketId? MarketId, TokenId? TokenYes, TokenId? TokenNo, ChainActionKind Kind,
    Usdc Dollars, Quantity Yes, Quantity No, DateTimeOffset At, OperationId? OperationId, string TransactionHash)
{
    /// <summary>What it moved.</summary>
    public ChainReceipt Receipt()
    {
        var sign = Kind == ChainActionKind.Split ? 1 : -1;
        var shares = new Dictionary<TokenId, long>();
        foreach (var (token, quantity) in ((TokenId?, Quantity)[])[(TokenYes, Yes), (TokenNo, No)])
        {
            if (token is { } known && !quantity.IsZero)
                shares.Add(known, sign * quantity.ToMicros);
        }

        var isPaid = Kind is ChainActionKind.Split or ChainActionKind.Withdrawal;
        return new(isPaid ? -Dollars : Dollars, shares, TransactionHash);
    }
}

/// <summary>A market whose price grid has become finer than it was listed with.</summary>
public sealed record TickRow(MarketId MarketId, TickSize Tick);

/// <summary>The crowd's orders of a book that users have touched; null bytes when it is again as nobody had.</summary>
public sealed record BookRow(MarketId MarketId, byte[]? Crowd);

/// <summary>What the venue's record needs beside its rows.</summary>
/// <param name="Step">Steps since the start.</param>
/// <param name="NextSequence">Next number for orders and trades.</param>
/// <param name="Crowd">Dollars of the crowd relative to its start.</param>
/// <param name="Venue">Fees and rounding kept.</param>
public sealed record VenueTotals(long Step, long NextSequence, Usdc Crowd, Usdc Venue);

/// <summary>
/// Rows of the venue's record: what changed since the last time it was asked, or, to restore a venue, all of them.
/// </summary>
public sealed record VenueRecord
{
    /// <summary>Clock and totals.</summary>
    public required VenueTotals Totals { get; init; }

    /// <summary>Accounts.</summary>
    public IReadOnlyList<AccountRow> Accounts { get; init; } = [];

    /// <summary>Shares.</summary>
    public IReadOnlyList<HoldingRow> Holdings { get; init; } = [];

    /// <summary>Orders.</summary>
    public IReadOnlyList<OrderRow> Orders { get; init; } = [];

    /// <summary>Trades.</summary>
    public IReadOnlyList<VenueTrade> Trades { get; init; } = [];

    /// <summary>Ends of markets; not needed to restore, since they follow from the clock.</summary>
    public IReadOnlyList<LifecycleRow> Lifecycle { get; init; } = [];

    /// <summary>What users did on the chain.</summary>
    public IReadOnlyList<ChainActionRow> Actions { get; init; } = [];

    /// <summary>Ends that somebody ordered.</summary>
    public IReadOnlyList<ForcedEnd> ForcedEnds { get; init; } = [];

    /// <summary>Finer grids.</summary>
    public IReadOnlyList<TickRow> Ticks { get; init; } = [];

    /// <summary>Ids that were canceled before their order arrived.</summary>
    public IReadOnlyList<VenueOrderId> Tombstones { get; init; } = [];

    /// <summary>Touched books.</summary>
    public IReadOnlyList<BookRow> Books { get; init; } = [];

    /// <summary>True when nothing but the clock has moved.</summary>
    public bool IsClockOnly => Accounts.Count + Holdings.Count + Orders.Count + Trades.Count + Lifecycle.Count
        + Actions.Count + ForcedEnds.Count + Ticks.Count + Tombstones.Count + Books.Count == 0;
}
