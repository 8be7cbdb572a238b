using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Equilibrage.Tests.Support;

/// <summary>
/// The real application as a process of its own, on a random loopback port and a data folder that ends with it. The
/// one place that knows how the application is started.
/// </summary>
public sealed class AppUnderTest : IAsyncDisposable
{
    private const string Listening = "Now listening on: ";
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(20);

    private readonly Process _process;
    private readonly TempFolder _data;
    private readonly ConcurrentQueue<string> _output = new();
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private AppUnderTest(Process process, TempFolder data)
    {
        _process = process;
        _data = data;
    }

    /// <summary>Where the application answers, with a slash at the end.</summary>
    public Uri Address { get; private set; } = new("about:blank");

    /// <summary>What the application has printed so far; the newest 200 lines.</summary>
    public string Output => string.Join('\n', _output);

    /// <summary>Starts the application and waits until it listens.</summary>
    public static async Task<AppUnderTest> StartAsync(params string[] options)
    {
        var data = new TempFolder();
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = data.Path,
        };
        foreach (var word in (string[])[Program, "run", "--port", "0", "--data", data.Path, "--seed", "7", .. options])
            start.ArgumentList.Add(word);
        var app = new AppUnderTest(new Process { StartInfo = start, EnableRaisingEvents = true }, data);
        try
        {
            await app.StartAsync();
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
        return app;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            using var term = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
            using var limit = new CancellationTokenSource(StopLimit);
            try
            {
                await _process.WaitForExitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                _process.Kill(entireProcessTree: true);
            }
        }
        _process.Dispose();
        _data.Dispose();
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

    private async Task StartAsync()
    {
        _process.OutputDataReceived += (_, line) => Read(line.Data);
        _process.ErrorDataReceived += (_, line) => Read(line.Data);
        _process.Exited += (_, _) => _address.TrySetException(new InvalidOperationException(
            $"The application ended before it listened:\n{Output}"));
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
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
