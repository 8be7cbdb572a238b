using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.Orders;

/// <summary>Why a call to a venue failed.</summary>
public enum VenueErrorKind
{
    /// <summary>The request is known not to have reached the venue; it may be sent again.</summary>
    NotSent,

    /// <summary>No answer: the order may or may not exist. Look it up, never resend.</summary>
    Unknown,

    /// <summary>The venue is not serving now.</summary>
    Unavailable,

    /// <summary>The venue refused.</summary>
    Refused,

    /// <summary>
    /// The venue does not serve this place or this account. Asking again is pointless and is never done.
    /// </summary>
    Restricted,
}

/// <summary>A failed call as a value.</summary>
/// <param name="Kind">The kind, which decides what may be done.</param>
/// <param name="Message">What the venue or the transport said.</param>
public sealed record VenueError(VenueErrorKind Kind, string Message)
{
    /// <summary>True when waiting may help.</summary>
    public bool IsTransient => Kind is VenueErrorKind.NotSent or VenueErrorKind.Unavailable;
}

/// <summary>The venue's answer to a submit: where the order stands and what was executed at once.</summary>
/// <param name="Status">Accepted, Filled, PartiallyFilled, Canceled, Delayed or Rejected.</param>
/// <param name="Fills">Immediate executions.</param>
/// <param name="Reason">The venue's words when it refused or dropped the rest.</param>
public sealed record SubmitAnswer(OrderStatus Status, IReadOnlyList<Fill> Fills, string? Reason = null);

/// <summary>An order as the venue's record shows it.</summary>
/// <param name="VenueOrderId">Its id.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Fills">All its executions.</param>
/// <param name="Reason">The venue's words, if any.</param>
public sealed record VenueOrder(
    VenueOrderId VenueOrderId, OrderStatus Status, IReadOnlyList<Fill> Fills, string? Reason);

/// <summary>An account as the venue's record shows it.</summary>
/// <param name="Cash">Collateral, reservations included.</param>
/// <param name="Tokens">Shares held, positive entries only.</param>
/// <param name="OpenOrders">Orders that still work.</param>
public sealed record VenueAccount(
    Usdc Cash, IReadOnlyDictionary<TokenId, Quantity> Tokens, IReadOnlyList<VenueOrder> OpenOrders);
