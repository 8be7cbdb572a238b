using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Equilibrage.Bench;

/// <summary>The practice exchange in a process of its own, on a data folder of its own, until disposed.</summary>
internal sealed partial class ExchangeProcess : IAsyncDisposable
{
    private const UnixFileMode Passable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    private static readonly TimeSpan StartWithin = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(30);

    private readonly string folder;
    private readonly Task draining;

    private ExchangeProcess(Process process, string folder, Uri address, Task draining) =>
        (Process, this.folder, Address, this.draining) = (process, folder, address, draining);

    /// <summary>The program's file.</summary>
    public static string Program { get; } = Path.Combine(
        RecordedData.Root, "Equilibrage.Web", "bin", "Release", "net10.0", "Equilibrage.Web.dll");

    /// <summary>The process.</summary>
    public Process Process { get; }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>Starts it and waits until it listens.</summary>
    /// <exception cref="InvalidOperationException">It ended instead; the message holds what it said.</exception>
    public static async Task<ExchangeProcess> StartAsync(string markets, int speed)
    {
        var own = Directory.CreateTempSubdirectory("equilibrage-stream-");
        // The database server may run as another user, who has to pass through.
        File.SetUnixFileMode(own.FullName, Passable);
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
            WorkingDirectory = own.FullName,
        };
        string[] arguments =
        [
            Program, "sandbox", "--port", "0", "--seed", "7", "--markets", markets, "--speed",
            speed.ToString(CultureInfo.InvariantCulture), "--data", Path.Combine(own.FullName, "data"),
        ];
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        start.Environment["EQUILIBRAGE_ROOT"] = RecordedData.Root;
        start.Environment.Remove("ConnectionStrings__Equilibrage");
        var process = Process.Start(start)!;
        try
        {
            var address = await ReadAddressAsync(process).WaitAsync(StartWithin);
            return new(process, own.FullName, address, process.StandardOutput.ReadToEndAsync());
        }
        catch
        {
            await StopAsync(process);
            own.Delete(recursive: true);
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync(Process);
        await draining;
        Process.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<Uri> ReadAddressAsync(Process process)
    {
        var said = new List<string>();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            said.Add(line);
            if (AddressInWords().Match(line) is { Success: true } match)
                return new(match.Groups["address"].Value);
        }

        throw new InvalidOperationException($"The exchange ended before it listened: {string.Join(' ', said)}");
    }

    // In order, so that it ends its database server too.
    private static async Task StopAsync(Process process)
    {
        if (process.HasExited)
            return;
        using (var signal = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]))
            await signal.WaitForExitAsync();
        await process.WaitForExitAsync().WaitAsync(StopWithin);
    }

    [GeneratedRegex(@"under (?<address>http://\S+)\. Ctrl-C", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex AddressInWords();
}
