using Equilibrage.Core.Ports;
using Equilibrage.Core.Simulation;
using Equilibrage.Sandbox.Hosting;

namespace Equilibrage.Sandbox.Server.Markets;

/// <summary>Reading from the exchange's one writer.</summary>
internal static class ExchangeReading
{
    /// <summary>Reads from the venue at one moment.</summary>
    /// <exception cref="VenueUnavailableException">The exchange waits for its database.</exception>
    public static async Task<T> LookAsync<T>(
        this PracticeExchange exchange, Func<SimulatedVenue, T> work, CancellationToken cancellation)
    {
        var (value, error) = await exchange.AskAsync(work, isChange: false, cancellation);
        return error is null ? value! : throw new VenueUnavailableException(error.Message);
    }

    /// <summary>Reads from the chain at one moment.</summary>
    /// <exception cref="VenueUnavailableException">The exchange waits for its database.</exception>
    public static async Task<T> LookAtChainAsync<T>(
        this PracticeExchange exchange, Func<ChainState, T> work, CancellationToken cancellation)
    {
        var (value, error) = await exchange.AskChainAsync((_, chain) => work(chain), isChange: false, cancellation);
        return error is null ? value! : throw new VenueUnavailableException(error.Message);
    }
}
