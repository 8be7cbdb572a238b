using System.Text.Json.Serialization;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.Orders;

/// <summary>Which side of a match an execution was on.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Liquidity>))]
public enum Liquidity
{
    /// <summary>Was resting; pays no fee.</summary>
    Maker,

    /// <summary>Arrived and matched; pays the taker fee.</summary>
    Taker,
}

/// <summary>One execution of one of our orders, in the venue's exact amounts.</summary>
public sealed record Fill
{
    /// <summary>The venue's trade; one trade and order give one fill.</summary>
    public required TradeId TradeId { get; init; }

    /// <summary>The order that was executed.</summary>
    public required VenueOrderId VenueOrderId { get; init; }

    /// <summary>The token that moved.</summary>
    public required TokenId TokenId { get; init; }

    /// <summary>Our direction.</summary>
    public required Side Side { get; init; }

    /// <summary>Execution price.</summary>
    public required Price Price { get; init; }

    /// <summary>Shares.</summary>
    public required Quantity Quantity { get; init; }

    /// <summary>Dollars paid or received for the shares, without fee, never negative.</summary>
    public required Usdc Notional { get; init; }

    /// <summary>Fee in dollars, on top of a purchase and out of the proceeds of a sale.</summary>
    public required Usdc Fee { get; init; }

    /// <summary>Maker or taker.</summary>
    public required Liquidity Liquidity { get; init; }

    /// <summary>Market time of the match.</summary>
    public required DateTimeOffset ExecutedAt { get; init; }
}
