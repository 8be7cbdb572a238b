using Equilibrage.Core.Books;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.Simulation;

/// <summary>Best prices of both tokens of a market; null where a side is empty.</summary>
public readonly record struct BestPrices(Price? BidYes, Price? AskYes)
{
    /// <summary>Best bid of an outcome's own book.</summary>
    public Price? Bid(Outcome outcome) => outcome == Outcome.Yes ? BidYes : AskYes?.Complement;

    /// <summary>Best ask of an outcome's own book.</summary>
    public Price? Ask(Outcome outcome) => outcome == Outcome.Yes ? AskYes : BidYes?.Complement;
}

/// <summary>A token's book with the version that it stands at.</summary>
/// <param name="MarketId">Market.</param>
/// <param name="Book">All levels, best first.</param>
/// <param name="Version">Grows with each told change of the market's books; 0 before the first.</param>
/// <param name="MarketTime">Market time at which it is as shown.</param>
public sealed record BookView(MarketId MarketId, BookSnapshot Book, long Version, DateTimeOffset MarketTime);

/// <summary>
/// What happens at a simulated venue, in its order, for everyone to hear: a server passes on what each client may see.
/// Every event names its market time.
/// </summary>
public abstract record VenueEvent(DateTimeOffset MarketTime)
{
    /// <summary>A whole book, because it is wanted from now on or was asked for again.</summary>
    public sealed record BookSeeded(BookView View) : VenueEvent(View.MarketTime);

    /// <summary>New sizes of levels, both tokens together, with the best prices after them.</summary>
    /// <param name="MarketTime">When.</param>
    /// <param name="MarketId">Market.</param>
    /// <param name="Deltas">New total size per level; zero removes it.</param>
    /// <param name="Best">Best prices after the change.</param>
    /// <param name="Version">Version of the books after the change.</param>
    public sealed record BookChanged(
        DateTimeOffset MarketTime, MarketId MarketId, IReadOnlyList<BookDelta> Deltas, BestPrices Best, long Version)
        : VenueEvent(MarketTime);

    /// <summary>A public print, one per price that a taker met.</summary>
    /// <param name="MarketTime">When.</param>
    /// <param name="MarketId">Market.</param>
    /// <param name="TokenId">The taker's token.</param>
    /// <param name="TakerSide">The taker's direction.</param>
    /// <param name="Price">Price in the taker's token.</param>
    /// <param name="Quantity">Shares.</param>
    /// <param name="TradeId">The trade, when a user has part in it.</param>
    public sealed record Traded(
        DateTimeOffset MarketTime, MarketId MarketId, TokenId TokenId, Side TakerSide, Price Price, Quantity Quantity,
        TradeId? TradeId) : VenueEvent(MarketTime);

    /// <summary>A market's price grid became finer; the market comes as it is now. Resting orders stay valid.</summary>
    public sealed record TickChanged(DateTimeOffset MarketTime, Market Market, TickSize Before)
        : VenueEvent(MarketTime);

    /// <summary>A user's order arrived and was taken.</summary>
    public sealed record OrderPlaced(DateTimeOffset MarketTime, VenueOrderView Order) : VenueEvent(MarketTime);

    /// <summary>A user's order was matched, or left its delay.</summary>
    public sealed record OrderUpdated(DateTimeOffset MarketTime, VenueOrderView Order) : VenueEvent(MarketTime);

    /// <summary>A user's order ended with a part that was not matched.</summary>
    public sealed record OrderCanceled(DateTimeOffset MarketTime, VenueOrderView Order) : VenueEvent(MarketTime);

    /// <summary>A trade with a user's part in it was matched, or its settlement moved on.</summary>
    public sealed record TradeChanged(DateTimeOffset MarketTime, VenueTrade Trade) : VenueEvent(MarketTime);

    /// <summary>Markets were listed.</summary>
    public sealed record Listed(DateTimeOffset MarketTime, IReadOnlyList<Market> Markets) : VenueEvent(MarketTime);

    /// <summary>A market came to its end.</summary>
    public sealed record Resolved(DateTimeOffset MarketTime, Market Market, Resolution Resolution)
        : VenueEvent(MarketTime);

    /// <summary>A step of market time is over; the last event of every step.</summary>
    public sealed record Clock(DateTimeOffset MarketTime) : VenueEvent(MarketTime);

    /// <summary>
    /// Events were lost, or what they told was taken back: whoever follows reads anew what it needs.
    /// </summary>
    public sealed record Interrupted(DateTimeOffset MarketTime) : VenueEvent(MarketTime);
}
