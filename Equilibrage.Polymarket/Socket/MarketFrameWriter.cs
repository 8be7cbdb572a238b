using System.Buffers;
using System.Text.Json;
using Equilibrage.Core.Books;

namespace Equilibrage.Polymarket.Socket;

/// <summary>
/// Writes market-channel frames in the exchange's own form: decimals and times as text, levels worst first, empty text
/// for a best price that is not there.
/// </summary>
public static class MarketFrameWriter
{
    /// <summary>Writes one event as one object.</summary>
    public static void Write(IBufferWriter<byte> output, MarketMessage message)
    {
        ArgumentNullException.ThrowIfNull(output);
        switch (message)
        {
            case MarketMessage.Book book: Write(output, book); break;
            case MarketMessage.PriceChange change: Write(output, change); break;
            case MarketMessage.Trade trade: Write(output, trade); break;
            case MarketMessage.TickSizeChange tick: Write(output, tick); break;
            case MarketMessage.BestBidAsk best: Write(output, best); break;
            case MarketMessage.NewMarket listed: Write(output, listed); break;
            case MarketMessage.MarketResolved resolved: Write(output, resolved); break;
            case MarketMessage.PracticeClock clock:
                output.Raw("{\"event_type\":\"practice_clock\",\"timestamp\":"u8).QuotedNumber(clock.TimestampMs)
                    .Raw("}"u8);
                break;
            default: throw new ArgumentException($"No frame carries {message}.", nameof(message));
        }
    }

    /// <summary>Writes several events as one array frame.</summary>
    public static void WriteArray(IBufferWriter<byte> output, IReadOnlyList<MarketMessage> messages)
    {
        ArgumentNullException.ThrowIfNull(messages);
        output.Raw("["u8);
        for (var index = 0; index < messages.Count; index++)
        {
            if (index > 0)
                output.Raw(","u8);
            Write(output, messages[index]);
        }

        output.Raw("]"u8);
    }

    /// <summary>
    /// Writes the body that the REST book has, which is also what <see cref="BookHash"/> is made of: no event type, and
    /// every field whether it is known or not.
    /// </summary>
    public static void WriteRestBook(IBufferWriter<byte> output, MarketMessage.Book book)
    {
        ArgumentNullException.ThrowIfNull(book);
        WriteRestBook(output, book, book.Hash);
    }

    internal static void WriteRestBook(IBufferWriter<byte> output, MarketMessage.Book book, string hash)
    {
        WriteLevels(output, book, hash);
        output.Raw(",\"min_order_size\":"u8).QuotedDecimal(book.MinimumOrderSize?.ToMicros)
            .Raw(",\"tick_size\":"u8).QuotedDecimal(book.TickSize?.ToMicros)
            .Raw(book.IsNegRisk == true ? ",\"neg_risk\":true"u8 : ",\"neg_risk\":false"u8)
            .Raw(",\"last_trade_price\":"u8).QuotedDecimal(book.LastTradePrice?.ToMicros).Raw("}"u8);
    }

    private static void Write(IBufferWriter<byte> output, MarketMessage.Book book)
    {
        WriteLevels(output, book, book.Hash);
        if (book.MinimumOrderSize is { } minimum)
            output.Raw(",\"min_order_size\":"u8).QuotedDecimal(minimum.ToMicros);
        if (book.TickSize is { } tick)
            output.Raw(",\"tick_size\":"u8).QuotedDecimal(tick.ToMicros);
        if (book.IsNegRisk is { } isNegRisk)
            output.Raw(isNegRisk ? ",\"neg_risk\":true"u8 : ",\"neg_risk\":false"u8);
        output.Raw(",\"last_trade_price\":"u8).QuotedDecimal(book.LastTradePrice?.ToMicros)
            .Raw(",\"event_type\":\"book\"}"u8);
    }

    private static void WriteLevels(IBufferWriter<byte> output, MarketMessage.Book book, string hash)
    {
        output.Raw("{\"market\":"u8).Quoted(book.Market.Value).Raw(",\"asset_id\":"u8).Quoted(book.Token.Value)
            .Raw(",\"timestamp\":"u8).QuotedNumber(book.TimestampMs).Raw(",\"hash\":"u8).Quoted(hash)
            .Raw(",\"bids\":["u8);
        WriteSide(output, book.Bids);
        output.Raw("],\"asks\":["u8);
        WriteSide(output, book.Asks);
        output.Raw("]"u8);
    }

    private static void WriteSide(IBufferWriter<byte> output, IReadOnlyList<Level> levels)
    {
        for (var index = levels.Count - 1; index >= 0; index--)
        {
            output.Raw("{\"price\":"u8).QuotedDecimal(levels[index].Price.ToMicros)
                .Raw(",\"size\":"u8).QuotedDecimal(levels[index].Quantity.ToMicros)
                .Raw(index > 0 ? "},"u8 : "}"u8);
        }
    }

