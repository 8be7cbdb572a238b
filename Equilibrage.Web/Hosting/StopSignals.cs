using System.Runtime.InteropServices;

namespace Equilibrage.Web.Hosting;

/// <summary>
/// Turns Ctrl-C and SIGTERM into a cancellation from the first moment on. The host listens only once it runs; a signal
/// before that would end the process and leave its database server behind.
/// </summary>
internal sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource source;
    private readonly IReadOnlyList<PosixSignalRegistration> registrations;

    /// <summary>Listens until disposed.</summary>
    public StopSignals(CancellationToken cancellation)
    {
        source = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop),
        ];
    }

    /// <summary>Canceled when somebody asked the process to stop.</summary>
    public CancellationToken Token => source.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var registration in registrations)
            registration.Dispose();
        source.Dispose();
    }

    private void Stop(PosixSignalContext context)
    {
        context.Cancel = true;
        source.Cancel();
    }
}
