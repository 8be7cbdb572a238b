using Equilibrage.Core.Markets;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.Simulation;

/// <summary>An order as it reaches a simulated venue: what was signed, without who decided it and why.</summary>
public sealed record VenueOrderRequest
{
    /// <summary>The id that follows from what was signed.</summary>
    public required VenueOrderId Id { get; init; }

    /// <summary>Market.</summary>
    public required MarketId MarketId { get; init; }

    /// <summary>Token.</summary>
    public required TokenId TokenId { get; init; }

    /// <summary>Outcome that the token stands for.</summary>
    public required Outcome Outcome { get; init; }

    /// <summary>Buy or sell.</summary>
    public required Side Side { get; init; }

    /// <summary>Worst acceptable price.</summary>
    public required Price Limit { get; init; }

    /// <summary>Shares; with <see cref="Spend"/> only what the limit would buy.</summary>
    public required Quantity Quantity { get; init; }

    /// <summary>Dollars to spend, for FAK and FOK purchases; null = matched in shares.</summary>
    public Usdc? Spend { get; init; }

    /// <summary>Time in force.</summary>
    public required OrderType Type { get; init; }

    /// <summary>Refuse rather than take.</summary>
    public bool IsPostOnly { get; init; }

    /// <summary>Market time at which an order with a date ends; null for every other type.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Whatever the server wants to know the order's sender by, such as an API key; not interpreted.</summary>
    public string Owner { get; init; } = "";

    /// <summary>The same order as the desk's own form says it.</summary>
    public static VenueOrderRequest From(PreparedOrder order)
    {
        ArgumentNullException.ThrowIfNull(order);
        var command = order.Command;
        return new()
        {
            Id = order.VenueOrderId,
            MarketId = command.MarketId,
            TokenId = command.TokenId,
            Outcome = command.Outcome,
            Side = command.Side,
            Limit = command.Limit,
            Quantity = command.Quantity,
            Spend = command.Spend,
            Type = command.Type,
            IsPostOnly = command.IsPostOnly,
            ExpiresAt = command.ExpiresAt,
        };
    }
}
