namespace Equilibrage.Polymarket.Rest;

/// <summary>Why a call failed, as far as a caller can act on it.</summary>
public enum PolymarketErrorKind
{
    /// <summary>The request did not leave, or no connection was made: it may be sent again.</summary>
    NotSent,

    /// <summary>No usable answer: what the request asked for may have happened.</summary>
    NoAnswer,

    /// <summary>The server failed while it worked on the request: what it asked for may have happened.</summary>
    ServerFailure,

    /// <summary>The answer is not what the protocol says; it was a success by its status.</summary>
    Unreadable,

    /// <summary>Too many requests; the time to wait may be given.</summary>
    RateLimited,

    /// <summary>The engine restarts (425): nothing is taken, not even cancels.</summary>
    Restarting,

    /// <summary>After a restart: only post-only orders and cancels.</summary>
    PostOnlyMode,

    /// <summary>Only cancels.</summary>
    CancelOnlyMode,

    /// <summary>Nothing is taken until further notice.</summary>
    TradingDisabled,

    /// <summary>A gateway, a firewall or a maintenance page answered in the service's place.</summary>
    Unavailable,

    /// <summary>This place or this account is not served: never asked again, never evaded.</summary>
    Restricted,

    /// <summary>Key, passphrase, code or clock is wrong.</summary>
    Unauthorized,

    /// <summary>The wallet's own signature (L1) was refused.</summary>
    WalletSignatureRefused,

    /// <summary>There is a key already, or none to derive.</summary>
    KeyExists,

    /// <summary>The order's signature is wrong: exchange domain, signature type or wallet.</summary>
    InvalidSignature,

    /// <summary>Order, API key and wallet do not belong together.</summary>
    OwnerMismatch,

    /// <summary>The kind of wallet may not trade.</summary>
    WalletNotAllowed,

    /// <summary>An order of an older exchange.</summary>
    OldOrderVersion,

    /// <summary>The same order was taken before: it counts as accepted.</summary>
    Duplicated,

    /// <summary>Balance or allowance does not cover the order.</summary>
    NotEnoughBalance,

    /// <summary>The price is not on the grid.</summary>
    BreaksTick,

    /// <summary>Below the smallest size or amount.</summary>
    BelowMinimum,

    /// <summary>Amounts with too many decimals.</summary>
    InvalidAmounts,

    /// <summary>A post-only order would match.</summary>
    CrossesBook,

    /// <summary>An expiration that is past or too near.</summary>
    InvalidExpiration,

    /// <summary>Fill-or-kill found too little.</summary>
    FokNotFilled,

    /// <summary>Fill-and-kill found nothing.</summary>
    FakNotMatched,

    /// <summary>A matching delay holds the order.</summary>
    Delayed,

    /// <summary>The market takes no orders now.</summary>
    MarketNotReady,

    /// <summary>There is no such thing.</summary>
    NotFound,

    /// <summary>Refused for a reason that is not known here.</summary>
    Refused,
}

/// <summary>A failed call.</summary>
/// <param name="Kind">What can be done about it.</param>
/// <param name="Message">The server's own words, or the transport's.</param>
public sealed record PolymarketError(PolymarketErrorKind Kind, string Message)
{
    /// <summary>The status of the answer, when there was one.</summary>
    public int? Status { get; init; }

    /// <summary>How long the server asks to wait.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>True when what was asked for may have happened nevertheless.</summary>
    public bool IsAmbiguous => Kind is PolymarketErrorKind.NoAnswer or PolymarketErrorKind.ServerFailure
        or PolymarketErrorKind.Unreadable;
}

/// <summary>A value, or why there is none.</summary>
/// <param name="Value">The value; null also where the server says that there is nothing.</param>
/// <param name="Error">The failure; null for a success.</param>
public readonly record struct PolymarketResult<T>(T? Value, PolymarketError? Error)
{
    /// <summary>True when the call succeeded.</summary>
    public bool IsOk => Error is null;

    /// <summary>A success.</summary>
    public static PolymarketResult<T> Ok(T? value) => new(value, null);

    /// <summary>A failure.</summary>
    public static PolymarketResult<T> Fail(PolymarketError error) => new(default, error);

    /// <summary>The same failure of another type of value.</summary>
    public PolymarketResult<TOther> As<TOther>() => new(default, Error);
}