    private static void Write(IBufferWriter<byte> output, MarketMessage.PriceChange change)
    {
        output.Raw("{\"market\":"u8).Quoted(change.Market.Value).Raw(",\"price_changes\":["u8);
        for (var index = 0; index < change.Changes.Count; index++)
        {
            var entry = change.Changes[index];
            output.Raw(index > 0 ? ",{\"asset_id\":"u8 : "{\"asset_id\":"u8).Quoted(entry.Token.Value)
                .Raw(",\"price\":"u8).QuotedDecimal(entry.Price.ToMicros)
                .Raw(",\"size\":"u8).QuotedDecimal(entry.Size.ToMicros)
                .Raw(",\"side\":"u8).Raw(Words.Of(entry.Side))
                .Raw(",\"hash\":"u8).Quoted(entry.Hash)
                .Raw(",\"best_bid\":"u8).QuotedDecimal(entry.BestBid?.ToMicros)
                .Raw(",\"best_ask\":"u8).QuotedDecimal(entry.BestAsk?.ToMicros).Raw("}"u8);
        }

        output.Raw("],\"timestamp\":"u8).QuotedNumber(change.TimestampMs)
            .Raw(",\"event_type\":\"price_change\"}"u8);
    }

    private static void Write(IBufferWriter<byte> output, MarketMessage.Trade trade) => output
        .Raw("{\"market\":"u8).Quoted(trade.Market.Value).Raw(",\"asset_id\":"u8).Quoted(trade.Token.Value)
        .Raw(",\"price\":"u8).QuotedDecimal(trade.Price.ToMicros)
        .Raw(",\"size\":"u8).QuotedDecimal(trade.Size.ToMicros)
        .Raw(",\"fee_rate_bps\":"u8).QuotedNumber(trade.FeeRateBps).Raw(",\"side\":"u8).Raw(Words.Of(trade.Side))
        .Raw(",\"timestamp\":"u8).QuotedNumber(trade.TimestampMs)
        .Raw(",\"event_type\":\"last_trade_price\",\"transaction_hash\":"u8).Quoted(trade.TransactionHash)
        .Raw("}"u8);

    private static void Write(IBufferWriter<byte> output, MarketMessage.TickSizeChange tick) => output
        .Raw("{\"event_type\":\"tick_size_change\",\"asset_id\":"u8).Quoted(tick.Token.Value)
        .Raw(",\"market\":"u8).Quoted(tick.Market.Value)
        .Raw(",\"old_tick_size\":"u8).QuotedDecimal(tick.OldTick.ToMicros)
        .Raw(",\"new_tick_size\":"u8).QuotedDecimal(tick.NewTick.ToMicros)
        .Raw(",\"timestamp\":"u8).QuotedNumber(tick.TimestampMs).Raw("}"u8);

    private static void Write(IBufferWriter<byte> output, MarketMessage.BestBidAsk best)
    {
        // A crossed book for a moment has no spread to speak of.
        long? spread = best is { BestBid: { } bid, BestAsk: { } ask } && ask >= bid
            ? ask.ToMicros - bid.ToMicros
            : null;
        output.Raw("{\"market\":"u8).Quoted(best.Market.Value).Raw(",\"asset_id\":"u8).Quoted(best.Token.Value)
            .Raw(",\"best_bid\":"u8).QuotedDecimal(best.BestBid?.ToMicros)
            .Raw(",\"best_ask\":"u8).QuotedDecimal(best.BestAsk?.ToMicros)
            .Raw(",\"spread\":"u8).QuotedDecimal(spread)
            .Raw(",\"timestamp\":"u8).QuotedNumber(best.TimestampMs).Raw(",\"event_type\":\"best_bid_ask\"}"u8);
    }

    private static void Write(IBufferWriter<byte> output, MarketMessage.NewMarket listed)
    {
        using var json = new Utf8JsonWriter(output, FrameText.Options);
        json.WriteStartObject();
        json.WriteString("id"u8, listed.Id);
        json.WriteString("question"u8, listed.Question);
        json.WriteString("market"u8, listed.Market.Value);
        json.WriteString("slug"u8, listed.Slug);
        json.WriteString("description"u8, listed.Description);
        json.WriteTexts("assets_ids"u8, listed.Tokens.Select(token => token.Value));
        json.WriteTexts("outcomes"u8, listed.Outcomes);
        if (listed.GroupId is { } group)
        {
            json.WriteStartObject("event_message"u8);
            json.WriteString("id"u8, group);
            json.WriteString("title"u8, listed.GroupTitle ?? "");
            json.WriteEndObject();
        }

        json.WriteString("timestamp"u8, Words.Of(listed.TimestampMs));
        json.WriteTexts("tags"u8, listed.Tags);
        json.WriteString("condition_id"u8, listed.Market.Value);
        json.WriteBoolean("active"u8, listed.IsActive);
        json.WriteTexts("clob_token_ids"u8, listed.Tokens.Select(token => token.Value));
        if (listed.TickSize is { } tick)
            json.WriteString("order_price_min_tick_size"u8, tick.ToString());
        json.WriteString("event_type"u8, "new_market"u8);
        json.WriteEndObject();
    }

    private static void Write(IBufferWriter<byte> output, MarketMessage.MarketResolved resolved)
    {
        using var json = new Utf8JsonWriter(output, FrameText.Options);
        json.WriteStartObject();
        json.WriteString("event_type"u8, "market_resolved"u8);
        json.WriteString("id"u8, resolved.Id);
        json.WriteString("market"u8, resolved.Market.Value);
        json.WriteTexts("assets_ids"u8, resolved.Tokens.Select(token => token.Value));
        json.WriteString("winning_asset_id"u8, resolved.Winner?.Value ?? "");
        json.WriteString("winning_outcome"u8, resolved.WinningOutcome);
        json.WriteString("timestamp"u8, Words.Of(resolved.TimestampMs));
        json.WriteTexts("tags"u8, resolved.Tags);
        json.WriteEndObject();
    }
}
