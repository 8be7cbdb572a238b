using System.Buffers;
using System.Text.Json;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Polymarket.Socket;

/// <summary>Reads and writes the frames of the user channel.</summary>
public static class UserFrames
{
    private const string OrderPrefix = "ORDER_STATUS_";
    private const string TradePrefix = "TRADE_STATUS_";

    /// <summary>
    /// The events of a frame, one object or an array; null when the frame is malformed. Unknown event types are left
    /// out.
    /// </summary>
    public static IReadOnlyList<UserMessage>? Read(ReadOnlyMemory<byte> frame)
    {
        try
        {
            using var document = JsonDocument.Parse(frame);
            var root = document.RootElement;
            if (root.ValueKind == JsonValueKind.Object)
                return TryRead(root, out var single) ? single is null ? [] : [single] : null;
            return root.ValueKind == JsonValueKind.Array ? ReadAll(root) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Writes one event as one object.</summary>
    public static void Write(IBufferWriter<byte> output, UserMessage message)
    {
        using var json = new Utf8JsonWriter(output, FrameText.Options);
        switch (message)
        {
            case UserMessage.OrderChanged order: Write(json, order); break;
            case UserMessage.TradeChanged trade: Write(json, trade); break;
            default: throw new ArgumentException($"No frame carries {message}.", nameof(message));
        }
    }

    /// <summary>The exchange's word for a trade's state.</summary>
    public static string WordOf(TradeState state) => state switch
    {
        TradeState.MatchedNotBroadcasted => "MATCHED_NOT_BROADCASTED",
        TradeState.Matched => "MATCHED",
        TradeState.Mined => "MINED",
        TradeState.Confirmed => "CONFIRMED",
        TradeState.Retrying => "RETRYING",
        TradeState.Failed => "FAILED",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "This state has no word."),
    };

    /// <summary>A trade's state by the exchange's word, with or without <c>TRADE_STATUS_</c>.</summary>
    public static TradeState StateOf(string? word) => Bare(word, TradePrefix) switch
    {
        "MATCHED_NOT_BROADCASTED" => TradeState.MatchedNotBroadcasted,
        "MATCHED" => TradeState.Matched,
        "MINED" => TradeState.Mined,
        "CONFIRMED" => TradeState.Confirmed,
        "RETRYING" => TradeState.Retrying,
        "FAILED" => TradeState.Failed,
        _ => TradeState.Unknown,
    };

    /// <summary>
    /// True when an order's status text begins with <paramref name="word"/>, with or without <c>ORDER_STATUS_</c>: the
    /// exchange appends reasons to <c>CANCELED</c>.
    /// </summary>
    public static bool IsStatus(string? status, string word) =>
        Bare(status, OrderPrefix).StartsWith(word, StringComparison.OrdinalIgnoreCase);

    private static string Bare(string? word, string prefix)
    {
        var text = word ?? "";
        return text.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) ? text[prefix.Length..] : text;
    }

    private static List<UserMessage>? ReadAll(JsonElement list)
    {
        var messages = new List<UserMessage>(list.GetArrayLength());
        foreach (var item in list.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Object || !TryRead(item, out var message))
                return null;
            if (message is not null)
                messages.Add(message);
        }

