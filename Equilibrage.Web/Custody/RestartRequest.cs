using Equilibrage.Web.Hosting;

namespace Equilibrage.Web.Custody;

/// <summary>Ends the process so that its supervisor starts it again: a process trades one wallet from start to end.
/// </summary>
/// <param name="lifetime">The process.</param>
/// <param name="clock">Leaves the answer time to reach the browser.</param>
internal sealed class RestartRequest(IHostApplicationLifetime lifetime, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private ITimer? timer;

    /// <summary>Asks for it.</summary>
    public void Ask()
    {
        Environment.ExitCode = ExitCodes.Again;
        timer ??= clock.CreateTimer(_ => lifetime.StopApplication(), null, Pause, Timeout.InfiniteTimeSpan);
    }

    /// <inheritdoc/>
    public void Dispose() => timer?.Dispose();
}
