using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Equilibrage.Core.Books;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.Simulation;
using Equilibrage.Polymarket.Socket;
using Equilibrage.Sandbox.Server.Http;
using Equilibrage.Sandbox.Server.Markets;

namespace Equilibrage.Sandbox.Server.Channels;

/// <summary>The market channel's frames, encoded once for all who get them.</summary>
internal static class MarketFrames
{
    private const int LongestMarket = 80;

    /// <summary>A frame's bytes.</summary>
    public static ReadOnlyMemory<byte> Of(MarketMessage message)
    {
        using var buffer = new ByteBuffer(1024);
        MarketFrameWriter.Write(buffer, message);
        return buffer.ToArray();
    }

    /// <summary>A whole book, or its best levels alone.</summary>
    public static ReadOnlyMemory<byte> Book(TokenBook book, bool isTopOnly)
    {
        if (isTopOnly)
        {
            book = book with
            {
                Book = new(book.Book.TokenId, [.. book.Book.Bids.Take(1)], [.. book.Book.Asks.Take(1)]),
            };
        }

        return Of(book.ToMessage());
    }

    /// <summary>New sizes of levels of both tokens, each with the best prices of its token.</summary>
    public static ReadOnlyMemory<byte> Change(MarketEntry entry, VenueEvent.BookChanged change)
    {
        var entries = new List<PriceChangeEntry>(change.Deltas.Count);
        foreach (var delta in change.Deltas)
        {
            var outcome = delta.TokenId == entry.Market.TokenYes ? Outcome.Yes : Outcome.No;
            entries.Add(new(
                delta.TokenId, delta.Price, delta.Quantity, delta.Side == BookSide.Bid ? Side.Buy : Side.Sell,
                Hash(change, entries.Count), change.Best.Bid(outcome), change.Best.Ask(outcome)));
        }

        return Of(new MarketMessage.PriceChange(
            change.MarketTime.ToUnixTimeMilliseconds(), change.MarketId, entries));
    }

    /// <summary>A public print.</summary>
    public static ReadOnlyMemory<byte> Trade(VenueEvent.Traded trade) =>
        Of(new MarketMessage.Trade(trade.MarketTime.ToUnixTimeMilliseconds())
        {
            Market = trade.MarketId,
            Token = trade.TokenId,
            Price = trade.Price,
            Size = trade.Quantity,
            Side = trade.TakerSide,
            TransactionHash = trade.TradeId is { } id ? DerivedId.Hex("practice-transaction", id.Value) : "",
        });

    /// <summary>A listing.</summary>
    public static ReadOnlyMemory<byte> Listed(MarketEntry entry, DateTimeOffset at) =>
        Of(new MarketMessage.NewMarket(at.ToUnixTimeMilliseconds())
        {
            Id = entry.Id,
            Market = entry.Market.Id,
            Question = entry.Market.Question,
            Slug = entry.Market.Slug,
            Tokens = [entry.Market.TokenYes, entry.Market.TokenNo],
            Outcomes = [entry.Market.NameYes, entry.Market.NameNo],
            Tags = [entry.Market.Category],
            TickSize = entry.Market.TickSize,
            GroupId = entry.Event.Id,
            GroupTitle = entry.Event.Title,
        });

    /// <summary>A resolution.</summary>
    public static ReadOnlyMemory<byte> Resolved(MarketEntry entry, Resolution resolution, DateTimeOffset at) =>
        Of(new MarketMessage.MarketResolved(at.ToUnixTimeMilliseconds())
        {
            Id = entry.Id,
            Market = entry.Market.Id,
            Tokens = [entry.Market.TokenYes, entry.Market.TokenNo],
            Winner = resolution.Winner is { } winner ? entry.Market.Token(winner) : null,
            WinningOutcome = resolution.Winner is { } named ? entry.Market.Name(named) : "",
            Tags = [entry.Market.Category],
        });

    // On the venue it is the hash of the order that changed the level; here it names the change and never comes again.
    private static string Hash(VenueEvent.BookChanged change, int number)
    {
        Span<byte> named = stackalloc byte[(2 * sizeof(long)) + LongestMarket];
        BinaryPrimitives.WriteInt64LittleEndian(named, change.Version);
        BinaryPrimitives.WriteInt64LittleEndian(named[sizeof(long)..], number);
        var market = change.MarketId.Value.AsSpan(0, Math.Min(LongestMarket, change.MarketId.Value.Length));
        var length = (2 * sizeof(long)) + Encoding.ASCII.GetBytes(market, named[(2 * sizeof(long))..]);
        Span<byte> digest = stackalloc byte[SHA1.HashSizeInBytes];
        SHA1.HashData(named[..length], digest);
        return Convert.ToHexStringLower(digest);
    }
}
