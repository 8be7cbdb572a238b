using Equilibrage.Core.Books;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;

namespace Equilibrage.Core.Simulation.Paper;

/// <summary>
/// Somebody else's live books, less what we took from them: shares taken at a level stay taken until the outside size
/// of that level changes. Both tokens of a market show the same liquidity, so a take counts on both.
/// </summary>
internal sealed class PaperBooks
{
    private readonly Dictionary<TokenId, Book> books = [];
    private readonly Dictionary<Place, Taken> takes = [];

    private readonly record struct Place(TokenId Token, BookSide Side, Price Price);

    private readonly record struct Taken(Quantity Outside, Quantity Ours);

    /// <summary>The book of a token, empty when nothing was heard of it.</summary>
    public Book Of(TokenId token)
    {
        if (!books.TryGetValue(token, out var book))
            books.Add(token, book = new(token));
        return book;
    }

    /// <summary>Takes an outside report in; answers what the desk is to hear of it.</summary>
    public FeedEvent Absorb(FeedEvent report)
    {
        switch (report)
        {
            case FeedEvent.Snapshot { Book: var outside } snapshot:
                var seen = new BookSnapshot(
                    outside.TokenId,
                    [.. outside.Bids.Select(level => Left(outside.TokenId, BookSide.Bid, level))],
                    [.. outside.Asks.Select(level => Left(outside.TokenId, BookSide.Ask, level))]);
                Of(outside.TokenId).Apply(seen, report.MarketTime, report.MarketTime);
                return snapshot with { Book = seen };
            case FeedEvent.Changed changed:
                var deltas = changed.Deltas.Select(Left).ToList();
                foreach (var delta in deltas)
                    Of(delta.TokenId).Apply(delta, report.MarketTime, report.MarketTime);
                return changed with { Deltas = deltas };
            case FeedEvent.Lost lost:
                Distrust(lost.Tokens, BookTrust.Untrusted);
                return report;
            case FeedEvent.Stale stale:
                Distrust(stale.Tokens, BookTrust.Stale);
                return report;
            default:
                return report;
        }
    }

    /// <summary>Takes shares from a level of a market; answers both tokens' new sizes.</summary>
    public IReadOnlyList<BookDelta> Take(Market market, TokenId token, BookSide side, Price price, Quantity shares)
    {
        var other = token == market.TokenYes ? market.TokenNo : market.TokenYes;
        var mirrored = side == BookSide.Ask ? BookSide.Bid : BookSide.Ask;
        return [Reduce(new(token, side, price), shares), Reduce(new(other, mirrored, price.Complement), shares)];
    }

    private BookDelta Reduce(Place place, Quantity shares)
    {
        var book = Of(place.Token);
        var size = (place.Side == BookSide.Bid ? book.Bids : book.Asks).SizeAt(place.Price);
        var part = Quantity.Min(size, shares);
        var before = takes.GetValueOrDefault(place);
        takes[place] = new(before.Outside.IsZero ? size : before.Outside, before.Ours + part);
        var delta = new BookDelta(place.Token, place.Side, place.Price, size - part);
        book.Apply(delta, book.MarketTime, book.ReceivedAt);
        return delta;
    }

    private Level Left(TokenId token, BookSide side, Level level) =>
        new(level.Price, Left(new BookDelta(token, side, level.Price, level.Quantity)).Quantity);

    private BookDelta Left(BookDelta outside)
    {
        var place = new Place(outside.TokenId, outside.Side, outside.Price);
        if (!takes.TryGetValue(place, out var taken))
            return outside;
        if (taken.Outside == outside.Quantity)
            return outside with { Quantity = outside.Quantity - taken.Ours };
        takes.Remove(place);
        return outside;
    }

    private void Distrust(IReadOnlyList<TokenId> tokens, BookTrust trust)
    {
        foreach (var token in tokens)
            Of(token).Distrust(trust);
    }
}
