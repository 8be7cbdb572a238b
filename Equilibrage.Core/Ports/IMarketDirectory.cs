using Equilibrage.Core.Markets;
using Equilibrage.Core.Observations;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.Ports;

/// <summary>
/// Reference data and polled quotes of all markets. Every call throws <see cref="VenueUnavailableException"/> while the
/// venue does not answer.
/// </summary>
public interface IMarketDirectory
{
    /// <summary>The venue's market time now, asked anew where the venue has a clock of its own.</summary>
    Task<DateTimeOffset> MarketTimeAsync(CancellationToken cancellation);

    /// <summary>All markets that are listed now, resolved ones aside.</summary>
    Task<IReadOnlyList<Market>> ListAsync(CancellationToken cancellation);

    /// <summary>Quotes of all listed markets at the venue's present market time.</summary>
    Task<IReadOnlyList<MarketQuote>> QuoteAllAsync(CancellationToken cancellation);

    /// <summary>
    /// How those of the given markets ended that did; listed anew or not, an ended market stays ended.
    /// </summary>
    Task<IReadOnlyList<Resolution>> ResolvedAsync(
        IReadOnlyCollection<MarketId> markets, CancellationToken cancellation);

    /// <summary>
    /// Hourly middles of the first outcome in micro-dollars, oldest first, ending with the last full hour; at most
    /// <paramref name="hours"/> of them, fewer for a young market.
    /// </summary>
    Task<IReadOnlyDictionary<MarketId, IReadOnlyList<long>>> HourlyMidsAsync(
        IReadOnlyCollection<MarketId> markets, int hours, CancellationToken cancellation);
}

/// <summary>The venue does not answer now; asking again later may succeed. Nothing was changed.</summary>
public sealed class VenueUnavailableException(string message) : Exception(message);
