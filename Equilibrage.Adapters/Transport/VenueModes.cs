using Equilibrage.Polymarket;
using Equilibrage.Polymarket.Rest;

namespace Equilibrage.Adapters.Transport;

/// <summary>
/// What the order book's service has said about itself, and for how long: while it restarts or takes cancels only, an
/// order is refused here and not sent. Safe to use from several threads.
/// </summary>
internal sealed class VenueModes(TimeProvider clock)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ProbeEvery = TimeSpan.FromSeconds(15);

    private readonly Lock gate = new();
    private PolymarketError? error;
    private DateTimeOffset until;
    private TimeSpan pause = FirstPause;

    /// <summary>The mode that holds now; null while everything is taken.</summary>
    public PolymarketErrorKind? Mode
    {
        get
        {
            lock (gate)
                return clock.GetUtcNow() < until ? error?.Kind : null;
        }
    }

    /// <summary>Why a call is not worth sending now; null when it is.</summary>
    public PolymarketError? Refuse(RestCall call)
    {
        lock (gate)
        {
            if (!call.PlacesOrders || error is null || clock.GetUtcNow() >= until)
                return null;
            return error.Kind == PolymarketErrorKind.PostOnlyMode && call.IsPostOnly ? null : error;
        }
    }

    /// <summary>Takes in the error of an answered call, and says how long to wait before asking again.</summary>
    public TimeSpan Enter(RestCall call, PolymarketError answer)
    {
        lock (gate)
        {
            var length = answer.RetryAfter ?? (answer.Kind == PolymarketErrorKind.Restarting ? pause : ProbeEvery);
            if (answer.Kind == PolymarketErrorKind.Restarting)
                pause = pause * 2 > LongestPause ? LongestPause : pause * 2;
            // Only the routes of orders are restricted: what others answer says nothing of them.
            if (call.Service == PolymarketService.Clob)
                (error, until) = (answer, clock.GetUtcNow() + length);
            return length;
        }
    }

    /// <summary>An order or a cancel was taken: whatever was said before is over.</summary>
    public void Leave(RestCall call)
    {
        if (call.Service != PolymarketService.Clob || RateLimits.BucketOf(call.Method, call.Path) == SignerBucket.None)
            return;
        lock (gate)
        {
            pause = FirstPause;
            // A cancel that works says nothing of orders.
            if (call.PlacesOrders)
                error = null;
            else if (error?.Kind == PolymarketErrorKind.Restarting)
                error = null;
        }
    }
}
