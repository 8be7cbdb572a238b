using System.Globalization;
using Equilibrage.Tests.Support;

namespace Equilibrage.Tests.Integration.Scripts;

/// <summary>The restarting of a crashed program, with programs that end as told.</summary>
[Trait("Tier", "Integration")]
public sealed class SuperviseTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Supervise_ProgramCrashesTwice_RestartsWithGrowingWaitAndCount()
    {
        var program = folder.WriteScript("program", """
            echo "count $EQUILIBRAGE_CRASH_COUNT words $*"
            [ "$EQUILIBRAGE_CRASH_COUNT" = 2 ] && exit 0
            exit 134
            """);

        var result = await Supervise(program, "run", "--data", "a folder");

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(
            "count 0 words run --data a folder\ncount 1 words run --data a folder\ncount 2 words run --data a folder\n",
            result.Output);
        Assert.Contains("crash 1: the program ended with code 134", result.Errors, StringComparison.Ordinal);
        Assert.Contains("starting it again in 10 ms", result.Errors, StringComparison.Ordinal);
        Assert.Contains("crash 2: the program ended with code 134", result.Errors, StringComparison.Ordinal);
        Assert.Contains("starting it again in 20 ms", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Supervise_ProgramCrashesOften_WaitStopsGrowingAtThirtyTimesTheFirst()
    {
        var program = folder.WriteScript("program", """[ "$EQUILIBRAGE_CRASH_COUNT" = 7 ] || exit 1""");

        var result = await Supervise(program);

        var waits = result.Errors.Split('\n').Where(line => line.Length > 0)
            .Select(line => line.Split(" again in ")[1]);
        Assert.Equal(["10 ms", "20 ms", "40 ms", "80 ms", "160 ms", "300 ms", "300 ms"], waits);
    }

    [Fact]
    public async Task Supervise_ProgramRanLongEnough_WaitStartsAgain()
    {
        var program = folder.WriteScript("program", """[ "$EQUILIBRAGE_CRASH_COUNT" = 3 ] || exit 1""");

        using var run = Start(program, [], stableSeconds: 0);
        var result = await run.Finish();

        Assert.Equal(0, result.ExitCode);
        Assert.DoesNotContain("20 ms", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Supervise_ProgramAsksToBeStartedAgain_IsNoCrash()
    {
        var program = folder.WriteScript(
            "program", """[ -e "$0.second" ] && exit 0; touch "$0.second"; exit 75""");

        var result = await Supervise(program);

        Assert.Equal(0, result.ExitCode);
        Assert.Empty(result.Errors);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(130)]
    [InlineData(143)]
    public async Task Supervise_FinalExitCode_IsNotRestartedAndIsPassedOn(int code)
    {
        var program = folder.WriteScript("program", $"echo started; exit {code}");

        var result = await Supervise(program);

        Assert.Equal((code, "started\n", ""), (result.ExitCode, result.Output, result.Errors));
    }

    [Fact]
    public async Task Supervise_ProgramIsKilled_IsRestarted()
    {
        var program = folder.WriteScript(
            "program", """[ "$EQUILIBRAGE_CRASH_COUNT" = 0 ] && kill -KILL $$; echo back""");

        var result = await Supervise(program);

        Assert.Equal((0, "back\n"), (result.ExitCode, result.Output));
        Assert.Contains("ended with code 137", result.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    [InlineData("HUP")]
    public async Task Supervise_Signalled_PassesItOnAndWaitsForTheCleanStop(string signal)
    {
        var program = folder.WriteScript("program", """
            trap 'echo stopping; sleep 0.2; echo stopped; exit 0' TERM
            echo ready
            while :; do read -r -t 1 <> <(:) || :; done
            """);
        using var run = Start(program, []);

        Assert.Equal("ready", await run.ReadLine());
        await run.Signal(signal);
        var result = await run.Finish();

        Assert.Equal((0, "stopping\nstopped\n", ""), (result.ExitCode, result.Output, result.Errors));
    }

    [Fact]
    public async Task Supervise_SignalledDuringTheWait_EndsWithoutAnotherStart()
    {
        var program = folder.WriteScript("program", "echo started; exit 9");
        using var run = Start(program, [], backOffMs: 50_000);

        Assert.Equal("started", await run.ReadLine());
        await run.Signal("TERM");
        var result = await run.Finish();

        Assert.Equal((9, ""), (result.ExitCode, result.Output));
    }

    private static ScriptRun Start(string program, string[] words, int backOffMs = 10, int stableSeconds = 60) =>
        ScriptRun.Start("bash", [SourceTree.PathOf("scripts/supervise.sh"), program, .. words],
            new Dictionary<string, string?>
            {
                ["EQUILIBRAGE_BACKOFF_MS"] = backOffMs.ToString(CultureInfo.InvariantCulture),
                ["EQUILIBRAGE_STABLE_SECONDS"] = stableSeconds.ToString(CultureInfo.InvariantCulture),
            });

    private static async Task<ScriptResult> Supervise(string program, params string[] words)
    {
        using var run = Start(program, words);
        return await run.Finish();
    }
}
