using Equilibrage.Tests.Support;

namespace Equilibrage.Tests.Architecture;

[Trait("Tier", "Architecture")]
public sealed class TidyTests
{
    [Fact]
    public void Project_EveryFile_IsTidy() =>
        Finding.AssertNone(TidyRules.Check(SourceTree.Files, MachineFolder()));

    [Theory]
    [InlineData("Equilibrage.Core/A.cs", "lock (gate)", "one writer")]
    [InlineData("Equilibrage.Web/A.cs", "private async void Run()", "return Task")]
    [InlineData("Equilibrage.Web/A.razor", "async void Run()", "return Task")]
    [InlineData("Equilibrage.Web/A.cs", "var x = task.Result;", "await it")]
    [InlineData("Equilibrage.Web/A.cs", "task.Wait();", "await it")]
    [InlineData("Equilibrage.Web/A.cs", "var x = F().GetAwaiter().GetResult();", "await it")]
    [InlineData("Equilibrage.Web/A.cs", "try { F(); } catch { }", "empty catch")]
    [InlineData("Equilibrage.Web/A.cs", "catch (Exception e) when (e is null) { /* nothing */ }", "empty catch")]
    [InlineData("Equilibrage.Tests/Unit/A.cs", "await Task.Delay(1);", "inject a clock")]
    [InlineData("Equilibrage.Tests/Unit/A.cs", "Thread.Sleep(1);", "inject a clock")]
    [InlineData("Equilibrage.Web/A.cs", "// TO" + "DO later", "unfinished")]
    [InlineData("Equilibrage.Web/A.cs", "    #reg" + "ion Fields", "split the file")]
    [InlineData("docs/a b.md", "text", "rename")]
    [InlineData("docs/a.md", "see /ho" + "me/ann/notes", "relative")]
    [InlineData("docs/a.md", "see /srv/clones/equilibrage", "relative")]
    [InlineData("nuget.config", "https://api.nu" + "get.org/v3", "registry")]
    public void Check_BadLine_IsFoundAtItsLine(string path, string line, string advice)
    {
        var finding = Assert.Single(TidyRules.Check([SourceFile.Of(path, "", line)], "/srv/clones/"));

        Assert.Contains(advice, finding.Advice, StringComparison.Ordinal);
        Assert.Equal(path.Contains(' ') ? 1 : 2, finding.Line);
    }

    [Theory]
    [InlineData("Equilibrage.Adapters/A.cs", "lock (gate)")]
    [InlineData("Equilibrage.Web/A.cs", "// never use task.Result or lock (x)")]
    [InlineData("Equilibrage.Web/A.cs", "var text = \"task.Wait()\";")]
    [InlineData("Equilibrage.Web/A.cs", "catch (OperationCanceledException) { return; }")]
    [InlineData("Equilibrage.Web/Program.cs", "return Run().GetAwaiter().GetResult();")]
    [InlineData("Equilibrage.Web/A.cs", "await Task.Delay(wait, clock, stop);")]
    [InlineData("Equilibrage.Tests/Support/Eventually.cs", "await Task.Delay(20);")]
    public void Check_GoodLine_IsNotFound(string path, string line) =>
        Assert.Empty(TidyRules.Check([SourceFile.Of(path, line)]));

    [Theory]
    [InlineData(400, 120, 0)]
    [InlineData(401, 120, 1)]
    [InlineData(400, 121, 400)]
    public void Check_SizeOfFileAndLine_IsBounded(int lines, int width, int findings)
    {
        var file = SourceFile.Of("Equilibrage.Web/A.cs", [.. Enumerable.Repeat(new string('x', width), lines)]);

        Assert.Equal(findings, TidyRules.Check([file]).Count());
    }

    // A clone right under the temporary folder or the root says nothing about its machine.
    private static string? MachineFolder()
    {
        var parent = Path.GetDirectoryName(SourceTree.Root);
        var isTelling = parent is { Length: > 1 } && parent != Path.TrimEndingDirectorySeparator(Path.GetTempPath());
        return isTelling ? parent + "/" : null;
    }
}
