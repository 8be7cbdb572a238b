using Equilibrage.Adapters.Storage;
using Equilibrage.Core.Ports;
using Equilibrage.Web.Auditing;

namespace Equilibrage.Web.Hosting;

/// <summary>
/// Recomputes everything from the journal and compares it with the tables and the exchange's record; changes nothing.
/// </summary>
internal static class AuditCommand
{
    /// <summary>Runs and answers the exit code: 0 when nothing differs, 1 otherwise.</summary>
    public static async Task<int> RunAsync(RunOptions options, CancellationToken cancellation)
    {
        using var signals = new StopSignals(cancellation);
        try
        {
            await using var storage = await StorageHost.AttachAsync(
                new(
                    Path.GetFullPath(options.Data),
                    Environment.GetEnvironmentVariable("ConnectionStrings__Equilibrage"),
                    Environment.GetEnvironmentVariable("EQUILIBRAGE_ROOT") ?? AppContext.BaseDirectory),
                signals.Token);
            var reports = await new AuditRun(storage, options.IsOffline, TimeProvider.System).RunAsync(signals.Token);
            if (options.AsJson)
                await Console.Out.WriteLineAsync(AuditRun.ToJson(reports));
            else
                foreach (var line in AuditRun.Lines(reports))
                    await Console.Out.WriteLineAsync(line);
            return reports.All(report => report.IsClean) ? ExitCodes.Done : ExitCodes.Differs;
        }
        catch (OperationCanceledException) when (signals.Token.IsCancellationRequested)
        {
            return ExitCodes.Done;
        }
        catch (Exception error) when (error is StorageUnavailableException or JournalUnavailableException)
        {
            await Console.Error.WriteLineAsync(error.Message);
            return ExitCodes.Refused;
        }
    }
}
