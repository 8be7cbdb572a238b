using System.Text.RegularExpressions;
using Equilibrage.Tests.Support;

namespace Equilibrage.Tests.Architecture;

/// <summary>Where types live: the namespace is the folder, and a folder never has the name of a type in it.</summary>
internal static partial class TypeRules
{
    /// <summary>The types that a C# file declares, nested ones too, with their lines.</summary>
    public static IEnumerable<(string Name, int Line)> DeclaredTypes(SourceFile file)
    {
        var code = CodeText.Of(file);
        return Declaration().Matches(code)
            .Select(match => (match.Groups[1].Value, CodeText.LineOf(code, match.Index)));
    }

    /// <summary>C# files whose namespace is not their folder.</summary>
    public static IEnumerable<Finding> CheckNamespaces(IEnumerable<SourceFile> files)
    {
        foreach (var file in files.Where(file => file.Path.EndsWith(".cs", StringComparison.Ordinal)))
        {
            var code = CodeText.Of(file);
            var expected = file.Folder.Replace('/', '.');
            var match = Namespace().Match(code);
            if (match.Success && match.Groups["name"].Value != expected)
                yield return new Finding(file.Path, CodeText.LineOf(code, match.Index),
                    $"the namespace is {match.Groups["name"].Value}: make it {expected}, the folder's path.");
            else if (!match.Success && file.Name != "Program.cs" && DeclaredTypes(file).Any())
                yield return new Finding(file, $"the file has no namespace: make it {expected}, the folder's path.");
        }
    }

    /// <summary>Types named like a folder on their path, which would hide one behind the other.</summary>
    public static IEnumerable<Finding> CheckFolderNames(IEnumerable<SourceFile> files) =>
        from file in files
        let folders = file.Folder.Split('/')
        from type in TypesOf(file)
        where folders.Contains(type.Name)
        select new Finding(file.Path, type.Line, $"the type {type.Name} has its folder's name: rename one of them.");

    private static IEnumerable<(string Name, int Line)> TypesOf(SourceFile file)
    {
        if (file.Path.EndsWith(".razor", StringComparison.Ordinal))
            return [(file.Name[..^".razor".Length], 1)];
        return file.Path.EndsWith(".cs", StringComparison.Ordinal) ? DeclaredTypes(file) : [];
    }

    [GeneratedRegex(@"\b(?:class|struct|interface|enum|record(?:\s+struct|\s+class)?)\s+([A-Z]\w*)")]
    private static partial Regex Declaration();

    [GeneratedRegex(@"^\s*namespace\s+(?<name>[\w.]+)", RegexOptions.Multiline)]
    private static partial Regex Namespace();
}
