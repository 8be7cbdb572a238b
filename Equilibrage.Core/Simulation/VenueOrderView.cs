using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.Simulation;

/// <summary>A user's order as a simulated venue knows it at one moment.</summary>
public sealed record VenueOrderView
{
    /// <summary>What was asked.</summary>
    public required VenueOrderRequest Request { get; init; }

    /// <summary>Whose.</summary>
    public required AccountId AccountId { get; init; }

    /// <summary>Where it stands.</summary>
    public required OrderStatus Status { get; init; }

    /// <summary>Shares matched so far, failed settlements included: they do not work again.</summary>
    public required Quantity Matched { get; init; }

    /// <summary>Its trades, oldest first.</summary>
    public required IReadOnlyList<TradeId> Trades { get; init; }

    /// <summary>Market time of its arrival.</summary>
    public required DateTimeOffset PlacedAt { get; init; }

    /// <summary>True when the venue held it before matching: then its fills are told by events only.</summary>
    public bool WasDelayed { get; init; }

    /// <summary>Why it ended, in words; null while it works and when it was filled.</summary>
    public string? Reason { get; init; }

    /// <summary>Why it ended, when a rule ended it.</summary>
    public RefusalKind? Refusal { get; init; }

    /// <summary>True when it was ended because its market did.</summary>
    public bool IsEndedByResolution { get; init; }

    /// <summary>Its id.</summary>
    public VenueOrderId Id => Request.Id;
}

/// <summary>What came of placing an order.</summary>
/// <param name="Order">The order; null when it was refused before it was taken note of.</param>
/// <param name="Trades">What was matched at once: one trade, or two where it is settled in part, or none.</param>
/// <param name="Refusal">
/// Why it was refused, or, with an order, why it ended without a match (FOK and FAK misses).
/// </param>
public sealed record Placement(VenueOrderView? Order, IReadOnlyList<VenueTrade> Trades, OrderRefusal? Refusal)
{
    /// <summary>The first of what was matched at once; null when nothing was.</summary>
    public VenueTrade? Trade => Trades is [var first, ..] ? first : null;
}

/// <summary>What came of asking for cancellations.</summary>
/// <param name="Canceled">Orders that were canceled by this.</param>
/// <param name="NotCanceled">Orders that were not, with the reason in words.</param>
public sealed record Cancellation(
    IReadOnlyList<VenueOrderId> Canceled, IReadOnlyDictionary<VenueOrderId, string> NotCanceled);
