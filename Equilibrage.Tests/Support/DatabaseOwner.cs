using System.Diagnostics;
using System.Globalization;

namespace Equilibrage.Tests.Support;

/// <summary>Another process that owns a database, to be killed or asked to end.</summary>
internal sealed class DatabaseOwner : IDisposable
{
    private readonly Process _process;

    private DatabaseOwner(Process process, int serverPid)
    {
        _process = process;
        ServerPid = serverPid;
    }

    /// <summary>The owner's process number.</summary>
    public int Pid => _process.Id;

    /// <summary>Its server's process number.</summary>
    public int ServerPid { get; }

    /// <summary>Starts an owner and waits until its database serves.</summary>
    /// <param name="folder">Where the database lies.</param>
    /// <param name="user">The user to run as, when we are root; null for ourselves.</param>
    public static async Task<DatabaseOwner> StartAsync(ServerFolder folder, string? user = null)
    {
        // However the tests were started, by the program itself or by dotnet, the program stands beside its assembly.
        var self = Path.ChangeExtension(typeof(TestProgram).Assembly.Location, null);
        string[] program = [self, TestProgram.DatabaseOwner, folder.Data, folder.SystemFolder];
        string[] line = user is null ? program : ["setpriv", $"--reuid={user}", "--clear-groups", "--", .. program];
        var start = new ProcessStartInfo(line[0], line[1..])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var process = Process.Start(start)!;
        var said = await process.StandardOutput.ReadLineAsync();
        if (said?.StartsWith(TestProgram.Ready, StringComparison.Ordinal) != true)
            Assert.Fail($"The owner did not start: {said} {await process.StandardError.ReadToEndAsync()}");
        return new DatabaseOwner(process, int.Parse(said![TestProgram.Ready.Length..], CultureInfo.InvariantCulture));
    }

    /// <summary>Kills the owner only, as kill -9 does.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Asks the owner to end in order.</summary>
    public async Task StopAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        Assert.Equal(0, _process.ExitCode);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }
}
