using Equilibrage.Core.Opportunities;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.State;

/// <summary>One line of the journal: an output with its place, its times and whose it is.</summary>
public sealed record JournalRecord
{
    /// <summary>Present form of the payload; older forms are raised to it on reading.</summary>
    public const int CurrentSchemaVersion = 1;

    /// <summary>Place in the account's journal: 1, 2, 3 … without gaps.</summary>
    public required long Sequence { get; init; }

    /// <summary>Sequence of the first record that the same event caused.</summary>
    public required long CauseSequence { get; init; }

    /// <summary>Both clocks.</summary>
    public required Stamp At { get; init; }

    /// <summary>The account.</summary>
    public required AccountId AccountId { get; init; }

    /// <summary>The strategy, if one is concerned.</summary>
    public StrategyId? StrategyId { get; init; }

    /// <summary>The market, if one is concerned.</summary>
    public MarketId? MarketId { get; init; }

    /// <summary>The position, if one is concerned.</summary>
    public PositionId? PositionId { get; init; }

    /// <summary>The order, if one is concerned.</summary>
    public ClientOrderId? ClientOrderId { get; init; }

    /// <summary>
    /// Where the causing fact came from, when it has an id of its own: <c>venue</c> or <c>operator</c>.
    /// </summary>
    public string? Source { get; init; }

    /// <summary>That fact's id; a second record with the same source and id is a duplicate and refused.</summary>
    public string? SourceEventId { get; init; }

    /// <summary>What happened.</summary>
    public required EngineOutput Output { get; init; }
}

/// <summary>A market's verdict changed: why it is entered or not, with the numbers.</summary>
public sealed record DecisionRecord
{
    /// <summary>Both clocks.</summary>
    public required Stamp At { get; init; }

    /// <summary>The account.</summary>
    public required AccountId AccountId { get; init; }

    /// <summary>The strategy.</summary>
    public required StrategyId StrategyId { get; init; }

    /// <summary>What was decided about, with score and factors.</summary>
    public required Opportunity Opportunity { get; init; }

    /// <summary>The market's question.</summary>
    public required string MarketName { get; init; }

    /// <summary>The rule that refused; null when the market was entered.</summary>
    public Denial? Denial { get; init; }

    /// <summary>The position that was opened; such decisions are kept for ever.</summary>
    public PositionId? PositionId { get; init; }

    /// <summary>What every layer of risk left for the entry; empty when it did not come to that.</summary>
    public IReadOnlyList<SizeLayer> Sizes { get; init; } = [];
}

/// <summary>Both legs' bids of a position at a moment, for its price chart and for marking after a restart.</summary>
public sealed record PriceMark(
    PositionId PositionId, Stamp At, TokenId TokenYes, TokenId TokenNo, Price? BidYes, Price? BidNo, Usdc Pnl);

/// <summary>A point of the equity curve.</summary>
public sealed record EquityPoint(
    Stamp At, AccountId AccountId, Usdc Equity, Usdc Cash, Usdc Holdings, Usdc RealizedPnl);

/// <summary>What one scan counted.</summary>
public sealed record ScanCount(
    Stamp At, AccountId AccountId, int Scanned, int Eligible, IReadOnlyDictionary<DenyReason, int> ByReason);

/// <summary>Everything one turn of the loop writes, in one transaction, before anything is sent.</summary>
public sealed record JournalBatch
{
    /// <summary>
    /// The lease under which all of this was decided; 0 for an account that never had a lease. A batch of an epoch that
    /// is over is refused.
    /// </summary>
    public long Epoch { get; init; }

    /// <summary>Journalled outputs, in order.</summary>
    public IReadOnlyList<JournalRecord> Records { get; init; } = [];

    /// <summary>Changed verdicts.</summary>
    public IReadOnlyList<DecisionRecord> Decisions { get; init; } = [];

    /// <summary>Price marks of held positions.</summary>
    public IReadOnlyList<PriceMark> Marks { get; init; } = [];

    /// <summary>Points of the equity curve.</summary>
    public IReadOnlyList<EquityPoint> Equity { get; init; } = [];

    /// <summary>Counts of finished scans.</summary>
    public IReadOnlyList<ScanCount> Scans { get; init; } = [];

    /// <summary>Positions touched by this batch, as they stand after it: rows of the history tables.</summary>
    public IReadOnlyList<Accounting.Position> Positions { get; init; } = [];

    /// <summary>True when there is nothing to write.</summary>
    public bool IsEmpty =>
        Records.Count + Decisions.Count + Marks.Count + Equity.Count + Scans.Count == 0;
}
