using System.Xml.Linq;
using Equilibrage.Tests.Support;

namespace Equilibrage.Tests.Architecture;

/// <summary>Which project may reference which.</summary>
internal static class ProjectRules
{
    /// <summary>Each project with exactly the projects that it references.</summary>
    public static readonly IReadOnlyDictionary<string, string[]> References = new Dictionary<string, string[]>
    {
        ["Core"] = [],
        ["Polymarket"] = ["Core"],
        ["Adapters"] = ["Core", "Polymarket"],
        ["Sandbox"] = ["Core", "Polymarket"],
        ["Web"] = ["Adapters", "Core", "Polymarket", "Sandbox"],
        ["Tests"] = ["Adapters", "Core", "Polymarket", "Sandbox", "Web"],
        ["Bench"] = ["Core", "Polymarket", "Adapters", "Sandbox"],
    };

    /// <summary>Project files whose references differ from the table.</summary>
    public static IEnumerable<Finding> Check(IEnumerable<SourceFile> files)
    {
        foreach (var file in files.Where(file => file.Path.EndsWith(".csproj", StringComparison.Ordinal)))
        {
            var name = ShortName(file.Path);
            if (!References.TryGetValue(name, out var allowed))
            {
                yield return new Finding(file, $"an unknown project: list it in {nameof(ProjectRules)} or remove it.");
                continue;
            }
            foreach (var extra in ReferencesOf(file).Except(allowed))
                yield return new Finding(file, $"{name} may not reference {extra}: it may use {Listed(allowed)}.");
            foreach (var missing in allowed.Except(ReferencesOf(file)))
                yield return new Finding(file, $"{name} should reference {missing}, says {nameof(ProjectRules)}.");
        }
    }

    private static IEnumerable<string> ReferencesOf(SourceFile file) =>
        XDocument.Parse(file.Text).Descendants("ProjectReference")
            .Select(reference => ShortName((string?)reference.Attribute("Include") ?? ""));

    private static string ShortName(string path) =>
        Path.GetFileNameWithoutExtension(path.Replace('\\', '/'))["Equilibrage.".Length..];

    private static string Listed(string[] names) => names.Length == 0 ? "no project" : string.Join(", ", names);
}
