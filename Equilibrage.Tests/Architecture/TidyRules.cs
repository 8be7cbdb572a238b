using System.Text.RegularExpressions;
using Equilibrage.Tests.Support;

namespace Equilibrage.Tests.Architecture;

/// <summary>The rules of style and safety that neither the compiler nor an analyzer of ours enforces.</summary>
internal static partial class TidyRules
{
    private const int MostLines = 400;
    private const int LongestLine = 120;
    private const string Program = "Equilibrage.Web/Program.cs";
    private const string Waiter = "Equilibrage.Tests/Support/Eventually.cs";

    private static readonly CodeRule[] CodeRules =
    [
        new(Locks(), "Core has one writer: remove the lock.", path => IsUnder(path, "Equilibrage.Core")),
        new(AsyncVoid(), "nobody sees how `async void` ends: return Task.", _ => true),
        new(BlockingWait(), "waiting for a task blocks its thread: await it.", path => path != Program),
        new(EmptyCatch(), "an empty catch hides an error: handle it, name why it is harmless in code, or let it rise.",
            _ => true),
        new(Sleep(), "tests do not wait for time: inject a clock, or use Eventually for a real process.",
            path => IsUnder(path, "Equilibrage.Tests") && path != Waiter),
    ];

    // Spelled in two parts, so that this file keeps the rules as well.
    private static readonly TextRule[] TextRules =
    [
        new(new Regex(@"\b(TO" + @"DO|FIX" + @"ME)\b"), "unfinished work is not landed: do it or drop it.", IsCode),
        new(new Regex(@"^\s*#(end)?reg" + "ion"), "split the file instead of folding it.", IsCode),
        new(new Regex(@"/ho" + @"me/\w+/|/Us" + @"ers/\w+/"), "a path of one machine: make it relative.", IsText),
        new(new Regex(@"(api|www)\.nu" + @"get\.org|registry\.npm" + @"js\.|deb\.deb" + @"ian\.org|py" + @"pi\.org"),
            "a registry's host: leave the choice of the registry to the machine.", IsText),
    ];

    /// <summary>Everything untidy in the given files.</summary>
    /// <param name="files">The files to look at.</param>
    /// <param name="machineFolder">The folder of this machine that holds the clone, which no file may name.</param>
    public static IEnumerable<Finding> Check(IEnumerable<SourceFile> files, string? machineFolder = null) =>
        files.SelectMany(file => CheckName(file)
            .Concat(IsCSharp(file.Path) || IsRazor(file.Path) ? CheckSize(file).Concat(CheckCode(file)) : [])
            .Concat(IsText(file.Path) ? CheckText(file, machineFolder) : []));

    private static IEnumerable<Finding> CheckName(SourceFile file)
    {
        if (file.Path.Any(char.IsWhiteSpace))
            yield return new Finding(file, "a name with a space breaks scripts: rename it.");
    }

    private static IEnumerable<Finding> CheckSize(SourceFile file)
    {
        if (file.Lines.Length > MostLines)
            yield return new Finding(
                file.Path, MostLines + 1, $"{file.Lines.Length} lines: split the file, {MostLines} at most.");
        for (var index = 0; index < file.Lines.Length; index++)
            if (file.Lines[index].Length > LongestLine)
                yield return new Finding(file.Path, index + 1,
                    $"{file.Lines[index].Length} characters: break the line, {LongestLine} at most.");
    }

    private static IEnumerable<Finding> CheckCode(SourceFile file)
    {
        // Razor mixes markup and code: an apostrophe of its prose would look like a literal, so it is read as it is.
        var code = IsCSharp(file.Path) ? CodeText.Of(file) : file.Text;
        return from rule in CodeRules
               where rule.Applies(file.Path)
               from Match match in rule.Pattern.Matches(code)
               select new Finding(file.Path, CodeText.LineOf(code, match.Index), rule.Advice);
    }

    private static IEnumerable<Finding> CheckText(SourceFile file, string? machineFolder)
    {
        for (var index = 0; index < file.Lines.Length; index++)
        {
            foreach (var rule in TextRules)
                if (rule.Applies(file.Path) && rule.Pattern.IsMatch(file.Lines[index]))
                    yield return new Finding(file.Path, index + 1, rule.Advice);
            if (machineFolder != null && file.Lines[index].Contains(machineFolder, StringComparison.Ordinal))
                yield return new Finding(file.Path, index + 1, "a path of this machine: make it relative.");
        }
    }

    private static bool IsUnder(string path, string folder) => path.StartsWith(folder + "/", StringComparison.Ordinal);

    private static bool IsCSharp(string path) => path.EndsWith(".cs", StringComparison.Ordinal);

    private static bool IsRazor(string path) => path.EndsWith(".razor", StringComparison.Ordinal);

    private static bool IsCode(string path) =>
        IsCSharp(path) || IsRazor(path) || Path.GetExtension(path) is ".sh" or ".sql" or ".css" or ".js" or ".mjs";

    private static bool IsText(string path) => Path.GetExtension(path) is not
        (".png" or ".ico" or ".gz" or ".woff2" or ".jpg" or ".svg" or ".zip");

    [GeneratedRegex(@"\block\s*\(")]
    private static partial Regex Locks();

    [GeneratedRegex(@"\basync\s+void\b")]
    private static partial Regex AsyncVoid();

    [GeneratedRegex(@"\.Result\b(?!\s*\()|\.Wait\s*\(|\.GetAwaiter\s*\(\s*\)\s*\.GetResult\b")]
    private static partial Regex BlockingWait();

    [GeneratedRegex(@"\bcatch\b\s*(\([^)]*\))?\s*(when\s*\([^{]*\))?\s*\{\s*\}")]
    private static partial Regex EmptyCatch();

    [GeneratedRegex(@"\b(Task\s*\.\s*Delay|Thread\s*\.\s*Sleep)\b")]
    private static partial Regex Sleep();

    private sealed record CodeRule(Regex Pattern, string Advice, Func<string, bool> Applies);

    private sealed record TextRule(Regex Pattern, string Advice, Func<string, bool> Applies);
}
