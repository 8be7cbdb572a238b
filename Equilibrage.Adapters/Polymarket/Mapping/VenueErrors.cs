using Equilibrage.Core.Orders;
using Equilibrage.Core.Ports;
using Equilibrage.Polymarket.Rest;

namespace Equilibrage.Adapters.Polymarket.Mapping;

/// <summary>The exchange's errors in the desk's words.</summary>
internal static class VenueErrors
{
    /// <summary>The error of a call that may be repeated: reads and cancels.</summary>
    public static VenueError OfRepeatable(PolymarketError error) => new(
        error.Kind switch
        {
            PolymarketErrorKind.NotSent => VenueErrorKind.NotSent,
            PolymarketErrorKind.Restricted => VenueErrorKind.Restricted,
            _ when IsWaiting(error.Kind) || error.IsAmbiguous => VenueErrorKind.Unavailable,
            _ => VenueErrorKind.Refused,
        },
        error.Message);

    /// <summary>The error of a placement: what may have arrived is unknown, never refused.</summary>
    public static VenueError OfPlacement(PolymarketError error) => new(
        error.Kind switch
        {
            PolymarketErrorKind.NotSent => VenueErrorKind.NotSent,
            PolymarketErrorKind.Restricted => VenueErrorKind.Restricted,
            // A gateway that answers for the exchange does not say what it had passed on before.
            PolymarketErrorKind.Unavailable => VenueErrorKind.Unknown,
            _ when error.IsAmbiguous => VenueErrorKind.Unknown,
            _ when IsWaiting(error.Kind) => VenueErrorKind.Unavailable,
            _ => VenueErrorKind.Refused,
        },
        error.Message);

    /// <summary>A failed read as the port's result.</summary>
    public static VenueResult<T> Fail<T>(PolymarketError error)
        where T : class => new(null, OfRepeatable(error));

    private static bool IsWaiting(PolymarketErrorKind kind) => kind is PolymarketErrorKind.RateLimited
        or PolymarketErrorKind.Restarting or PolymarketErrorKind.PostOnlyMode or PolymarketErrorKind.CancelOnlyMode
        or PolymarketErrorKind.TradingDisabled or PolymarketErrorKind.Unavailable;
}
