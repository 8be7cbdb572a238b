namespace Equilibrage.Sandbox.Server.Faults;

/// <summary>What can be made to go wrong; the words of scripts are these names in snake case.</summary>
internal enum FaultKind
{
    /// <summary>A connection's frames are swallowed, those of one asset or all; PONG still comes.</summary>
    Freeze,

    /// <summary>A connection ends without a closing handshake.</summary>
    Disconnect,

    /// <summary>A frame is swallowed.</summary>
    Drop,

    /// <summary>A user's trade event is sent twice.</summary>
    DuplicateTrade,

    /// <summary>A user's event is held back and sent after the next one.</summary>
    Reorder,

    /// <summary>A request is answered late, by <c>delay_ms</c>.</summary>
    DelayAnswer,

    /// <summary>A request is carried out, but its answer never comes.</summary>
    LoseAnswer,

    /// <summary>A request is answered with status <c>status</c> and not carried out.</summary>
    Error,

    /// <summary>Orders and cancels are answered with 425, as while the engine restarts.</summary>
    Restart,

    /// <summary>Only post-only orders and cancels are taken.</summary>
    PostOnly,

    /// <summary>Only cancels are taken.</summary>
    CancelOnly,

    /// <summary>No orders and no cancels are taken.</summary>
    Disabled,

    /// <summary>Requests are answered with 429 and a Retry-After.</summary>
    RateLimit,

    /// <summary>The settlement of the next trades fails.</summary>
    FailSettlement,

    /// <summary>The settlement of the next trades needs a second attempt.</summary>
    RetrySettlement,

    /// <summary>
    /// The next matches are settled in part: two trades, of which the second fails; a match of one piece fails.
    /// </summary>
    PartialSettlement,

    /// <summary>A market's price grid becomes finer at once, whatever rests on its book.</summary>
    RefineTick,

    /// <summary>REST books are served as they stood when the fault began.</summary>
    StaleBook,

    /// <summary>Balances are served as they stood when first asked for, until an update is asked for.</summary>
    StaleBalance,

    /// <summary>A market takes no orders.</summary>
    CloseMarket,

    /// <summary>Resolutions are not told on the market channel.</summary>
    HideResolved,

    /// <summary>The check of the place answers that orders from here are refused.</summary>
    BlockPlace,

    /// <summary>Accounts are told that they may only reduce.</summary>
    ClosedOnly,
}
