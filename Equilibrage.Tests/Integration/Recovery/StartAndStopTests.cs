using System.Globalization;
using Equilibrage.Adapters.Storage.Server;
using Equilibrage.Tests.Support;
using Equilibrage.Web.Hosting;

namespace Equilibrage.Tests.Integration.Recovery;

/// <summary>Starts that are refused, and stops in order, of the real application.</summary>
[Trait("Tier", "Integration")]
public sealed class StartAndStopTests : IDisposable
{
    private readonly AppData _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task OtherSeedFileOrCapital_OnTheSameFolder_IsRefusedWithTheRemedy()
    {
        await using (var first = await AppUnderTest.StartOnAsync(_data))
            Assert.Equal(ExitCodes.Done, await first.StopAsync());

        var markets = _data.Beside("markets.jsonl");
        await File.WriteAllLinesAsync(
            markets, Enumerable.Range(1, 40).Select(number => GammaLines.Line(number)),
            TestContext.Current.CancellationToken);
        await IsRefusedAsync(["--seed", "8"], "seed 7", "seed 8");
        await IsRefusedAsync(["--capital", "500"], "capital 1000", "capital 500");
        await IsRefusedAsync(["--markets", markets], "markets generated", "markets ");

        await using var again = await AppUnderTest.StartOnAsync(_data);
        await new DeskPolls().ReadyAsync(again);
    }

    [Fact]
    public async Task SecondStart_OnAFolderInUse_IsRefusedAndTheFirstGoesOn()
    {
        await using var first = await AppUnderTest.StartOnAsync(_data);

        var (code, output) = await AppUnderTest.RunAsync(_data);

        Assert.Equal(ExitCodes.Refused, code);
        Assert.Contains("is in use by another Equilibrage", output, StringComparison.Ordinal);
        Assert.Contains(first.Pid.ToString(CultureInfo.InvariantCulture), output, StringComparison.Ordinal);
        Assert.Contains("--data", output, StringComparison.Ordinal);
        Assert.Contains("ConnectionStrings__Equilibrage", output, StringComparison.Ordinal);
        await new DeskPolls().ReadyAsync(first);
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task Signal_WhileItRuns_StopsAppAndDatabaseInOrder(string signal)
    {
        Assert.SkipWhen(signal == "INT" && IgnoresInterrupt(), "the tests run where Ctrl-C is ignored");
        await using var app = await AppUnderTest.StartOnAsync(_data);
        await new DeskPolls().ReadyAsync(app);
        var server = _data.ServerPid!.Value;

        Assert.Equal(ExitCodes.Done, await app.StopAsync(signal));

        Assert.Null(ProcessIdentity.Of(server));
        Assert.Null(_data.ServerPid);
        Assert.True(DataFolderLock.IsFree(_data.Path));
    }

    [Fact]
    public async Task Signal_WhileItStarts_LeavesNoDatabaseBehind()
    {
        await using var app = AppUnderTest.BeginOn(_data);
        await Eventually.TrueAsync(() => _data.ServerPid is not null, TimeSpan.FromSeconds(60));
        var server = _data.ServerPid!.Value;

        Assert.Equal(ExitCodes.Done, await app.StopAsync());

        Assert.Null(ProcessIdentity.Of(server));
    }

    private async Task IsRefusedAsync(string[] options, params string[] words)
    {
        var (code, output) = await AppUnderTest.RunAsync(_data, options);
        Assert.Equal(ExitCodes.Refused, code);
        foreach (var word in (string[])[.. words, "--data"])
            Assert.Contains(word, output, StringComparison.Ordinal);
        Assert.Null(_data.ServerPid);
    }

    // A child inherits that a signal is ignored, as in a background job of a script.
    private static bool IgnoresInterrupt()
    {
        var line = File.ReadLines("/proc/self/status")
            .First(line => line.StartsWith("SigIgn:", StringComparison.Ordinal));
        var mask = ulong.Parse(line["SigIgn:".Length..].Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return (mask & (1UL << (Posix.Interrupt - 1))) != 0;
    }
}
