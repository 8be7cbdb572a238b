using System.Globalization;
using Equilibrage.Adapters.Storage;
using Equilibrage.Sandbox;
using Equilibrage.Sandbox.Server.Faults;
using Equilibrage.Sandbox.Universe;
using Microsoft.AspNetCore.Connections;

namespace Equilibrage.Web.Hosting;

/// <summary>Runs the practice exchange alone, for any client of Polymarket's protocol, until it is stopped.</summary>
internal static class SandboxCommand
{
    /// <summary>Runs and answers the exit code.</summary>
    public static async Task<int> RunAsync(RunOptions options, CancellationToken cancellation)
    {
        using var signals = new StopSignals(cancellation);
        try
        {
            await using var storage = await StorageHost.OpenAsync(
                new(
                    Path.GetFullPath(options.Data),
                    Environment.GetEnvironmentVariable("ConnectionStrings__Equilibrage"),
                    Environment.GetEnvironmentVariable("EQUILIBRAGE_ROOT") ?? AppContext.BaseDirectory),
                cancellation);
            await using var practice = await PracticeHost.StartAsync(
                options, storage, options.Bind, options.Port, signals.Token);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"The practice exchange is up ({practice.Universe.Name}; market time runs {options.Speed:0.##} times "
                + $"as fast as the wall clock). Clients find it under {practice.Server.Address}. Ctrl-C stops it."));
            await practice.Exchange.Completion.WaitAsync(signals.Token);
            return ExitCodes.Done;
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

    private static string? Refusal(Exception error) => error switch
    {
        StorageUnavailableException or MarketFileException or UniverseMismatchException
            or FaultScriptException => error.Message,
        AddressInUseException => $"{error.Message} Choose another port with --port.",
        IOException { InnerException: AddressInUseException } => $"{error.Message} Choose another port with --port.",
        _ => null,
    };
}
