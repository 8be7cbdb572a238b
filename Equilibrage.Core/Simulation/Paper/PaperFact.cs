using System.Text.Json.Serialization;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.Simulation.Paper;

/// <summary>
/// What happened to a paper account. Facts are put on record before anybody hears of them, and folding them again gives
/// the account again.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "fact")]
[JsonDerivedType(typeof(Opened), "opened")]
[JsonDerivedType(typeof(Ordered), "ordered")]
[JsonDerivedType(typeof(Filled), "filled")]
[JsonDerivedType(typeof(Ended), "ended")]
[JsonDerivedType(typeof(Redeemed), "redeemed")]
[JsonDerivedType(typeof(Executed), "executed")]
public abstract record PaperFact
{
    /// <summary>The account began with so many dollars.</summary>
    public sealed record Opened(Usdc Deposit) : PaperFact;

    /// <summary>An order was taken, with what it matched at once and where it stood after that.</summary>
    public sealed record Ordered(
        PreparedOrder Order, OrderStatus Status, IReadOnlyList<Fill> Fills, string? Reason) : PaperFact;

    /// <summary>A resting order was executed.</summary>
    public sealed record Filled(Fill Fill, OrderStatus Status) : PaperFact;

    /// <summary>A resting order ended without (further) execution.</summary>
    public sealed record Ended(VenueOrderId VenueOrderId, OrderStatus Status, string Reason) : PaperFact;

    /// <summary>An operation was carried out.</summary>
    public sealed record Executed(ChainOperation Operation, ChainReceipt Receipt, DateTimeOffset At) : PaperFact;

    /// <summary>
    /// The shares of an ended market were burned for their payout; written by versions before <see cref="Executed"/>.
    /// </summary>
    public sealed record Redeemed(
        MarketId MarketId, Usdc Payout, IReadOnlyDictionary<TokenId, Quantity> Burned) : PaperFact;
}
