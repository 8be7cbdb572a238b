using System.Text.Json.Serialization;
using Equilibrage.Core.Books;
using Equilibrage.Core.Primitives;
using Equilibrage.Polymarket.Rest.Json;

namespace Equilibrage.Polymarket.Rest.Clob;

/// <summary>A token's book. The venue sends the best level last; no reader relies on it.</summary>
public sealed record BookReply
{
    /// <summary>Condition id.</summary>
    [JsonPropertyName("market")]
    public string Market { get; init; } = "";

    /// <summary>Token.</summary>
    [JsonPropertyName("asset_id")]
    public required string AssetId { get; init; }

    /// <summary>Market time of the last change, not of the request.</summary>
    [JsonPropertyName("timestamp")]
    [JsonConverter(typeof(OptionalConverter<DateTimeOffset, MillisecondsText>))]
    public DateTimeOffset? Timestamp { get; init; }

    /// <summary>SHA-1 of the book's text: for diagnosis only, since it covers fields that a reader may not have.
    /// </summary>
    [JsonPropertyName("hash")]
    public string? Hash { get; init; } = "";

    /// <summary>Wanted shares, ascending.</summary>
    [JsonPropertyName("bids")]
    public IReadOnlyList<BookLevel>? Bids { get; init; } = [];

    /// <summary>Offered shares, descending.</summary>
    [JsonPropertyName("asks")]
    public IReadOnlyList<BookLevel>? Asks { get; init; } = [];

    /// <summary>Smallest resting order in shares.</summary>
    [JsonPropertyName("min_order_size")]
    [JsonConverter(typeof(OptionalConverter<Quantity, QuantityText>))]
    public Quantity? MinOrderSize { get; init; }

    /// <summary>Price grid.</summary>
    [JsonPropertyName("tick_size")]
    [JsonConverter(typeof(OptionalConverter<TickSize, TickText>))]
    public TickSize? TickSize { get; init; }

    /// <summary>True for a market of a negative-risk group.</summary>
    [JsonPropertyName("neg_risk")]
    [JsonConverter(typeof(OptionalConverter<bool, BoolLiteral>))]
    public bool? IsNegRisk { get; init; }

    /// <summary>Price of the last trade.</summary>
    [JsonPropertyName("last_trade_price")]
    [JsonConverter(typeof(EmptyTextConverter<Price, PriceText>))]
    public Price? LastTradePrice { get; init; }

    /// <summary>The book as Core reads it; levels without shares are left out.</summary>
    public BookSnapshot ToSnapshot() => new(new(AssetId), Levels(Bids), Levels(Asks));

    private static List<Level> Levels(IReadOnlyList<BookLevel>? levels) =>
        [.. (levels ?? []).Where(level => !level.Size.IsZero).Select(level => new Level(level.Price, level.Size))];
}

/// <summary>One level of a book.</summary>
/// <param name="Price">Dollars per share.</param>
/// <param name="Size">Shares.</param>
public readonly record struct BookLevel(
    [property: JsonPropertyName("price")] Price Price, [property: JsonPropertyName("size")] Quantity Size);

/// <summary>Body element of the batch reads.</summary>
public sealed record TokenRequest
{
    /// <summary>Token.</summary>
    [JsonPropertyName("token_id")]
    public required string TokenId { get; init; }

