using Equilibrage.Core.Observations;

namespace Equilibrage.Core.Ports;

/// <summary>Live prices of crypto currencies.</summary>
public interface ISpotPrices
{
    /// <summary>
    /// Reads prices from now on until canceled: each symbol's recent past first where the source has it, then one by
    /// one. A lost connection is opened again; what was told before is not told twice.
    /// </summary>
    /// <param name="symbols">Such as <c>btcusd</c>.</param>
    /// <param name="cancellation">Ends the reading.</param>
    IAsyncEnumerable<SpotPrice> ReadAsync(IReadOnlyCollection<string> symbols, CancellationToken cancellation);
}
