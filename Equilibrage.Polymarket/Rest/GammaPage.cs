using System.Text.Json;

namespace Equilibrage.Polymarket.Rest;

/// <summary>What is left of a page of markets once each of them was read.</summary>
/// <param name="NextCursor">Asks for the next page; null at the end.</param>
/// <param name="Count">Markets that were read.</param>
/// <param name="Unreadable">Entries that were no objects.</param>
public sealed record GammaPage(string? NextCursor, int Count, int Unreadable)
{
    /// <summary>
    /// Walks over a page, <c>{"markets":[…],"next_cursor":"…"}</c> or the older bare list, and reads each market.
    /// </summary>
    internal static bool TryRead(
        ReadOnlySpan<byte> utf8, GammaMarketParser parser, Action<GammaMarket> each, out GammaPage page)
    {
        ArgumentNullException.ThrowIfNull(parser);
        ArgumentNullException.ThrowIfNull(each);
        page = new(null, 0, 0);
        try
        {
            var reader = new Utf8JsonReader(utf8);
            if (!reader.Read())
                return false;
            if (reader.TokenType == JsonTokenType.StartArray)
                return TryReadList(ref reader, utf8, parser, each, ref page);
            if (reader.TokenType != JsonTokenType.StartObject)
                return false;
            var hasList = false;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isList = reader.ValueTextEquals("markets"u8);
                var isCursor = reader.ValueTextEquals("next_cursor"u8);
                reader.Read();
                if (isList && reader.TokenType == JsonTokenType.StartArray)
                    hasList = TryReadList(ref reader, utf8, parser, each, ref page);
                else if (isCursor && reader.TokenType == JsonTokenType.String)
                    page = page with { NextCursor = reader.GetString() is { Length: > 0 } text ? text : null };
                else
                    reader.Skip();
            }

            return hasList;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // The second kind: text that is no UTF-8.
            return false;
        }
    }

    private static bool TryReadList(
        ref Utf8JsonReader reader, ReadOnlySpan<byte> utf8, GammaMarketParser parser, Action<GammaMarket> each,
        ref GammaPage page)
    {
        var market = new GammaMarket();
        var (count, unreadable) = (0, 0);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var from = (int)reader.TokenStartIndex;
            reader.Skip();
            if (parser.TryParse(utf8[from..(int)reader.BytesConsumed], market))
            {
                count++;
                each(market);
            }
            else
            {
                unreadable++;
            }
        }

        page = page with { Count = page.Count + count, Unreadable = page.Unreadable + unreadable };
        return true;
    }
}