    /// <summary>Side, for prices only.</summary>
    [JsonPropertyName("side")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Side? Side { get; init; }
}

/// <summary>Answer of <c>/price</c>.</summary>
/// <param name="Price">Best bid for BUY, best ask for SELL.</param>
public sealed record PriceReply([property: JsonPropertyName("price")] Price? Price);

/// <summary>Answer of <c>/midpoint</c>, whose field has two names.</summary>
public sealed record MidpointReply
{
    /// <summary>The middle, as the live exchange names it.</summary>
    [JsonPropertyName("mid")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Price? Mid { get; init; }

    /// <summary>The middle, as its description names it.</summary>
    [JsonPropertyName("mid_price")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Price? MidPrice { get; init; }

    /// <summary>Whichever is there.</summary>
    [JsonIgnore]
    public Price? Value => Mid ?? MidPrice;
}

/// <summary>Answer of <c>/spread</c>.</summary>
/// <param name="Spread">Best ask less best bid.</param>
public sealed record SpreadReply([property: JsonPropertyName("spread")] Price? Spread);

/// <summary>Answer of <c>/last-trade-price</c>; batches name the token as well.</summary>
public sealed record LastTradeReply
{
    /// <summary>Token, in batches.</summary>
    [JsonPropertyName("token_id")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? TokenId { get; init; }

    /// <summary>Price; a default such as 0.5 when the token was never traded.</summary>
    [JsonPropertyName("price")]
    public Price? Price { get; init; }

    /// <summary>The taker's side; null when the token was never traded.</summary>
    [JsonPropertyName("side")]
    [JsonConverter(typeof(EmptyTextConverter<Side, SideText>))]
    public Side? Side { get; init; }
}

/// <summary>Answer of <c>/tick-size</c>.</summary>
public sealed record TickSizeReply
{
    /// <summary>Price grid.</summary>
    [JsonPropertyName("minimum_tick_size")]
    [JsonConverter(typeof(WireConverter<TickSize, TickNumber>))]
    public TickSize TickSize { get; init; }
}

/// <summary>Answer of <c>/neg-risk</c>.</summary>
/// <param name="IsNegRisk">True for a market of a negative-risk group.</param>
public sealed record NegRiskReply([property: JsonPropertyName("neg_risk")] bool IsNegRisk);

/// <summary>Answer of <c>/fee-rate</c>.</summary>
/// <param name="BaseFee">A flag-like base value: fees are never computed from it.</param>
public sealed record FeeRateReply([property: JsonPropertyName("base_fee")] long? BaseFee);

/// <summary>Answer of <c>/version</c>.</summary>
/// <param name="Version">2 for the present exchange.</param>
public sealed record VersionReply([property: JsonPropertyName("version")] int Version);

/// <summary>Answer of <c>/prices-history</c>.</summary>
/// <param name="History">Points, oldest first.</param>
public sealed record PriceHistoryReply(
    [property: JsonPropertyName("history")] IReadOnlyList<PricePoint>? History);

/// <summary>A price at a moment.</summary>
public readonly record struct PricePoint
{
    /// <summary>When.</summary>
    [JsonPropertyName("t")]
    [JsonConverter(typeof(WireConverter<DateTimeOffset, SecondsNumber>))]
    public DateTimeOffset At { get; init; }

    /// <summary>The middle.</summary>
    [JsonPropertyName("p")]
    [JsonConverter(typeof(WireConverter<Price, PriceNumber>))]
    public Price Price { get; init; }
}

/// <summary>Body of <c>POST /batch-prices-history</c>, at most 20 tokens.</summary>
public sealed record BatchHistoryRequest
{
    /// <summary>Tokens.</summary>
    [JsonPropertyName("markets")]
    public required IReadOnlyList<string> Markets { get; init; }

    /// <summary>From, inclusive.</summary>
    [JsonPropertyName("start_ts")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonConverter(typeof(OptionalConverter<DateTimeOffset, SecondsNumber>))]
    public DateTimeOffset? Start { get; init; }

    /// <summary>To, inclusive.</summary>
    [JsonPropertyName("end_ts")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonConverter(typeof(OptionalConverter<DateTimeOffset, SecondsNumber>))]
    public DateTimeOffset? End { get; init; }

    /// <summary>max, all, 1m, 1w, 1d, 6h or 1h, instead of the two moments.</summary>
    [JsonPropertyName("interval")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Interval { get; init; }

    /// <summary>Minutes between points.</summary>
    [JsonPropertyName("fidelity")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonConverter(typeof(OptionalConverter<int, IntNumber>))]
    public int? FidelityMinutes { get; init; }
}

/// <summary>Answer of <c>POST /batch-prices-history</c>.</summary>
/// <param name="History">Points by token.</param>
public sealed record BatchHistoryReply(
    [property: JsonPropertyName("history")] IReadOnlyDictionary<string, IReadOnlyList<PricePoint>>? History);
