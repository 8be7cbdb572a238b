using Equilibrage.Core.Markets;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.Orders;

/// <summary>
/// An order to be sent: everything that the venue's order is built from, so that building twice gives the same.
/// </summary>
public sealed record OrderCommand
{
    /// <summary>Our id.</summary>
    public required ClientOrderId ClientOrderId { get; init; }

    /// <summary>The account that trades.</summary>
    public required AccountId AccountId { get; init; }

    /// <summary>The strategy that decided.</summary>
    public required StrategyId StrategyId { get; init; }

    /// <summary>The position that it builds or reduces.</summary>
    public required PositionId PositionId { get; init; }

    /// <summary>The market.</summary>
    public required MarketId MarketId { get; init; }

    /// <summary>The token.</summary>
    public required TokenId TokenId { get; init; }

    /// <summary>The outcome that the token stands for.</summary>
    public required Outcome Outcome { get; init; }

    /// <summary>Buy or sell.</summary>
    public required Side Side { get; init; }

    /// <summary>Worst acceptable price, on the market's grid.</summary>
    public required Price Limit { get; init; }

    /// <summary>
    /// Shares. For an order with a <see cref="Spend"/> they are the plan; a better price gives more.
    /// </summary>
    public required Quantity Quantity { get; init; }

    /// <summary>
    /// Dollars to spend, whole cents, for purchases that take at once (FAK, FOK): the venue matches up to so much at
    /// the limit or better. Null for sales and for orders that may rest, which are matched in shares.
    /// </summary>
    public Usdc? Spend { get; init; }

    /// <summary>Time in force.</summary>
    public required OrderType Type { get; init; }

    /// <summary>Refuse rather than take.</summary>
    public bool IsPostOnly { get; init; }

    /// <summary>When an order with a date ends; null for every other type.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>
    /// The market's price grid when the order was decided; it fixes the decimals of the venue's amounts.
    /// </summary>
    public TickSize Tick { get; init; } = TickSize.Cent;

    /// <summary>
    /// True for a market of a negative-risk group, whose orders are signed for an exchange of its own.
    /// </summary>
    public bool IsNegRisk { get; init; }

    /// <summary>Uniqueness of the venue's order, below 2^53.</summary>
    public required long Salt { get; init; }

    /// <summary>Wall time of the decision, Unix milliseconds.</summary>
    public required long TimestampMs { get; init; }
}

/// <summary>An order ready to send, with the id by which the venue will know it.</summary>
/// <param name="Command">What was decided.</param>
/// <param name="VenueOrderId">The venue's id, a pure function of the command and the account.</param>
public sealed record PreparedOrder(OrderCommand Command, VenueOrderId VenueOrderId);