        return messages;
    }

    private static bool TryRead(JsonElement json, out UserMessage? message)
    {
        message = null;
        switch (json.Text("event_type"))
        {
            case "order":
                message = ReadOrder(json);
                return message is not null;
            case "trade":
                message = ReadTrade(json);
                return message is not null;
            default:
                return true;
        }
    }

    private static UserMessage.OrderChanged? ReadOrder(JsonElement json)
    {
        OrderEventKind? kind = json.Text("type") switch
        {
            "PLACEMENT" => OrderEventKind.Placement,
            "UPDATE" => OrderEventKind.Update,
            "CANCELLATION" => OrderEventKind.Cancellation,
            _ => null,
        };
        if (kind is not { } known || json.Text("id") is not { Length: > 0 } id || json.Text("market") is not { } market
            || json.Text("asset_id") is not { } token || json.Side("side") is not { } side
            || json.Price("price") is not { } price)
            return null;
        return new(json.TimeMs("timestamp") ?? json.TimeMs("created_at") ?? 0)
        {
            Kind = known,
            Id = new(id),
            Owner = json.Text("owner") ?? json.Text("order_owner") ?? "",
            MakerAddress = json.Text("maker_address") ?? "",
            Market = new(market),
            Token = new(token),
            Side = side,
            Price = price,
            OriginalSize = json.Quantity("original_size"),
            SizeMatched = json.Quantity("size_matched"),
            Trades = [.. json.Texts("associate_trades").Select(trade => new TradeId(trade))],
            Outcome = json.Text("outcome") ?? "",
            CreatedAtMs = json.TimeMs("created_at") ?? 0,
            ExpirationSeconds = json.Number("expiration") ?? 0,
            OrderType = json.Text("order_type") ?? "",
            Status = json.Text("status") ?? "",
        };
    }

    private static UserMessage.TradeChanged? ReadTrade(JsonElement json)
    {
        if (json.Text("id") is not { Length: > 0 } id || json.Text("market") is not { } market
            || json.Text("asset_id") is not { } token || json.Side("side") is not { } side
            || json.Price("price") is not { } price || json.Quantity("size") is not { } size
            || ReadMakers(json) is not { } makers)
            return null;
        var matched = json.TimeMs("match_time") ?? json.TimeMs("matchtime");
        return new(json.TimeMs("timestamp") ?? json.TimeMs("last_update") ?? matched ?? 0)
        {
            Id = new(id),
            TakerOrderId = new(json.Text("taker_order_id") ?? ""),
            Market = new(market),
            Token = new(token),
            Side = side,
            Size = size,
            Price = price,
            State = StateOf(json.Text("status")),
            MatchTimeMs = matched ?? 0,
            LastUpdateMs = json.TimeMs("last_update") ?? 0,
            Outcome = json.Text("outcome") ?? "",
            Owner = json.Text("owner") ?? "",
            TradeOwner = json.Text("trade_owner") ?? "",
            MakerAddress = json.Text("maker_address") ?? "",
            TransactionHash = json.Text("transaction_hash") ?? "",
            BucketIndex = (int)Math.Clamp(json.Number("bucket_index") ?? 0, 0, int.MaxValue),
            FeeRateBps = json.Number("fee_rate_bps") ?? 0,
            IsTaker = json.Text("trader_side") switch { "TAKER" => true, "MAKER" => false, _ => null },
            Makers = makers,
        };
    }

    private static List<MakerFill>? ReadMakers(JsonElement json)
    {
        if (!json.TryGetProperty("maker_orders", out var list) || list.ValueKind == JsonValueKind.Null)
            return [];
        if (list.ValueKind != JsonValueKind.Array)
            return null;
        var makers = new List<MakerFill>(list.GetArrayLength());
        foreach (var item in list.EnumerateArray())
        {
            if (item.Text("order_id") is not { } order || item.Quantity("matched_amount") is not { } matched
                || item.Price("price") is not { } price)
                return null;
            makers.Add(new()
            {
                OrderId = new(order),
                Owner = item.Text("owner") ?? "",
                MakerAddress = item.Text("maker_address") ?? "",
                Matched = matched,
                Price = price,
                Token = item.Text("asset_id") is { Length: > 0 } token ? new TokenId(token) : null,
                Side = item.Side("side"),
                Outcome = item.Text("outcome") ?? "",
                FeeRateBps = item.Number("fee_rate_bps") ?? 0,
            });
        }

        return makers;
    }

    private static void Write(Utf8JsonWriter json, UserMessage.OrderChanged order)
    {
        json.WriteStartObject();
        json.WriteString("event_type"u8, "order"u8);
        json.WriteString("type"u8, order.Kind switch
        {
            OrderEventKind.Placement => "PLACEMENT",
            OrderEventKind.Update => "UPDATE",
            _ => "CANCELLATION",
        });
        json.WriteString("id"u8, order.Id.Value);
        json.WriteString("owner"u8, order.Owner);
        json.WriteString("order_owner"u8, order.Owner);
        json.WriteString("market"u8, order.Market.Value);
        json.WriteString("asset_id"u8, order.Token.Value);
        json.WriteString("side"u8, order.Side == Side.Buy ? "BUY"u8 : "SELL"u8);
        json.WriteString("original_size"u8, order.OriginalSize?.ToString() ?? "");
        json.WriteString("size_matched"u8, order.SizeMatched?.ToString() ?? "");
        json.WriteString("price"u8, order.Price.ToString());
        if (order.Trades.Count > 0)
            json.WriteTexts("associate_trades"u8, order.Trades.Select(trade => trade.Value));
        else
            json.WriteNull("associate_trades"u8);
        json.WriteString("outcome"u8, order.Outcome);
        json.WriteString("created_at"u8, Words.Of(order.CreatedAtMs));
        json.WriteString("expiration"u8, Words.Of(order.ExpirationSeconds));
        json.WriteString("order_type"u8, order.OrderType);
        json.WriteString("status"u8, order.Status);
        json.WriteString("maker_address"u8, order.MakerAddress);
        json.WriteString("timestamp"u8, Words.Of(order.TimestampMs));
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, UserMessage.TradeChanged trade)
    {
        json.WriteStartObject();
        json.WriteString("event_type"u8, "trade"u8);
        json.WriteString("type"u8, "TRADE"u8);
        json.WriteString("id"u8, trade.Id.Value);
        json.WriteString("taker_order_id"u8, trade.TakerOrderId.Value);
        json.WriteString("market"u8, trade.Market.Value);
        json.WriteString("asset_id"u8, trade.Token.Value);
        json.WriteString("side"u8, trade.Side == Side.Buy ? "BUY"u8 : "SELL"u8);
        json.WriteString("size"u8, trade.Size.ToString());
        json.WriteString("fee_rate_bps"u8, Words.Of(trade.FeeRateBps));
        json.WriteString("price"u8, trade.Price.ToString());
        json.WriteString("status"u8, WordOf(trade.State));
        json.WriteString("match_time"u8, Words.Of(trade.MatchTimeMs));
        json.WriteString("last_update"u8, Words.Of(trade.LastUpdateMs));
        json.WriteString("outcome"u8, trade.Outcome);
        json.WriteString("owner"u8, trade.Owner);
        json.WriteString("trade_owner"u8, trade.TradeOwner);
        json.WriteString("maker_address"u8, trade.MakerAddress);
        json.WriteString("transaction_hash"u8, trade.TransactionHash);
        json.WriteNumber("bucket_index"u8, trade.BucketIndex);
        json.WriteStartArray("maker_orders"u8);
        foreach (var maker in trade.Makers)
            Write(json, maker);
        json.WriteEndArray();
        if (trade.IsTaker is { } isTaker)
            json.WriteString("trader_side"u8, isTaker ? "TAKER"u8 : "MAKER"u8);
        json.WriteString("timestamp"u8, Words.Of(trade.TimestampMs));
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, MakerFill maker)
    {
        json.WriteStartObject();
        json.WriteString("order_id"u8, maker.OrderId.Value);
        json.WriteString("owner"u8, maker.Owner);
        json.WriteString("maker_address"u8, maker.MakerAddress);
        json.WriteString("matched_amount"u8, maker.Matched.ToString());
        json.WriteString("price"u8, maker.Price.ToString());
        json.WriteString("fee_rate_bps"u8, Words.Of(maker.FeeRateBps));
        if (maker.Token is { } token)
            json.WriteString("asset_id"u8, token.Value);
        json.WriteString("outcome"u8, maker.Outcome);
        if (maker.Side is { } side)
            json.WriteString("side"u8, side == Side.Buy ? "BUY"u8 : "SELL"u8);
        json.WriteEndObject();
    }
}
