using Equilibrage.Core.Accounting;
using System.Data.Common;
using System.Runtime.CompilerServices;
using Equilibrage.Core.Ports;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.Projections;
using Equilibrage.Core.State;

namespace Equilibrage.Tests.Integration.Api;

/// <summary>
/// A history that answers with what is stored, whatever is asked, and remembers the question; it can be made to fail as
/// a lost database does, also in the middle of an answer.
/// </summary>
internal sealed class ScriptedHistory : IHistory
{
    /// <summary>Stored positions.</summary>
    public List<PositionView> Stored { get; } = [];

    /// <summary>Stored fills of every position.</summary>
    public List<FillView> Fills { get; } = [];

    /// <summary>Stored journal lines of every position.</summary>
    public List<TimelineItem> Timeline { get; } = [];

    /// <summary>Stored decisions.</summary>
    public List<DecisionView> Decisions { get; } = [];

    /// <summary>The filter of the last question.</summary>
    public HistoryFilter? Asked { get; private set; }

    /// <summary>How often it could not be reached.</summary>
    public int Refusals { get; private set; }

    /// <summary>True while the database cannot be reached.</summary>
    public bool IsAway { get; set; }

    /// <summary>After how many streamed positions the database is lost; null for never.</summary>
    public int? BreaksAfter { get; set; }

    public Task<Slice<PositionView>> ClosedAsync(
        AccountId account, HistoryFilter filter, int offset, int limit, CancellationToken cancellation)
    {
        Reach();
        Asked = filter;
        return Task.FromResult(new Slice<PositionView>([.. Stored.Skip(offset).Take(limit)], Stored.Count));
    }

    public async IAsyncEnumerable<PositionView> StreamClosedAsync(
        AccountId account, HistoryFilter filter, [EnumeratorCancellation] CancellationToken cancellation)
    {
        Reach();
        Asked = filter;
        foreach (var (index, position) in Stored.Index())
        {
            if (index == BreaksAfter)
                throw new LostDatabase();
            await Task.Yield();
            yield return position;
        }
    }

    public Task<HistoryTotals> TotalsAsync(AccountId account, HistoryFilter filter, CancellationToken cancellation)
    {
        Reach();
        return Task.FromResult(
            new HistoryTotals(4, 3, Usdc.FromDecimal(12), Usdc.FromDecimal(1), Usdc.FromDecimal(400)));
    }

    public Task<PositionView?> PositionAsync(AccountId account, PositionId id, CancellationToken cancellation)
    {
        Reach();
        return Task.FromResult(Stored.FirstOrDefault(position => position.Id == id));
    }

    public Task<IReadOnlyList<FillView>> FillsAsync(AccountId account, PositionId id, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<FillView>>(Fills);

    public Task<Slice<OneLegStatistics>> OneLegsAsync(
        AccountId account, MarketId? market, int offset, int limit, CancellationToken cancellation)
    {
        Reach();
        OneLegStatistics[] all =
        [
            new(new($"0x{new string('1', 64)}"), 5, 4, 2, 1, 1, Usdc.FromDecimal(1.25m)),
            new(new($"0x{new string('2', 64)}"), 1, 1, 0, 0, 0, Usdc.Zero),
        ];
        var chosen = all.Where(counts => market is null || counts.MarketId == market).ToList();
        return Task.FromResult(
            new Slice<OneLegStatistics>([.. chosen.Skip(offset).Take(limit)], chosen.Count));
    }

    public Task<IReadOnlyList<PriceMark>> MarksAsync(
        AccountId account, PositionId id, int points, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<PriceMark>>([]);

    public Task<IReadOnlyList<TimelineItem>> TimelineAsync(
        AccountId account, PositionId id, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<TimelineItem>>(Timeline);

    public Task<Slice<DecisionView>> DecisionsAsync(
        AccountId account, MarketId? market, int offset, int limit, CancellationToken cancellation)
    {
        Reach();
        var chosen = Decisions.Where(decision => market is null || decision.MarketId == market).ToList();
        return Task.FromResult(new Slice<DecisionView>([.. chosen.Skip(offset).Take(limit)], chosen.Count));
    }

    public Task<IReadOnlyList<EquityPoint>> EquityAsync(
        AccountId account, DateTimeOffset? since, int points, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<EquityPoint>>(
            [new(Samples.At(0), account, Usdc.FromDecimal(1000), Usdc.FromDecimal(1000), Usdc.Zero, Usdc.Zero)]);

    private void Reach()
    {
        if (!IsAway)
            return;
        Refusals++;
        throw new InvalidOperationException("Wrapped, as the mapper does.", new LostDatabase());
    }

    private sealed class LostDatabase() : DbException("connection refused")
    {
        public override bool IsTransient => true;
    }
}
