using Equilibrage.Core.Markets;
using Equilibrage.Core.Observations;
using Equilibrage.Core.Ports;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.Simulation;

namespace Equilibrage.Tests.Support.Chaos;

/// <summary>One process's way to the exchange's reference data.</summary>
internal sealed class ChaosDirectory(Timeline time, VirtualNode node, ChaosExchange exchange, Weather weather)
    : IMarketDirectory
{
    /// <inheritdoc/>
    public Task<DateTimeOffset> MarketTimeAsync(CancellationToken cancellation) =>
        AskAsync(venue => venue.MarketTime, cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Market>> ListAsync(CancellationToken cancellation) =>
        AskAsync(venue => venue.Markets(), cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<MarketQuote>> QuoteAllAsync(CancellationToken cancellation) =>
        AskAsync(venue => venue.Quotes(), cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Resolution>> ResolvedAsync(
        IReadOnlyCollection<MarketId> markets, CancellationToken cancellation) =>
        AskAsync(venue => venue.Resolutions(markets), cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<MarketId, IReadOnlyList<long>>> HourlyMidsAsync(
        IReadOnlyCollection<MarketId> markets, int hours, CancellationToken cancellation) =>
        AskAsync(venue => venue.HourlyMids(markets, hours), cancellation);

    private Task<T> AskAsync<T>(Func<SimulatedVenue, T> ask, CancellationToken cancellation)
    {
        var answer = new TaskCompletionSource<T>();
        var fails = weather.Strikes(Fault.CallFails);
        time.After(weather.Dice.Millis(5, 100), () => node.Run(() =>
        {
            if (fails || exchange.IsAway)
                answer.TrySetException(new VenueUnavailableException("503 Service Unavailable"));
            else
                answer.TrySetResult(ask(exchange.Venue));
        }));
        return answer.Task.WaitAsync(cancellation);
    }
}
