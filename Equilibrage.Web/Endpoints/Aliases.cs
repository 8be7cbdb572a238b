namespace Equilibrage.Web.Endpoints;

/// <summary>Other names under which paths and inputs are accepted. Answers always use the canonical names.</summary>
internal static class Aliases
{
    private static readonly Dictionary<string, string> PathTable = new()
    {
        ["/api/overview"] = "/api/dashboard/overview",
        ["/api/performance"] = "/api/dashboard/performance",
    };

    private static readonly Dictionary<string, string[]> NameTable = new()
    {
        ["market_id"] = ["marketId"],
        ["capital_amount"] = ["capitalAmount"],
        ["ratio_yes"] = ["ratioYes"],
        ["min_score"] = ["minScore"],
        ["stop_loss"] = ["stopLossYesPercent", "stopLossNoPercent"],
        ["take_profit"] = ["takeProfitYesPercent", "takeProfitNoPercent"],
        ["capital_allocation_percent"] = ["capitalAllocationPercent"],
        ["max_positions"] = ["maxPositions"],
        ["opportunity_threshold"] = ["opportunityThreshold"],
    };

    /// <summary>The other path of a resource, or null.</summary>
    internal static string? PathOf(string path) => PathTable.GetValueOrDefault(path);

    /// <summary>The canonical names that an input's name stands for: itself when it is not an alias.</summary>
    internal static IReadOnlyList<string> Resolve(string name) => NameTable.GetValueOrDefault(name) ?? [name];

    /// <summary>Maps a GET at its own path and, without describing it twice, at its other path.</summary>
    internal static RouteHandlerBuilder MapGetWithAlias(
        this IEndpointRouteBuilder routes, string path, Delegate handler)
    {
        if (PathOf(path) is { } alias)
            routes.MapGet(alias, handler).ExcludeFromDescription();
        return routes.MapGet(path, handler);
    }
}
