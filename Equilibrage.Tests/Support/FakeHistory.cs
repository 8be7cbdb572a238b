using Equilibrage.Core.Accounting;
using Equilibrage.Core.Ports;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.Projections;
using Equilibrage.Core.State;

namespace Equilibrage.Tests.Support;

/// <summary>A history in memory, with the same filter as the real one; it can be told to fail.</summary>
public sealed class FakeHistory : IHistory
{
    /// <summary>Stored positions, open and closed.</summary>
    public List<PositionView> Stored { get; } = [];

    /// <summary>Executions.</summary>
    public List<FillView> Fills { get; } = [];

    /// <summary>Price marks.</summary>
    public List<PriceMark> Marks { get; } = [];

    /// <summary>Journal lines.</summary>
    public List<TimelineItem> Timeline { get; } = [];

    /// <summary>The equity curve.</summary>
    public List<EquityPoint> Equity { get; } = [];

    /// <summary>Thrown by every query while set.</summary>
    public Exception? Failure { get; set; }

    /// <inheritdoc />
    public Task<Slice<PositionView>> ClosedAsync(
        AccountId account, HistoryFilter filter, int offset, int limit, CancellationToken cancellation)
    {
        var all = Closed(filter).ToList();
        return Task.FromResult(new Slice<PositionView>([.. all.Skip(offset).Take(limit)], all.Count));
    }

    /// <inheritdoc />
    public IAsyncEnumerable<PositionView> StreamClosedAsync(
        AccountId account, HistoryFilter filter, CancellationToken cancellation) =>
        Closed(filter).ToAsyncEnumerable();

    /// <inheritdoc />
    public Task<HistoryTotals> TotalsAsync(AccountId account, HistoryFilter filter, CancellationToken cancellation)
    {
        var all = Closed(filter).ToList();
        return Task.FromResult(new HistoryTotals(
            all.Count, all.Count(position => position.Pnl > Usdc.Zero), Sum(all, position => position.Pnl),
            Sum(all, position => position.Fees), Sum(all, position => position.Capital)));
    }

    /// <inheritdoc />
    public Task<PositionView?> PositionAsync(AccountId account, PositionId id, CancellationToken cancellation) =>
        Read(Stored.FirstOrDefault(position => position.Id == id));

    /// <inheritdoc />
    public Task<IReadOnlyList<FillView>> FillsAsync(
        AccountId account, PositionId id, CancellationToken cancellation) =>
        Read<IReadOnlyList<FillView>>([.. Fills.Where(fill => fill.PositionId == id)]);

    /// <summary>How entries went, per market.</summary>
    public List<OneLegStatistics> OneLegs { get; } = [];

    /// <inheritdoc />
    public Task<Slice<OneLegStatistics>> OneLegsAsync(
        AccountId account, MarketId? market, int offset, int limit, CancellationToken cancellation)
    {
        var chosen = OneLegs.Where(counts => market is null || counts.MarketId == market).ToList();
        return Read(new Slice<OneLegStatistics>([.. chosen.Skip(offset).Take(limit)], chosen.Count));
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<PriceMark>> MarksAsync(
        AccountId account, PositionId id, int points, CancellationToken cancellation) =>
        Read<IReadOnlyList<PriceMark>>([.. Marks.Where(mark => mark.PositionId == id).Take(points)]);

    /// <inheritdoc />
    public Task<IReadOnlyList<TimelineItem>> TimelineAsync(
        AccountId account, PositionId id, CancellationToken cancellation) =>
        Read<IReadOnlyList<TimelineItem>>([.. Timeline]);

    /// <inheritdoc />
    public Task<Slice<DecisionView>> DecisionsAsync(
        AccountId account, MarketId? market, int offset, int limit, CancellationToken cancellation) =>
        Read(new Slice<DecisionView>([], 0));

    /// <inheritdoc />
    public Task<IReadOnlyList<EquityPoint>> EquityAsync(
        AccountId account, DateTimeOffset? since, int points, CancellationToken cancellation) =>
        Read<IReadOnlyList<EquityPoint>>([.. Equity.Take(points)]);

    private static Usdc Sum(IEnumerable<PositionView> positions, Func<PositionView, Usdc> part) =>
        positions.Aggregate(Usdc.Zero, (sum, position) => sum + part(position));

    private Task<T> Read<T>(T value) =>
        Failure is { } failure ? Task.FromException<T>(failure) : Task.FromResult(value);

    private IEnumerable<PositionView> Closed(HistoryFilter filter)
    {
        if (Failure is { } failure) throw failure;
        return Stored
            .Where(position => position.CloseTime is { } closed
                && (filter.From is null || closed >= filter.From)
                && (filter.To is null || closed < filter.To)
                && (filter.Market is null
                    || position.MarketName.Contains(filter.Market, StringComparison.OrdinalIgnoreCase))
                && (filter.Outcome is null
                    || position.Pnl > Usdc.Zero == (filter.Outcome == PositionOutcome.Win)))
            .OrderByDescending(position => position.CloseTime);
    }
}
