using Equilibrage.Adapters.Storage;
using Equilibrage.Core.Ports;
using Equilibrage.Polymarket.Signing;
using Equilibrage.Sandbox;
using Equilibrage.Sandbox.Server.Faults;
using Equilibrage.Sandbox.Universe;
using Equilibrage.Web.Custody;
using Equilibrage.Web.Security;
using Microsoft.AspNetCore.Connections;

namespace Equilibrage.Web.Hosting;

/// <summary>What the verbs share: the database, the console's log, signals, the words for a start that fails.</summary>
internal static class StartUp
{
    /// <summary>
    /// Runs a verb until it ends or a signal asks it to. A start that trying again cannot mend ends with its reason and
    /// <see cref="ExitCodes.Refused"/>.
    /// </summary>
    public static async Task<int> RunAsync(Func<CancellationToken, Task<int>> verb, CancellationToken cancellation)
    {
        using var signals = new StopSignals(cancellation);
        try
        {
            return await verb(signals.Token);
        }
        catch (OperationCanceledException) when (signals.Token.IsCancellationRequested)
        {
            return ExitCodes.Done;
        }
        catch (Exception error) when (Refusal(error) is { } reason)
        {
            await Console.Error.WriteLineAsync(reason);
            return ExitCodes.Refused;
        }
    }

    /// <summary>Opens the database of a data folder, or the operator's own, and brings its schema up to date.</summary>
    public static Task<StorageHost> OpenStorageAsync(RunOptions options, CancellationToken cancellation) =>
        StorageHost.OpenAsync(
            new(
                Path.GetFullPath(options.Data),
                Environment.GetEnvironmentVariable("ConnectionStrings__Equilibrage"),
                Environment.GetEnvironmentVariable("EQUILIBRAGE_ROOT") ?? AppContext.BaseDirectory),
            cancellation);

    /// <summary>The console's log for what runs beside the host.</summary>
    public static ILoggerFactory OpenLog() => LoggerFactory.Create(logging => logging
        .AddSimpleConsole()
        .AddFilter("Microsoft", LogLevel.Warning));

    /// <summary>The words for a start that cannot succeed by trying again; null for anything unexpected.</summary>
    public static string? Refusal(Exception error) => error switch
    {
        StorageUnavailableException or WebSecurityException or VenueUnavailableException => error.Message,
        SignatureLibraryException or PracticeWalletException or PracticeHostException => error.Message,
        VaultException => error.Message,
        MarketFileException or UniverseMismatchException or FaultScriptException => error.Message,
        AddressInUseException => $"{error.Message} Choose another port with --port.",
        IOException { InnerException: AddressInUseException } => $"{error.Message} Choose another port with --port.",
        _ => null,
    };
}
