using System.Net;
using Equilibrage.Core.Primitives;
using Equilibrage.Tests.Support;
using Equilibrage.Web.Hosting;

namespace Equilibrage.Tests.Unit.Web;

[Trait("Tier", "Unit")]
public sealed class CommandLineTests
{
    private readonly StringWriter output = new();
    private readonly StringWriter errors = new();
    private RunOptions? ran;
    private RunOptions? migrated;
    private RunOptions? served;
    private RunOptions? replayed;
    private RunOptions? audited;

    [Theory]
    [InlineData]
    [InlineData("run")]
    public async Task Run_WithoutOptions_HasTheDocumentedDefaults(params string[] words)
    {
        Assert.Equal(0, await InvokeAsync(words));
        Assert.Equal(new RunOptions(), ran);
        Assert.Equal((5080, IPAddress.Loopback, 7L, 3000m), (ran!.Port, ran.Bind, ran.Seed, ran.Speed));
        Assert.Equal(Path.GetFullPath(".equilibrage"), ran.Data);
        Assert.Equal("1000", ran.Capital.ToString());
    }

    [Fact]
    public async Task Run_WithEveryOption_ReadsThem()
    {
        using var folder = new TempFolder();
        var file = folder.Write("markets.jsonl", "");
        var code = await InvokeAsync(
            "--port", "0", "--bind", "::1", "--data", folder.Path, "--seed", "42", "--markets", file,
            "--start", "2026-03-11T18:00:00+01:00", "--speed", "1.5", "--capital", "2500.25");
        Assert.Equal(0, code);
        Assert.Equal(
            new RunOptions
            {
                Port = 0, Bind = IPAddress.IPv6Loopback, Data = folder.Path, Seed = 42, Markets = file,
                Start = new(2026, 3, 11, 17, 0, 0, TimeSpan.Zero), Speed = 1.5m, Capital = Usdc.FromDecimal(2500.25m),
            },
            ran);
    }

