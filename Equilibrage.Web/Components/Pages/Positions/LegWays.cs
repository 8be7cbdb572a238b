using Equilibrage.Core.Primitives;
using Equilibrage.Core.Projections;

namespace Equilibrage.Web.Components.Pages.Positions;

/// <summary>How a leg was entered and left, in words: each way with its shares.</summary>
public static class LegWays
{
    /// <summary>The ways in; null when nothing was bought.</summary>
    public static string? Entered(LegView leg)
    {
        ArgumentNullException.ThrowIfNull(leg);
        return Tell(leg.Bought, ("as maker", leg.BoughtAsMaker), ("by split", leg.BoughtBySplit), "as taker");
    }

    /// <summary>The ways out; null when nothing was sold.</summary>
    public static string? Left(LegView leg)
    {
        ArgumentNullException.ThrowIfNull(leg);
        return Tell(leg.Sold, ("as maker", leg.SoldAsMaker), ("by merge", leg.SoldByMerge), "as taker");
    }

    private static string? Tell(
        Quantity all, (string Name, Quantity Shares) first, (string Name, Quantity Shares) second, string rest)
    {
        if (all.IsZero) return null;
        var others = all - first.Shares - second.Shares;
        var ways = new[] { first, second, (Name: rest, Shares: others) }.Where(way => !way.Shares.IsZero).ToList();
        return ways.Count == 1
            ? ways[0].Name
            : string.Join(", ", ways.Select(way => $"{Words.Shares(way.Shares)} {way.Name}"));
    }
}
