using System.Globalization;
using Equilibrage.Adapters.Storage;
using Equilibrage.Core.Primitives;
using Equilibrage.Sandbox;
using Equilibrage.Sandbox.Server;
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
            var start = options.Start;
            if (options.StartsNow)
            {
                start = await PracticeExchange.RecordedStartAsync(storage.Connections, signals.Token)
                    ?? TimeProvider.System.GetUtcNow();
            }

            var universe = PracticeUniverse.Open(options.Markets, options.Seed, start);
            using var loggers = LoggerFactory.Create(logging => logging.AddSimpleConsole()
                .AddFilter("Microsoft.AspNetCore", LogLevel.Warning));
            await using var exchange = await PracticeExchange.StartAsync(
                new()
                {
                    Listings = universe.Listings,
                    Identity = universe.Identity,
                    Seed = options.Seed,
                    Start = universe.Start,
                    Speed = options.Speed,
                    Account = new AccountId("sandbox:practice:operator"),
                    Capital = options.Capital,
                },
                storage.Connections, TimeProvider.System, loggers.CreateLogger<PracticeExchange>(), signals.Token);
            await using var server = await PracticeServer.StartAsync(
                new() { Bind = options.Bind, Port = options.Port, FaultScript = options.Faults },
                exchange, TimeProvider.System, loggers, signals.Token);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"The practice exchange is up ({universe.Name}; market time runs {options.Speed:0.##} times as fast "
                + $"as the wall clock). Clients find it under {server.Address}. Ctrl-C stops it."));
            await exchange.Completion.WaitAsync(signals.Token);
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
        StorageUnavailableException or MarketFileException or UniverseMismatchException => error.Message,
        AddressInUseException => $"{error.Message} Choose another port with --port.",
        IOException { InnerException: AddressInUseException } => $"{error.Message} Choose another port with --port.",
        _ => null,
    };
}
