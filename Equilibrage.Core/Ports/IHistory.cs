using Equilibrage.Core.Accounting;
using Equilibrage.Core.Opportunities;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.Projections;
using Equilibrage.Core.State;

namespace Equilibrage.Core.Ports;

/// <summary>How a closed position ended, for filtering.</summary>
public enum PositionOutcome
{
    /// <summary>Realised more than zero.</summary>
    Win,

    /// <summary>Realised zero or less.</summary>
    Loss,
}

/// <summary>Which closed positions are wanted. Every part is optional.</summary>
/// <param name="From">Closed at or after, market time.</param>
/// <param name="To">Closed before, market time.</param>
/// <param name="Market">Part of the question, or the whole condition id; case does not matter.</param>
/// <param name="Outcome">Win or loss.</param>
public sealed record HistoryFilter(
    DateTimeOffset? From = null, DateTimeOffset? To = null, string? Market = null, PositionOutcome? Outcome = null);

/// <summary>A slice of a list with its total.</summary>
public sealed record Slice<T>(IReadOnlyList<T> Items, long Total);

/// <summary>Totals of filtered closed positions.</summary>
public sealed record HistoryTotals(long Count, long Wins, Usdc Pnl, Usdc Fees, Usdc Capital);

/// <summary>A stored decision.</summary>
public sealed record DecisionView(
    long Id, Stamp At, MarketId MarketId, string MarketName, int Score, decimal RawScore, IReadOnlyList<Factor> Factors,
    Denial? Denial, PositionId? PositionId);

/// <summary>A journal line for the timeline of a position.</summary>
public sealed record TimelineItem(long Sequence, Stamp At, string Kind, EngineOutput Output);

/// <summary>What pages and files read from the database. Reads only.</summary>
public interface IHistory
{
    /// <summary>Closed positions, latest first.</summary>
    Task<Slice<PositionView>> ClosedAsync(
        AccountId account, HistoryFilter filter, int offset, int limit, CancellationToken cancellation);

    /// <summary>The same without paging, streamed.</summary>
    IAsyncEnumerable<PositionView> StreamClosedAsync(
        AccountId account, HistoryFilter filter, CancellationToken cancellation);

    /// <summary>Totals of the same.</summary>
    Task<HistoryTotals> TotalsAsync(AccountId account, HistoryFilter filter, CancellationToken cancellation);

    /// <summary>A position, open or closed, as stored; null when there is none.</summary>
    Task<PositionView?> PositionAsync(AccountId account, PositionId id, CancellationToken cancellation);

    /// <summary>Executions of a position, oldest first.</summary>
    Task<IReadOnlyList<FillView>> FillsAsync(AccountId account, PositionId id, CancellationToken cancellation);

    /// <summary>
    /// Price marks of a position since entry, oldest first, thinned to at most <paramref name="points"/>.
    /// </summary>
    Task<IReadOnlyList<PriceMark>> MarksAsync(
        AccountId account, PositionId id, int points, CancellationToken cancellation);

    /// <summary>Journal lines of a position, oldest first.</summary>
    Task<IReadOnlyList<TimelineItem>> TimelineAsync(AccountId account, PositionId id, CancellationToken cancellation);

    /// <summary>Decisions, latest first; of one market when given.</summary>
    Task<Slice<DecisionView>> DecisionsAsync(
        AccountId account, MarketId? market, int offset, int limit, CancellationToken cancellation);

    /// <summary>
    /// How entries went, per market, ever: most one-leg events first; of one market when given.
    /// </summary>
    Task<Slice<OneLegStatistics>> OneLegsAsync(
        AccountId account, MarketId? market, int offset, int limit, CancellationToken cancellation);

    /// <summary>
    /// The equity curve since a market time, oldest first, thinned to at most <paramref name="points"/>.
    /// </summary>
    Task<IReadOnlyList<EquityPoint>> EquityAsync(
        AccountId account, DateTimeOffset? since, int points, CancellationToken cancellation);
}
