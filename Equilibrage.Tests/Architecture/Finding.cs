using Equilibrage.Tests.Support;

namespace Equilibrage.Tests.Architecture;

/// <summary>One place that breaks a rule, with what to do about it.</summary>
internal sealed record Finding(string Path, int Line, string Advice)
{
    /// <summary>A finding on a file as a whole.</summary>
    public Finding(SourceFile file, string advice)
        : this(file.Path, 1, advice)
    {
    }

    public override string ToString() => $"{Path}:{Line}: {Advice}";

    /// <summary>Fails with every finding, one per line.</summary>
    public static void AssertNone(IEnumerable<Finding> findings)
    {
        var lines = findings.Select(finding => finding.ToString()).ToList();
        if (lines.Count > 0)
            Assert.Fail(string.Join('\n', lines));
    }
}
