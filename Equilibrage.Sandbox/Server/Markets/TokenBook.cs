using Equilibrage.Core.Books;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Primitives;
using Equilibrage.Polymarket.Socket;

namespace Equilibrage.Sandbox.Server.Markets;

/// <summary>A token's book as it is shown: best level first on both sides.</summary>
/// <param name="Entry">Its market.</param>
/// <param name="Outcome">Which outcome the token stands for.</param>
/// <param name="Book">The levels.</param>
/// <param name="Last">The market's last trade, or null.</param>
/// <param name="TimestampMs">Market time of the book, Unix milliseconds.</param>
internal sealed record TokenBook(
    MarketEntry Entry, Outcome Outcome, BookSnapshot Book, PublicPrint? Last, long TimestampMs)
{
    /// <summary>Best bid, or null.</summary>
    public Price? BestBid => Book.Bids.Count > 0 ? Book.Bids[0].Price : null;

    /// <summary>Best ask, or null.</summary>
    public Price? BestAsk => Book.Asks.Count > 0 ? Book.Asks[0].Price : null;

    /// <summary>Half way between them in micro-dollars, or null when a side is missing.</summary>
    public long? Middle => BestBid is { } bid && BestAsk is { } ask ? (bid.ToMicros + ask.ToMicros) / 2 : null;

    /// <summary>Price of the token's last trade, or null.</summary>
    public Price? LastPrice => Last?.PriceOf(Outcome);

    /// <summary>Taker's side of that trade in this token.</summary>
    public Side LastSide => Last is null || (Last.Side == Side.Buy) == (Last.Outcome == Outcome) ? Side.Buy : Side.Sell;

    /// <summary>The book in the protocol's words, with its fingerprint.</summary>
    public MarketMessage.Book ToMessage()
    {
        var message = new MarketMessage.Book(TimestampMs)
        {
            Market = Entry.Market.Id,
            Token = Book.TokenId,
            Bids = Book.Bids,
            Asks = Book.Asks,
            MinimumOrderSize = Entry.Market.MinimumOrderSize,
            TickSize = Entry.Market.TickSize,
            IsNegRisk = Entry.Market.IsNegRisk,
            LastTradePrice = LastPrice,
        };
        return message with { Hash = BookHash.Of(message) };
    }
}
