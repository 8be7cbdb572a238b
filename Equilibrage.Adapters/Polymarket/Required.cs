using Equilibrage.Core.Ports;
using Equilibrage.Polymarket.Rest;

namespace Equilibrage.Adapters.Polymarket;

/// <summary>For calls whose failure means that the venue does not answer now.</summary>
internal static class Required
{
    /// <summary>The value of a success.</summary>
    /// <param name="result">What came back.</param>
    /// <param name="what">What was asked for, for the message.</param>
    /// <exception cref="VenueUnavailableException">The call failed.</exception>
    public static T Require<T>(this PolymarketResult<T> result, string what)
        where T : class => result.Value
            ?? throw new VenueUnavailableException(
                $"The exchange did not give {what}: {result.Error?.Message ?? "the answer was empty"}");
}
