using System.Text.RegularExpressions;
using Equilibrage.Tests.Support;

namespace Equilibrage.Tests.Architecture;

/// <summary>A strategy is a folder, a line in the catalogue, unit tests and a scenario; it knows none else.</summary>
internal static class StrategyRules
{
    private const string Strategies = "Equilibrage.Core/Strategies";
    private const string Scenarios = "Equilibrage.Tests/Scenarios/";
    private const string Catalog = Strategies + "/StrategyCatalog.cs";

    /// <summary>Every strategy that lacks a part, or names another strategy.</summary>
    public static IEnumerable<Finding> Check(IReadOnlyCollection<SourceFile> files)
    {
        var strategies = files.Where(file => file.Path.StartsWith(Strategies + "/", StringComparison.Ordinal))
            .Select(file => file.Path.Split('/')).Where(parts => parts.Length > 3)
            .Select(parts => parts[2]).Distinct().ToList();
        return strategies.SelectMany(name => CheckParts(name, files).Concat(CheckReferences(name, strategies, files)));
    }

    private static IEnumerable<Finding> CheckParts(string name, IReadOnlyCollection<SourceFile> files)
    {
        var folder = $"{Strategies}/{name}/";
        var types = files.Where(file => IsIn(file, folder)).SelectMany(TypeRules.DeclaredTypes)
            .Select(type => type.Name).ToHashSet();
        var catalog = files.SingleOrDefault(file => file.Path == Catalog);
        if (catalog == null || !Regex.Matches(CodeText.Of(catalog), @"\w+").Any(word => types.Contains(word.Value)))
            yield return new Finding(folder, 1, $"no type of it stands in StrategyCatalog: add one line to {Catalog}.");
        if (!files.Any(file => IsIn(file, $"Equilibrage.Tests/Unit/Strategies/{name}/")))
            yield return new Finding(folder, 1, $"it has no unit test: add Equilibrage.Tests/Unit/Strategies/{name}/.");
        if (!files.Any(file => IsIn(file, Scenarios) && file.Path.Contains(name, StringComparison.Ordinal)))
            yield return new Finding(folder, 1, $"it has no scenario: add one named {name}... to {Scenarios}.");
    }

    private static IEnumerable<Finding> CheckReferences(
        string name, IEnumerable<string> strategies, IEnumerable<SourceFile> files) =>
        from file in files
        where IsIn(file, $"{Strategies}/{name}/")
        let code = CodeText.Of(file)
        from other in strategies
        where other != name
        from Match match in Regex.Matches(code, $@"\b{other}\.[A-Z]|Strategies\.{other}\b")
        select new Finding(file.Path, CodeText.LineOf(code, match.Index),
            $"a strategy knows no other one: move what {name} and {other} share out of {Strategies}.");

    private static bool IsIn(SourceFile file, string folder) =>
        file.Path.StartsWith(folder, StringComparison.Ordinal) && file.Path.EndsWith(".cs", StringComparison.Ordinal);
}
