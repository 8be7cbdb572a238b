using System.Text.Json.Serialization;

namespace Equilibrage.Core.Simulation;

/// <summary>Why a simulated venue does not take an order, or not any further.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RefusalKind>))]
public enum RefusalKind
{
    /// <summary>No such market or token is listed.</summary>
    UnknownMarket,

    /// <summary>The market takes no orders, or has ended.</summary>
    MarketClosed,

    /// <summary>An order with this id has arrived before.</summary>
    Duplicate,

    /// <summary>The id was canceled before its order arrived.</summary>
    CanceledBefore,

    /// <summary>The combination of type, post-only, date and dollars means nothing.</summary>
    Malformed,

    /// <summary>The price is not on the market's grid.</summary>
    OffGrid,

    /// <summary>Shares or dollars are finer than a hundredth, or zero.</summary>
    Amounts,

    /// <summary>A resting order is smaller than the market's minimum.</summary>
    BelowMinimum,

    /// <summary>A purchase that takes is below one dollar.</summary>
    MarketableBelowMinimum,

    /// <summary>The order's date is too near, or past.</summary>
    Expiration,

    /// <summary>Dollars or shares do not suffice; the figures come with it.</summary>
    Balance,

    /// <summary>A post-only order would take.</summary>
    PostOnlyCross,

    /// <summary>The order would trade with another order of the same account.</summary>
    SelfTrade,

    /// <summary>A FOK order could not be filled whole.</summary>
    FokMiss,

    /// <summary>A FAK order found nothing to match with.</summary>
    FakMiss,
}

/// <summary>
/// What an order was measured against: micro-dollars for a purchase, micro-shares for a sale. An order passes when
/// balance − active − matched ≥ order.
/// </summary>
/// <param name="Balance">Balance on the chain.</param>
/// <param name="Active">Kept aside for working orders on the same asset.</param>
/// <param name="Matched">Owed to matches that are not on the chain yet.</param>
/// <param name="Order">The order's amount, fees included.</param>
public sealed record BalanceFigures(long Balance, long Active, long Matched, long Order)
{
    /// <summary>True when the order is covered.</summary>
    public bool Suffices => Balance - Active - Matched >= Order;
}

/// <summary>A refusal in our words, with what a protocol needs to say it in its own.</summary>
/// <param name="Kind">The rule.</param>
/// <param name="Message">A sentence for people.</param>
/// <param name="Figures">What was compared; only with <see cref="RefusalKind.Balance"/>.</param>
public sealed record OrderRefusal(RefusalKind Kind, string Message, BalanceFigures? Figures = null);
