using System.Text.Json.Serialization;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.Simulation;

/// <summary>How far a trade's settlement has come.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SettlementState>))]
public enum SettlementState
{
    /// <summary>Matched, not final.</summary>
    Matched,

    /// <summary>Final.</summary>
    Confirmed,

    /// <summary>Failed: what it moved was given back.</summary>
    Failed,
}

/// <summary>A user's account in the venue's record.</summary>
public sealed record AccountRow(AccountId AccountId, Usdc Capital, Usdc Cash);

/// <summary>Shares of one token; zero when they are gone.</summary>
public sealed record HoldingRow(
    AccountId AccountId, MarketId MarketId, TokenId TokenId, Outcome Outcome, Quantity Quantity);

/// <summary>A user's order in the venue's record.</summary>
/// <param name="AccountId">Whose.</param>
/// <param name="Prepared">What was sent.</param>
/// <param name="Sequence">When it was matched or began to rest, in the venue's count.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Reason">The venue's words, if any.</param>
/// <param name="DueAtMs">When a delayed order is matched, milliseconds of market time; else 0.</param>
public sealed record OrderRow(
    AccountId AccountId, PreparedOrder Prepared, long Sequence, OrderStatus Status, string? Reason, long DueAtMs);

/// <summary>A user's side of a trade in the venue's record.</summary>
/// <param name="AccountId">Whose.</param>
/// <param name="MarketId">Market.</param>
/// <param name="Outcome">Outcome of the token that moved.</param>
/// <param name="Sequence">Order of execution, unique over orders and trades.</param>
/// <param name="Fill">The execution.</param>
/// <param name="SettlesAt">Market second at which it is final.</param>
/// <param name="State">How far it has come.</param>
/// <param name="IsWithCrowd">True when the other side is no user.</param>
public sealed record TradeRow(
    AccountId AccountId, MarketId MarketId, Outcome Outcome, long Sequence, Fill Fill, long SettlesAt,
    SettlementState State, bool IsWithCrowd);

/// <summary>A market's end and what was listed in its place.</summary>
public sealed record LifecycleRow(Resolution Resolution, int Generation, Market Next);

/// <summary>A redemption in the venue's record.</summary>
public sealed record RedemptionRow(
    AccountId AccountId, MarketId MarketId, Usdc Payout, Quantity BurnedYes, Quantity BurnedNo, DateTimeOffset At);

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
    public IReadOnlyList<TradeRow> Trades { get; init; } = [];

    /// <summary>Ends of markets; not needed to restore, since they follow from the clock.</summary>
    public IReadOnlyList<LifecycleRow> Lifecycle { get; init; } = [];

    /// <summary>Redemptions; not needed to restore.</summary>
    public IReadOnlyList<RedemptionRow> Redemptions { get; init; } = [];

    /// <summary>Ids that were canceled before their order arrived.</summary>
    public IReadOnlyList<VenueOrderId> Tombstones { get; init; } = [];

    /// <summary>Touched books.</summary>
    public IReadOnlyList<BookRow> Books { get; init; } = [];

    /// <summary>True when nothing but the clock has moved.</summary>
    public bool IsClockOnly => Accounts.Count + Holdings.Count + Orders.Count + Trades.Count + Lifecycle.Count
        + Redemptions.Count + Tombstones.Count + Books.Count == 0;
}
