using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Equilibrage.Tests.Support;

/// <summary>
/// The real application as a process of its own, on a random loopback port. The one place that knows how the
/// application is started.
/// </summary>
public sealed class AppUnderTest : IAsyncDisposable
{
    private const string Listening = "Now listening on: ";
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(20);

    private readonly Process _process;
    private readonly AppData? _ownData;
    private readonly ConcurrentQueue<string> _output = new();
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private AppUnderTest(Process process, AppData? ownData)
    {
        _process = process;
        _ownData = ownData;
    }

    /// <summary>Where the application answers, with a slash at the end.</summary>
    public Uri Address { get; private set; } = new("about:blank");

    /// <summary>What the application has printed so far; the newest 200 lines.</summary>
    public string Output => string.Join('\n', _output);

    /// <summary>The application's process number.</summary>
    public int Pid => _process.Id;

    /// <summary>True while the process runs.</summary>
    public bool IsRunning => !_process.HasExited;

    /// <summary>Starts the application on a data folder that ends with it, and waits until it listens.</summary>
    public static async Task<AppUnderTest> StartAsync(params string[] options)
    {
        var data = new AppData();
        try
        {
            return await StartAsync(data, isOwn: true, options);
        }
        catch
        {
            data.Dispose();
            throw;
        }
    }

    /// <summary>Starts the application on a data folder that stays, and waits until it listens.</summary>
    public static Task<AppUnderTest> StartOnAsync(AppData data, params string[] options) =>
        StartAsync(data, isOwn: false, options);

    /// <summary>Starts the application on a data folder that stays, and waits for nothing.</summary>
    public static AppUnderTest BeginOn(AppData data, params string[] options)
    {
        var app = new AppUnderTest(Prepare(data, options), null);
        app.Begin();
        return app;
    }

    /// <summary>Runs the application until it ends by itself; for starts that are refused.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(AppData data, params string[] options)
    {
        await using var app = BeginOn(data, options);
        using var limit = new CancellationTokenSource(StartLimit);
        await app._process.WaitForExitAsync(limit.Token);
        return (app._process.ExitCode, app.Output);
    }

    /// <summary>Kills this process and nothing else, as kill -9 does.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Asks it to end with a signal, <c>TERM</c> or <c>INT</c>, and gives its exit code.</summary>
    public async Task<int> StopAsync(string signal = "TERM")
    {
        using var kill = Process.Start("kill", [$"-{signal}", Pid.ToString(CultureInfo.InvariantCulture)]);
        using var limit = new CancellationTokenSource(StopLimit);
        await _process.WaitForExitAsync(limit.Token);
        return _process.ExitCode;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (IsRunning)
        {
            try
            {
                await StopAsync();
            }
            catch (OperationCanceledException)
            {
                _process.Kill(entireProcessTree: true);
            }
        }

        _process.Dispose();
        _ownData?.Dispose();
    }

    // The configuration (Debug or Release) is the one that the tests were built in.
    private static string Program
    {
        get
        {
            var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
            return Path.Combine(
                SourceTree.Root, "Equilibrage.Web", "bin", configuration, "net10.0", "Equilibrage.Web.dll");
        }
    }

    private static async Task<AppUnderTest> StartAsync(AppData data, bool isOwn, string[] options)
    {
        var app = new AppUnderTest(Prepare(data, options), isOwn ? data : null);
        try
        {
            app.Begin();
            await app.ListenAsync();
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }

        return app;
    }

    private static Process Prepare(AppData data, string[] options)
    {
        Directory.CreateDirectory(data.Path);
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = data.Path,
        };
        if (data.ConnectionString is { } server)
            start.Environment["ConnectionStrings__Equilibrage"] = server;
        string[] seed = options.Contains("--seed") ? [] : ["--seed", "7"];
        foreach (var word in (string[])[Program, "run", "--port", "0", "--data", data.Path, .. seed, .. options])
            start.ArgumentList.Add(word);
        return new Process { StartInfo = start, EnableRaisingEvents = true };
    }

    private void Begin()
    {
        _process.OutputDataReceived += (_, line) => Read(line.Data);
        _process.ErrorDataReceived += (_, line) => Read(line.Data);
        _process.Exited += (_, _) => _address.TrySetException(new InvalidOperationException(
            $"The application ended before it listened:\n{Output}"));
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    private async Task ListenAsync()
    {
        try
        {
            Address = await _address.Task.WaitAsync(StartLimit);
        }
        catch (TimeoutException late)
        {
            throw new InvalidOperationException($"The application does not listen after {StartLimit}:\n{Output}", late);
        }
    }

    private void Read(string? line)
    {
        if (line is null) return;
        _output.Enqueue(line);
        if (_output.Count > 200) _output.TryDequeue(out _);
        var at = line.IndexOf(Listening, StringComparison.Ordinal);
        if (at >= 0) _address.TrySetResult(new Uri(line[(at + Listening.Length)..].Trim()));
    }
}
