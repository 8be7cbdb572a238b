using System.Text;
using System.Text.Json;

namespace Equilibrage.Polymarket.Rest;

/// <summary>
/// Reads Gamma markets, one JSON object at a time, touching only the properties that are used. Tolerant of everything
/// Gamma is known for: lists as JSON inside a string, numbers as text, nulls, missing and unknown properties. Keeps a
/// pool of strings that come again, so use one parser for many lines. Not for two threads at once.
/// </summary>
public sealed class GammaMarketParser
{
    private const int LongestList = 16 * 1024;

    private readonly Utf8StringPool pool = new();
    private readonly byte[] scratch = new byte[LongestList];

    /// <summary>Reads one object; null when the text is not one whole JSON object.</summary>
    public GammaMarket? Parse(ReadOnlySpan<byte> utf8)
    {
        var market = new GammaMarket();
        return TryParse(utf8, market) ? market : null;
    }

    /// <summary>
    /// Reads one object into <paramref name="market"/>, which forgets what it held; false, with contents of no meaning,
    /// when the text is not one whole JSON object.
    /// </summary>
    public bool TryParse(ReadOnlySpan<byte> utf8, GammaMarket market)
    {
        ArgumentNullException.ThrowIfNull(market);
        market.Clear();
        try
        {
            var reader = new Utf8JsonReader(utf8);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return false;
            ReadMarket(ref reader, utf8, market);
            return !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
        catch (InvalidOperationException)
        {
            // Text that is not valid UTF-8, or half of a surrogate pair.
            return false;
        }
    }

    private void ReadMarket(ref Utf8JsonReader reader, ReadOnlySpan<byte> line, GammaMarket market)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var field = GammaFields.Find(reader.ValueSpan);
            reader.Read();
            if (field != GammaField.Unread && reader.TokenType != JsonTokenType.Null)
                ReadField(ref reader, line, field, market);
            // An object or array that was left unread, or only opened, ends here.
            reader.Skip();
        }
    }

    private void ReadField(
        ref Utf8JsonReader reader, ReadOnlySpan<byte> line, GammaField field, GammaMarket market)
    {
        switch (field)
        {
            case GammaField.Question: market.Question = Text(ref reader); break;
            case GammaField.Slug: market.Slug = Text(ref reader); break;
            case GammaField.ConditionId: market.ConditionId = Text(ref reader); break;
            case GammaField.FeeType: market.FeeType = Pooled(ref reader); break;
            case GammaField.SportsMarketType: market.SportsMarketType = Pooled(ref reader); break;
            case GammaField.Category: market.Category = Pooled(ref reader); break;
            case GammaField.Outcomes: ReadOutcomes(ref reader, line, market); break;
            case GammaField.ClobTokenIds: ReadTokens(ref reader, line, market); break;
            case GammaField.OutcomePrices: ReadPrice(ref reader, line, market); break;
            case GammaField.Events: ReadFirstEvent(ref reader, market); break;
            case GammaField.Tags: ReadFirstTag(ref reader, market); break;
            case GammaField.FeeSchedule: ReadFees(ref reader, market); break;
            case GammaField.BestBid: market.BestBid = GammaNumber.Price(Scalar(ref reader)); break;
            case GammaField.BestAsk: market.BestAsk = GammaNumber.Price(Scalar(ref reader)); break;
            case GammaField.Liquidity: market.Liquidity = GammaNumber.Dollars(Scalar(ref reader)); break;
            case GammaField.Volume24h: market.Volume24h = GammaNumber.Dollars(Scalar(ref reader)); break;
            case GammaField.OrderMinSize: market.MinimumSizeMicros = GammaNumber.Micros(Scalar(ref reader)); break;
            case GammaField.OrderPriceMinTickSize: market.TickMicros = GammaNumber.Micros(Scalar(ref reader)); break;
            case GammaField.EndDate: market.EndDate = Time(ref reader); break;
            case GammaField.GameStartTime: market.GameStartTime = Time(ref reader); break;
            case GammaField.EventStartTime: market.EventStartTime = Time(ref reader); break;
            case GammaField.UpdatedAt: market.UpdatedAt = Time(ref reader); break;
            case GammaField.Active: market.Active = Flag(ref reader); break;
            case GammaField.Closed: market.Closed = Flag(ref reader); break;
            case GammaField.Archived: market.Archived = Flag(ref reader); break;
            case GammaField.EnableOrderBook: market.EnableOrderBook = Flag(ref reader); break;
            case GammaField.AcceptingOrders: market.AcceptingOrders = Flag(ref reader); break;
            case GammaField.NegRisk: market.NegRisk = Flag(ref reader); break;
            case GammaField.FeesEnabled: market.FeesEnabled = Flag(ref reader); break;
            default: break;
        }
    }

    private void ReadOutcomes(ref Utf8JsonReader reader, ReadOnlySpan<byte> line, GammaMarket market)
    {
        var list = new Utf8JsonReader(List(ref reader, line));
        market.OutcomeCount = 0;
        while (NextItem(ref list))
        {
            market.OutcomeCount++;
            if (market.OutcomeCount == 1)
                market.NameYes = Pooled(ref list);
            else if (market.OutcomeCount == 2)
                market.NameNo = Pooled(ref list);
        }
    }

    private void ReadTokens(ref Utf8JsonReader reader, ReadOnlySpan<byte> line, GammaMarket market)
    {
        var list = new Utf8JsonReader(List(ref reader, line));
        market.TokenCount = 0;
        while (NextItem(ref list))
        {
            market.TokenCount++;
            if (market.TokenCount == 1)
                market.TokenYes = Encoding.UTF8.GetString(Scalar(ref list));
            else if (market.TokenCount == 2)
                market.TokenNo = Encoding.UTF8.GetString(Scalar(ref list));
        }
    }

    private void ReadPrice(ref Utf8JsonReader reader, ReadOnlySpan<byte> line, GammaMarket market)
    {
        var list = new Utf8JsonReader(List(ref reader, line));
        market.PriceYes = NextItem(ref list) ? GammaNumber.Price(Scalar(ref list)) : null;
    }

    private void ReadFirstEvent(ref Utf8JsonReader reader, GammaMarket market)
    {
        if (!EnterFirstObject(ref reader))
            return;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.ValueSpan;
            reader.Read();
            if (name.SequenceEqual("id"u8))
                market.EventId = Pooled(ref reader);
            else if (name.SequenceEqual("title"u8))
                market.EventTitle = Pooled(ref reader);
            else if (name.SequenceEqual("slug"u8))
                market.EventSlug = Pooled(ref reader);
            reader.Skip();
        }

        LeaveList(ref reader);
    }

    private void ReadFirstTag(ref Utf8JsonReader reader, GammaMarket market)
    {
        if (!EnterFirstObject(ref reader))
            return;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isSlug = reader.ValueTextEquals("slug"u8);
            reader.Read();
            if (isSlug)
                market.Tag = Pooled(ref reader);
            reader.Skip();
        }

        LeaveList(ref reader);
    }

    private static void ReadFees(ref Utf8JsonReader reader, GammaMarket market)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            return;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var (isRate, isExponent) = (reader.ValueTextEquals("rate"u8), reader.ValueTextEquals("exponent"u8));
            reader.Read();
            if (isRate)
                market.FeeRateMicros = GammaNumber.Micros(Scalar(ref reader));
            else if (isExponent)
                market.FeeExponentMicros = GammaNumber.Micros(Scalar(ref reader));
            reader.Skip();
        }
    }

    // False leaves the reader where the caller's Skip ends the value.
    private static bool EnterFirstObject(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            return false;
        reader.Read();
        if (reader.TokenType == JsonTokenType.StartObject)
            return true;
        if (reader.TokenType != JsonTokenType.EndArray)
            LeaveList(ref reader);
        return false;
    }

    private static void LeaveList(ref Utf8JsonReader reader)
    {
        reader.Skip();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            reader.Skip();
    }

    /// <summary>
    /// The bytes of a list: a real one, or one written as JSON inside a string. Empty when it is neither.
    /// </summary>
    private ReadOnlySpan<byte> List(ref Utf8JsonReader reader, ReadOnlySpan<byte> line)
    {
        if (reader.TokenType == JsonTokenType.StartArray)
        {
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            return line[start..(int)reader.BytesConsumed];
        }

        if (reader.TokenType != JsonTokenType.String || reader.ValueSpan.Length > scratch.Length)
            return "[]"u8;
        var text = scratch.AsSpan(0, reader.CopyString(scratch));
        return IsList(text) ? text : "[]"u8;
    }

    private static bool IsList(ReadOnlySpan<byte> text)
    {
        try
        {
            var reader = new Utf8JsonReader(text);
            var isList = reader.Read() && reader.TokenType == JsonTokenType.StartArray;
            while (reader.Read())
                isList &= reader.CurrentDepth <= 1;
            return isList;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    // Moves into the list on the first call, then from item to item.
    private static bool NextItem(ref Utf8JsonReader list)
    {
        if (list.TokenType == JsonTokenType.None)
            list.Read();
        else
            list.Skip();
        return list.Read() && list.TokenType != JsonTokenType.EndArray;
    }

    private string? Pooled(ref Utf8JsonReader reader) => reader.TokenType != JsonTokenType.String
        ? reader.TokenType == JsonTokenType.Number ? pool.Get(reader.ValueSpan) : null
        : reader.ValueIsEscaped ? reader.GetString() : pool.Get(reader.ValueSpan);

    private static string? Text(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.String ? reader.GetString() : null;

    // Text of a number or of a string without escapes, which is all that numbers and dates are written with.
    private static ReadOnlySpan<byte> Scalar(ref Utf8JsonReader reader) =>
        reader.TokenType is JsonTokenType.Number or JsonTokenType.String && !reader.ValueIsEscaped
            ? reader.ValueSpan
            : [];

    private static DateTimeOffset? Time(ref Utf8JsonReader reader) =>
        GammaTime.TryParse(Scalar(ref reader), out var time) ? time : null;

    private static bool? Flag(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        JsonTokenType.String when reader.ValueTextEquals("true"u8) => true,
        JsonTokenType.String when reader.ValueTextEquals("false"u8) => false,
        _ => null,
    };
}
