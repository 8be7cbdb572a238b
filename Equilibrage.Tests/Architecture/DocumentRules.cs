using System.Text.RegularExpressions;
using Equilibrage.Tests.Support;

namespace Equilibrage.Tests.Architecture;

/// <summary>Documents point only at what exists.</summary>
internal static partial class DocumentRules
{
    /// <summary>Relative links of Markdown files that lead nowhere.</summary>
    /// <param name="files">The files to look at.</param>
    /// <param name="exists">Whether a path relative to the project's root is a file or folder.</param>
    public static IEnumerable<Finding> CheckLinks(IEnumerable<SourceFile> files, Func<string, bool> exists) =>
        from file in files
        where file.Path.EndsWith(".md", StringComparison.Ordinal)
        from line in Enumerable.Range(0, file.Lines.Length)
        from Match match in Link().Matches(file.Lines[line])
        let target = match.Groups["target"].Value.Split('#')[0]
        where target.Length > 0 && !target.Contains("://", StringComparison.Ordinal) && !exists(Combine(file, target))
        select new Finding(file.Path, line + 1, $"the link to {target} leads nowhere: mend it or write the page.");

    /// <summary>Decision pages whose number is missing, doubled, or not in their list.</summary>
    public static IEnumerable<Finding> CheckDecisions(IReadOnlyCollection<SourceFile> files)
    {
        const string Folder = "docs/decisions";
        var list = files.Single(file => file.Path == Folder + "/README.md");
        var pages = files.Where(file => file.Folder == Folder && file != list).ToList();
        for (var index = 0; index < pages.Count; index++)
        {
            if (!pages[index].Name.StartsWith($"{index + 1:0000}-", StringComparison.Ordinal))
                yield return new Finding(pages[index], $"the next number is {index + 1:0000}: rename the page.");
            if (!list.Text.Contains($"({pages[index].Name})", StringComparison.Ordinal))
                yield return new Finding(list, $"{pages[index].Name} is not listed: add a line.");
        }
    }

    private static string Combine(SourceFile file, string target) =>
        Path.GetRelativePath("/", Path.GetFullPath(Path.Combine("/", file.Folder, target)));

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();
}
