using System.Security.Cryptography;
using System.Text;

namespace Equilibrage.Polymarket.Orders;

/// <summary>
/// The hash of a book as the server sends it: SHA-1 of its compact JSON with an empty <c>hash</c>. The recipe has
/// changed before and needs the last trade's price, so a difference is a hint and never a verdict.
/// </summary>
public static class BookHash
{
    /// <summary>The hash, 40 lower-case hexadecimal digits.</summary>
    /// <param name="book">The book's texts.</param>
    /// <param name="keys">The order of the keys.</param>
    public static string Compute(HashedBook book, BookKeyOrder keys = BookKeyOrder.Server) =>
        ComputeSerialized(Serialize(book, keys));

    /// <summary>The hash of a book that has been serialised.</summary>
    public static string ComputeSerialized(string json)
    {
        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
        SHA1.HashData(Encoding.UTF8.GetBytes(json), hash);
        return Convert.ToHexStringLower(hash);
    }

    /// <summary>The text that is hashed. Texts go in as they are: ids and decimals need no escaping.</summary>
    /// <param name="book">The book's texts.</param>
    /// <param name="keys">The order of the keys.</param>
    public static string Serialize(HashedBook book, BookKeyOrder keys)
    {
        ArgumentNullException.ThrowIfNull(book);
        var json = new StringBuilder("{\"market\":\"").Append(book.Market).Append("\",\"asset_id\":\"")
            .Append(book.AssetId).Append("\",\"timestamp\":\"").Append(book.Timestamp).Append('"');
        if (keys == BookKeyOrder.Server)
            json.Append(",\"hash\":\"\"");
        AppendLevels(json.Append(",\"bids\":"), book.Bids);
        AppendLevels(json.Append(",\"asks\":"), book.Asks);
        json.Append(",\"min_order_size\":\"").Append(book.MinOrderSize).Append("\",\"tick_size\":\"")
            .Append(book.TickSize).Append("\",\"neg_risk\":").Append(book.IsNegRisk ? "true" : "false");
        if (book.LastTradePrice is not null)
            json.Append(",\"last_trade_price\":\"").Append(book.LastTradePrice).Append('"');
        if (keys == BookKeyOrder.Client)
            json.Append(",\"hash\":\"\"");
        return json.Append('}').ToString();
    }

    private static void AppendLevels(StringBuilder json, IReadOnlyList<(string Price, string Size)> levels)
    {
        json.Append('[');
        for (var index = 0; index < levels.Count; index++)
        {
            json.Append(index > 0 ? ",{\"price\":\"" : "{\"price\":\"").Append(levels[index].Price)
                .Append("\",\"size\":\"").Append(levels[index].Size).Append("\"}");
        }
        json.Append(']');
    }
}
