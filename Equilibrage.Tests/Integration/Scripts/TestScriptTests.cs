using Equilibrage.Tests.Support;

namespace Equilibrage.Tests.Integration.Scripts;

/// <summary>test.sh in a copy of the scripts, where dotnet is a fake that reports what each test needs.</summary>
[Trait("Tier", "Integration")]
public sealed class TestScriptTests : IDisposable
{
    private const string FakeDotnet = """
        case $1 in
          --version) echo 10.0.100 ;;
          restore) echo "restore $*" ;;
          build) exit "${BUILD_END:-0}" ;;
          *)
            while [ "$1" != -xml ]; do shift; done
            [ -z "${COUNTS:-}" ] || echo "<assemblies><assembly name=\"x\" $COUNTS><collection/></assembly>" > "$2"
            exit "${END:-0}" ;;
        esac
        """;

    private const string Green = """errors="0" failed="0" passed="3" skipped="1" total="4" """;

    private readonly TempFolder folder = new();

    public TestScriptTests()
    {
        foreach (var script in new[] { "test.sh", "scripts/install.sh" })
            folder.Write(script, File.ReadAllText(SourceTree.PathOf(script)));
        folder.Write("package-lock.json", "lock");
        folder.Write("node_modules/.installed-test", "lock");
        folder.Write("Equilibrage.Tests/Unit/SomeTests.cs", "[Fact]");
        folder.Write("Equilibrage.Tests/Scenarios/SomeTests.cs", "[Theory]");
        folder.WriteScript("bin/dotnet", FakeDotnet);
        folder.WriteScript("bin/node", "exit 0");
        folder.WriteScript("bin/npm", "exit 0");
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Test_AllGreen_SumsTheTiersOnTheLastLine()
    {
        var result = await Test(new() { ["COUNTS"] = Green }, "unit", "scenarios");

        Assert.Equal((0, "6 passed, 0 failed, 2 skipped"), (result.ExitCode, LastLine(result)));
    }

    [Fact]
    public async Task Test_TierWithoutTestFiles_MayRunNone()
    {
        var counts = """errors="0" failed="0" passed="0" skipped="0" total="0" """;

        var result = await Test(new() { ["COUNTS"] = counts }, "components");

        Assert.Equal((0, "0 passed, 0 failed, 0 skipped"), (result.ExitCode, LastLine(result)));
    }

    [Theory]
    [InlineData("0", """errors="0" failed="0" passed="0" skipped="0" total="0" """, "0 passed, 1 failed, 0 skipped")]
    [InlineData("0", """errors="0" failed="0" passed="0" skipped="9" total="9" """, "0 passed, 1 failed, 9 skipped")]
    [InlineData("1", """errors="0" failed="2" passed="3" skipped="0" total="5" """, "3 passed, 2 failed, 0 skipped")]
    [InlineData("1", """errors="1" failed="0" passed="3" skipped="0" total="3" """, "3 passed, 1 failed, 0 skipped")]
    [InlineData("134", "", "0 passed, 1 failed, 0 skipped")]
    [InlineData("0", "", "0 passed, 1 failed, 0 skipped")]
    [InlineData("134", Green, "3 passed, 1 failed, 1 skipped")]
    [InlineData("124", Green, "0 passed, 1 failed, 0 skipped")]
    public async Task Test_RunnerReportsTroubleOrNothing_IsAFailure(string end, string counts, string lastLine)
    {
        var result = await Test(new() { ["END"] = end, ["COUNTS"] = counts }, "unit");

        Assert.Equal((1, lastLine), (result.ExitCode, LastLine(result)));
    }

    [Fact]
    public async Task Test_BuildFails_IsAFailure()
    {
        var result = await Test(new() { ["BUILD_END"] = "1", ["COUNTS"] = Green });

        Assert.Equal((1, "0 passed, 1 failed, 0 skipped"), (result.ExitCode, LastLine(result)));
        Assert.Contains("the build failed", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Test_UnknownTier_NamesTheTiers()
    {
        var result = await Test([], "unti");

        Assert.Equal((1, "0 passed, 1 failed, 0 skipped"), (result.ExitCode, LastLine(result)));
        Assert.Contains("unit components scenarios integration browser", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Test_OnTheBuildMachine_RestoresLocked()
    {
        var result = await Test(new() { ["CI"] = "true", ["COUNTS"] = Green }, "unit");

        Assert.Contains("--locked-mode", result.Output, StringComparison.Ordinal);
    }

    private static string LastLine(ScriptResult result) => result.Output.TrimEnd('\n').Split('\n')[^1];

    private Task<ScriptResult> Test(Dictionary<string, string?> environment, params string[] tiers)
    {
        environment.TryAdd("CI", null);
        environment["PATH"] = folder["bin"] + ":" + Environment.GetEnvironmentVariable("PATH");
        return ScriptRun.Finish("bash", [folder["test.sh"], .. tiers], environment, folder.Path);
    }
}
