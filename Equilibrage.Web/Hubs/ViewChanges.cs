using Equilibrage.Core.Primitives;
using Equilibrage.Core.Projections;

namespace Equilibrage.Web.Hubs;

/// <summary>
/// What differs between two views of the desk. Views may be any distance apart: who looks seldom sees fewer changes,
/// each with the latest values.
/// </summary>
/// <param name="Positions">Open positions that are new or look different.</param>
/// <param name="Left">Positions that were open and are not listed any more.</param>
/// <param name="Opportunities">Markets that may be entered now and could not be at the scan before, best first.</param>
/// <param name="Fills">Executions that were not there before, oldest first.</param>
internal sealed record ViewChanges(
    IReadOnlyList<PositionView> Positions, IReadOnlyList<PositionId> Left,
    IReadOnlyList<OpportunityView> Opportunities, IReadOnlyList<FillView> Fills)
{
    /// <summary>Most opportunities that are told of at once: the best ones of a scan of tens of thousands.</summary>
    internal const int MaxOpportunities = 100;

    /// <summary>Compares two views.</summary>
    internal static ViewChanges Between(DeskView before, DeskView now)
    {
        var old = before.Positions.ToDictionary(position => position.Id);
        var open = now.Positions.Select(position => position.Id).ToHashSet();
        return new(
            [.. now.Positions.Where(position => !old.TryGetValue(position.Id, out var same) || !Same(same, position))],
            [.. before.Positions.Select(position => position.Id).Where(id => !open.Contains(id))],
            New(before.Scan, now.Scan),
            New(before.RecentFills, now.RecentFills));
    }

    private static List<OpportunityView> New(ScanView? before, ScanView? now)
    {
        if (now is null || ReferenceEquals(before, now))
            return [];
        var known = before?.Items.Where(IsOpen).Select(item => item.Market.Id).ToHashSet() ?? [];
        return [.. now.Items.Where(item => IsOpen(item) && !known.Contains(item.Market.Id)).Take(MaxOpportunities)];
    }

    private static List<FillView> New(IReadOnlyList<FillView> before, IReadOnlyList<FillView> now)
    {
        if (ReferenceEquals(before, now))
            return [];
        var known = before.Select(Key).ToHashSet();
        return [.. now.Where(fill => !known.Contains(Key(fill))).Reverse()];
    }

    private static (TradeId, PositionId, Core.Markets.Outcome) Key(FillView fill) =>
        (fill.TradeId, fill.PositionId, fill.Outcome);

    private static bool IsOpen(OpportunityView item) => item.Opportunity.IsEligible;

    // Lists compare by identity, and each view has new ones: the legs are compared one by one.
    private static bool Same(PositionView left, PositionView right) =>
        left with { Legs = right.Legs } == right && left.Legs.SequenceEqual(right.Legs);
}