    [Theory]
    [InlineData("--port", "65536", "0 to 65535")]
    [InlineData("--port", "-1", "0 to 65535")]
    [InlineData("--port", "http", "0 to 65535")]
    [InlineData("--bind", "example.com", "IP address")]
    [InlineData("--seed", "-7", "whole number")]
    [InlineData("--seed", "1.5", "whole number")]
    [InlineData("--markets", "/no/such/file", "existing file")]
    [InlineData("--start", "tomorrow", "2026-03-11T18:00:00Z")]
    [InlineData("--speed", "0.5", "from 1")]
    [InlineData("--speed", "100001", "to 100000")]
    [InlineData("--speed", "1e3", "from 1")]
    [InlineData("--capital", "0", "above 0")]
    [InlineData("--capital", "1.0000001", "six decimals")]
    [InlineData("--capital", "1,000", "six decimals")]
    [InlineData("--data", "", "folder")]
    public async Task Option_WithABadValue_EndsWithTwoAndSaysWhatIsAllowed(string option, string value, string allowed)
    {
        Assert.Equal(2, await InvokeAsync("run", option, value));
        Assert.Null(ran);
        Assert.Contains(option, errors.ToString(), StringComparison.Ordinal);
        Assert.Contains(allowed, errors.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("run", "--prot", "5080")]
    [InlineData("run", "--port")]
    [InlineData("fly")]
    [InlineData("migrate", "--speed", "1")]
    public async Task Words_NotUnderstood_EndWithTwo(params string[] words)
    {
        Assert.Equal(2, await InvokeAsync(words));
        Assert.Null(ran);
        Assert.Null(migrated);
        Assert.Contains("--help", errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Migrate_WithAFolder_GetsIt()
    {
        Assert.Equal(0, await InvokeAsync("migrate", "--data", "/tmp"));
        Assert.Equal("/tmp", migrated?.Data);
        Assert.Null(ran);
    }

    [Fact]
    public async Task Version_Asked_IsOneLine()
    {
        Assert.Equal(0, await InvokeAsync("version"));
        Assert.Matches(@"^Equilibrage \d+\.\d+\.\d+( \(commit [0-9a-f]+\))?\s*$", output.ToString());
    }

    [Fact]
    public async Task Help_OfRun_NamesEveryOption()
    {
        Assert.Equal(0, await InvokeAsync("run", "--help"));
        string[] options = ["--port", "--bind", "--data", "--seed", "--markets", "--start", "--speed", "--capital"];
        Assert.All(options, option => Assert.Contains(option, output.ToString(), StringComparison.Ordinal));
        Assert.Null(ran);
    }

    [Fact]
    public async Task Run_ExitCode_IsPassedOn()
    {
        var actions = new CommandActions(Code(3), Code(4), Code(5), Code(6));
        Assert.Equal(3, await CommandLine.InvokeAsync([], actions, output, errors));
        Assert.Equal(4, await CommandLine.InvokeAsync(["sandbox"], actions, output, errors));
        Assert.Equal(5, await CommandLine.InvokeAsync(["replay", "file"], actions, output, errors));
        Assert.Equal(6, await CommandLine.InvokeAsync(["migrate"], actions, output, errors));

        static CommandAction Code(int code) => (_, _) => Task.FromResult(code);
    }

    [Fact]
    public async Task Sandbox_Words_BecomeOptions()
    {
        Assert.Equal(0, await InvokeAsync("sandbox", "--port", "0", "--start", "now", "--seed", "9"));

        Assert.Equal((0, true, 9, 1m), (served!.Port, served.StartsNow, served.Seed, served.Speed));
        Assert.Null(served.Start);
    }

    [Fact]
    public async Task Sandbox_StartThatIsNoTime_IsRefused()
    {
        Assert.Equal(2, await InvokeAsync("sandbox", "--start", "later"));

        Assert.Null(served);
    }

    [Fact]
    public async Task Sandbox_WithoutOptions_RunsAtTheWallClocksSpeed()
    {
        Assert.Equal(0, await InvokeAsync("sandbox"));

        Assert.Equal((5090, false, 1m), (served!.Port, served.StartsNow, served.Speed));
    }

    [Fact]
    public async Task Run_Modes_AreReadAndOthersRefused()
    {
        Assert.Equal(0, await InvokeAsync("--mode", "paper", "--exchange", "http://127.0.0.1:5090", "--record"));
        Assert.Equal((DeskMode.Paper, new Uri("http://127.0.0.1:5090"), true), (ran!.Mode, ran.Exchange, ran.Records));

        Assert.Equal(0, await InvokeAsync("--mode", "live"));
        Assert.Equal(DeskMode.Live, ran!.Mode);

        Assert.Equal(2, await InvokeAsync("--mode", "real"));
        Assert.Contains("sandbox, paper or live", errors.ToString(), StringComparison.Ordinal);
        Assert.Equal(2, await InvokeAsync("--mode", "paper", "--exchange", "ftp://x"));
    }

    [Fact]
    public async Task Replay_WithAFile_IsAskedForIt()
    {
        Assert.Equal(0, await InvokeAsync("replay", "some.frames.gz"));
        Assert.Equal("some.frames.gz", replayed!.Recording);

        Assert.Equal(2, await InvokeAsync("replay"));
    }

    [Fact]
    public async Task Audit_WithItsOptions_ReadsThem()
    {
        using var folder = new TempFolder();

        Assert.Equal(0, await InvokeAsync("audit", "--data", folder.Path, "--offline", "--json"));
        Assert.Equal((folder.Path, true, true), (audited!.Data, audited.IsOffline, audited.AsJson));

        Assert.Equal(0, await InvokeAsync("audit"));
        Assert.Equal((false, false), (audited.IsOffline, audited.AsJson));
    }

    private Task<int> InvokeAsync(params string[] words) => CommandLine.InvokeAsync(
        words,
        new(
            Keep(options => ran = options), Keep(options => served = options), Keep(options => replayed = options),
            Keep(options => migrated = options))
        {
            Audit = Keep(options => audited = options),
        },
        output, errors);

    private static CommandAction Keep(Action<RunOptions> keep) => (options, _) =>
    {
        keep(options);
        return Task.FromResult(0);
    };
}
