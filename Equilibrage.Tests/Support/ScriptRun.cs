using System.Diagnostics;
using System.Globalization;

namespace Equilibrage.Tests.Support;

/// <summary>What a finished script left behind.</summary>
public sealed record ScriptResult(int ExitCode, string Output, string Errors);

/// <summary>A running script; ends with the test at the latest.</summary>
public sealed class ScriptRun : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly Process process;
    private readonly Task<string> errors;

    private ScriptRun(Process process)
    {
        this.process = process;
        errors = process.StandardError.ReadToEndAsync();
    }

    /// <summary>Starts a program with extra environment variables (a null value removes one).</summary>
    public static ScriptRun Start(
        string program, IEnumerable<string> words, IReadOnlyDictionary<string, string?>? environment = null,
        string? folder = null)
    {
        var start = new ProcessStartInfo(program)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
            WorkingDirectory = folder ?? "",
        };
        foreach (var word in words)
            start.ArgumentList.Add(word);
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>())
            start.Environment[name] = value;
        return new ScriptRun(Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start."));
    }

    /// <summary>Starts a program and waits for its end, by default for a minute.</summary>
    public static async Task<ScriptResult> Finish(
        string program, IEnumerable<string> words, IReadOnlyDictionary<string, string?>? environment = null,
        string? folder = null, TimeSpan? patience = null)
    {
        using var run = Start(program, words, environment, folder);
        return await run.Finish(patience);
    }

    /// <summary>The next line of output; null at its end.</summary>
    public async Task<string?> ReadLine()
    {
        using var limit = new CancellationTokenSource(Patience);
        return await process.StandardOutput.ReadLineAsync(limit.Token);
    }

    /// <summary>Sends a signal by name, such as TERM, to the script alone.</summary>
    public async Task Signal(string name)
    {
        var id = process.Id.ToString(CultureInfo.InvariantCulture);
        var sent = await Finish("bash", ["-c", $"kill -{name} {id}"]);
        if (sent.ExitCode != 0)
            throw new InvalidOperationException($"SIG{name} was not sent: {sent.Errors}");
    }

    /// <summary>Waits for the end and returns what was not read yet.</summary>
    public async Task<ScriptResult> Finish(TimeSpan? patience = null)
    {
        using var limit = new CancellationTokenSource(patience ?? Patience);
        var output = await process.StandardOutput.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);
        return new ScriptResult(process.ExitCode, output, await errors);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        process.Dispose();
    }
}
