using System.Text.RegularExpressions;
using Equilibrage.Tests.Support;

namespace Equilibrage.Tests.Architecture;

/// <summary>
/// The floors of Core: a folder uses itself and lower floors. Folders of one floor may use each other only where
/// <see cref="Neighbours"/> says so.
/// </summary>
internal static partial class FloorRules
{
    private const string Core = "Equilibrage.Core";

    /// <summary>Each folder of Core with its floor.</summary>
    public static readonly IReadOnlyDictionary<string, int> Floors = new Dictionary<string, int>
    {
        ["Primitives"] = 1,
        ["Markets"] = 2,
        ["Books"] = 2,
        ["Observations"] = 2,
        ["Orders"] = 2,
        ["Accounting"] = 2,
        ["Whales"] = 2,
        ["State"] = 3,
        ["Opportunities"] = 3,
        ["Strategies"] = 4,
        ["Risk"] = 4,
        ["Execution"] = 4,
        ["Learning"] = 4,
        ["Incidents"] = 4,
        ["Projections"] = 4,
        ["Ports"] = 4,
        ["Audit"] = 4,
        ["Engine"] = 5,
        ["Simulation"] = 6,
    };

    /// <summary>The uses within one floor, each with its reason. They must not form a circle.</summary>
    public static readonly IReadOnlyDictionary<(string User, string Used), string> Neighbours =
        new Dictionary<(string, string), string>
        {
            [("Orders", "Markets")] = "an order command carries its market's tick and fee schedule",
            [("Accounting", "Markets")] = "a leg is one outcome of a market, and a resolution pays it out",
            [("Accounting", "Orders")] = "a fill becomes ledger entries",
            [("State", "Opportunities")] = "settings hold the market filters and weights; a scan's result is an event",
            [("Ports", "Audit")] = "an audit reads the stored books through a port",
            [("Audit", "Strategies")] = "settings are stored under the name of the strategy that they are for",
            [("Ports", "Projections")] = "the read side of the desk hands out views",
            [("Projections", "Strategies")] = "a view shows the trigger prices and how far away they are",
            [("Strategies", "Execution")] = "a strategy weighs the ways of working an order by the planner's prices",
            [("Projections", "Risk")] = "a view shows what is at risk as the gate counts it",
            [("Risk", "Execution")] = "an entry is judged on the sizes and prices that the planner would send",
        };

    /// <summary>The listed neighbours that no file uses.</summary>
    public static IEnumerable<(string User, string Used)> Unused(IEnumerable<SourceFile> files)
    {
        var core = CoreFiles(files);
        var types = TypesOf(core);
        var used = core.SelectMany(file => Uses(file, types).Select(use => (FolderOf(file) ?? "", use.Folder)));
        return Neighbours.Keys.Except(used);
    }

    /// <summary>Every use of a higher or unlisted neighbouring folder, and every folder without a floor.</summary>
    public static IEnumerable<Finding> Check(IEnumerable<SourceFile> files)
    {
        var core = CoreFiles(files);
        var types = TypesOf(core);
        return core.SelectMany(file => CheckFile(file, types));
    }

    private static List<SourceFile> CoreFiles(IEnumerable<SourceFile> files) =>
        [.. files.Where(file => file.Path.StartsWith(Core + "/", StringComparison.Ordinal)
            && file.Path.EndsWith(".cs", StringComparison.Ordinal))];

    private static HashSet<(string? Folder, string Name)> TypesOf(IEnumerable<SourceFile> core) =>
        (from file in core
         from type in TypeRules.DeclaredTypes(file)
         select (Folder: FolderOf(file), type.Name)).ToHashSet();

    /// <summary>The first folder under Core that holds the file; null for a file directly in it.</summary>
    private static string? FolderOf(SourceFile file)
    {
        var parts = file.Path.Split('/');
        return parts.Length > 2 ? parts[1] : null;
    }

    private static IEnumerable<Finding> CheckFile(SourceFile file, HashSet<(string? Folder, string Name)> types)
    {
        if (FolderOf(file) is not { } user)
            return [new Finding(file, "a file of Core lies in one of its folders: move it.")];
        if (!Floors.ContainsKey(user))
            return [new Finding(file, $"the folder {user} has no floor: give it one in {nameof(FloorRules)}.")];
        return Uses(file, types)
            .Where(use => use.Folder != user && !IsAllowed(user, use.Folder))
            .Select(use => new Finding(file.Path, use.Line, Advice(user, use.Folder)))
            .Distinct();
    }

    private static string Advice(string user, string used) => Floors.TryGetValue(used, out var floor)
        ? $"{user} (floor {Floors[user]}) may not use {used} (floor {floor}): move the code, or turn the dependency "
            + $"round. A use within one floor may be listed in {nameof(FloorRules)} with a reason."
        : $"the folder {used} has no floor: give it one in {nameof(FloorRules)}.";

    private static bool IsAllowed(string user, string used) =>
        Floors.TryGetValue(used, out var floor)
        && (floor < Floors[user] || (floor == Floors[user] && Neighbours.ContainsKey((user, used))));

    // Core's namespaces are reached by full name, or by a folder's name and a type in it, since they share a parent.
    private static IEnumerable<(string Folder, int Line)> Uses(
        SourceFile file, HashSet<(string? Folder, string Name)> types)
    {
        var code = CodeText.Of(file);
        var full = FullName().Matches(code).Select(match => (match.Groups[1].Value, match.Index));
        var partial = PartialName().Matches(code)
            .Where(match => types.Contains((match.Groups[1].Value, match.Groups[2].Value)))
            .Select(match => (match.Groups[1].Value, match.Index));
        return full.Concat(partial).Select(use => (use.Value, CodeText.LineOf(code, use.Index)));
    }

    [GeneratedRegex(@"\bEquilibrage\.Core\.(\w+)")]
    private static partial Regex FullName();

    [GeneratedRegex(@"(?<![\w.])([A-Z]\w*)\.([A-Z]\w*)")]
    private static partial Regex PartialName();
}
