using System.Globalization;
using System.Reflection;
using Equilibrage.Adapters.Storage;
using Equilibrage.Core.Ports;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.Simulation;
using Equilibrage.Sandbox;
using Equilibrage.Sandbox.Universe;

namespace Equilibrage.Web.Hosting;

/// <summary>
/// Sandbox mode's choice of parts: the practice exchange for market data and for trading, and no key at all.
/// </summary>
internal sealed class SandboxMode : IAsyncDisposable
{
    private SandboxMode(PracticeExchange exchange, DeskOptions desk) => (Exchange, Desk) = (exchange, desk);

    /// <summary>The running exchange.</summary>
    public PracticeExchange Exchange { get; }

    /// <summary>What the desk is told.</summary>
    public DeskOptions Desk { get; }

    /// <summary>Opens the universe that the options describe and starts the exchange.</summary>
    public static async Task<SandboxMode> StartAsync(
        RunOptions options, StorageHost storage, CancellationToken cancellation)
    {
        var universe = Universe(options);
        var account = new AccountId("sandbox:practice:operator");
        using var loggers = LoggerFactory.Create(logging => logging.AddSimpleConsole());
        var exchange = await PracticeExchange.StartAsync(
            new()
            {
                Listings = universe.Listings,
                Identity = universe.Identity,
                Seed = options.Seed,
                Start = universe.Start,
                Speed = options.Speed,
                Account = account,
                Capital = options.Capital,
            },
            storage.Connections, TimeProvider.System, loggers.CreateLogger<PracticeExchange>(), cancellation);
        return new(exchange, new(account, options.Capital, Info(options, universe.Name, account)));
    }

    /// <summary>The words for options that do not fit the data folder or the file; null for other errors.</summary>
    public static string? Refusal(Exception error) =>
        error is MarketFileException or UniverseMismatchException ? error.Message : null;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Exchange.DisposeAsync();

    private static (IReadOnlyList<ListingSeed> Listings, string Identity, DateTimeOffset Start, string Name) Universe(
        RunOptions options)
    {
        if (options.Markets is not { } path)
        {
            var start = options.Start ?? GeneratedMarkets.DefaultStart;
            var generated = GeneratedMarkets.Create(options.Seed, start);
            return (generated, "generated", start, string.Create(
                CultureInfo.InvariantCulture, $"{generated.Count} generated markets, seed {options.Seed}"));
        }

        var file = MarketFile.Load(path, options.Start);
        foreach (var skipped in file.Skipped)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{skipped.Count} lines skipped: {skipped.Reason} (first: {string.Join(", ", skipped.FirstLines)})"));
        }

        return (file.Listings, file.Hash, options.Start ?? file.Start, string.Create(
            CultureInfo.InvariantCulture,
            $"{file.Listings.Count:#,0} markets of {Path.GetFileName(path)}, seed {options.Seed}"));
    }

    private static DeskInfo Info(RunOptions options, string universe, AccountId account)
    {
        var version = Assembly.GetExecutingAssembly()
            .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
        var crashes = int.TryParse(
            Environment.GetEnvironmentVariable("EQUILIBRAGE_CRASH_COUNT"), CultureInfo.InvariantCulture, out var count)
            ? count
            : 0;
        var now = TimeProvider.System.GetUtcNow();
        return new("sandbox", account.Value, options.Speed, universe, version, crashes, now);
    }
}
