using System.Text.Json.Serialization;
using Equilibrage.Core.Primitives;
using Equilibrage.Polymarket.Rest.Json;

namespace Equilibrage.Polymarket.Rest.Clob;

/// <summary>
/// A market in the exchange's compact form, <c>/clob-markets/{conditionId}</c>: the first source of its fees.
/// </summary>
public sealed record ClobMarketInfo
{
    /// <summary>Condition id.</summary>
    [JsonPropertyName("c")]
    public string? ConditionId { get; init; }

    /// <summary>Protocol version, <c>v1</c> or <c>v2</c>.</summary>
    [JsonPropertyName("v")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Version { get; init; }

    /// <summary>Both tokens, in the order of the outcomes.</summary>
    [JsonPropertyName("t")]
    public IReadOnlyList<ClobMarketToken>? Tokens { get; init; } = [];

    /// <summary>Smallest resting order in shares.</summary>
    [JsonPropertyName("mos")]
    [JsonConverter(typeof(OptionalConverter<Quantity, QuantityNumber>))]
    public Quantity? MinOrderSize { get; init; }

    /// <summary>Price grid.</summary>
    [JsonPropertyName("mts")]
    [JsonConverter(typeof(OptionalConverter<TickSize, TickNumber>))]
    public TickSize? TickSize { get; init; }

    /// <summary>True for a market of a negative-risk group.</summary>
    [JsonPropertyName("nr")]
    [JsonConverter(typeof(OptionalConverter<bool, BoolLiteral>))]
    public bool? IsNegRisk { get; init; }

    /// <summary>A flag-like base value.</summary>
    [JsonPropertyName("mbf")]
    public long? MakerBaseFee { get; init; }

    /// <summary>A flag-like base value.</summary>
    [JsonPropertyName("tbf")]
    public long? TakerBaseFee { get; init; }

    /// <summary>The fee curve; absent when nothing is said of fees.</summary>
    [JsonPropertyName("fd")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ClobFees? Fees { get; init; }

    /// <summary>Liquidity rewards.</summary>
    [JsonPropertyName("r")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ClobRewards? Rewards { get; init; }

    /// <summary>Accepts orders.</summary>
    [JsonPropertyName("ao")]
    public bool? IsAcceptingOrders { get; init; }

    /// <summary>Since when it accepts orders.</summary>
    [JsonPropertyName("aot")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonConverter(typeof(OptionalConverter<DateTimeOffset, IsoText>))]
    public DateTimeOffset? AcceptingSince { get; init; }

    /// <summary>Seconds for which a marketable order is held.</summary>
    [JsonPropertyName("sd")]
    public int? SecondsDelay { get; init; }

    /// <summary>Start of the game.</summary>
    [JsonPropertyName("gst")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonConverter(typeof(OptionalConverter<DateTimeOffset, IsoText>))]
    public DateTimeOffset? GameStart { get; init; }

    /// <summary>The book is cleared when the game starts.</summary>
    [JsonPropertyName("cbos")]
    public bool? ClearsBookOnStart { get; init; }

    /// <summary>Quotes can be requested.</summary>
    [JsonPropertyName("rfqe")]
    public bool? IsRfqEnabled { get; init; }

    /// <summary>Takers are held for a moment.</summary>
    [JsonPropertyName("itode")]
    public bool? IsTakerHeld { get; init; }
}

/// <summary>One outcome of the compact form.</summary>
/// <param name="TokenId">Token.</param>
/// <param name="Outcome">Name.</param>
public sealed record ClobMarketToken(
    [property: JsonPropertyName("t")] string? TokenId, [property: JsonPropertyName("o")] string? Outcome);

/// <summary>The fee curve: shares × rate × (p × (1 − p))^exponent.</summary>
/// <param name="Rate">Rate, such as 0.07.</param>
/// <param name="Exponent">Exponent, 1 for every category today.</param>
/// <param name="IsTakerOnly">True when makers pay nothing.</param>
public sealed record ClobFees(
    [property: JsonPropertyName("r")] decimal? Rate,
    [property: JsonPropertyName("e")] decimal? Exponent,
    [property: JsonPropertyName("to")] bool? IsTakerOnly);

/// <summary>Liquidity rewards of the compact form.</summary>
/// <param name="MinSize">Shares that an order needs to earn.</param>
/// <param name="MaxSpread">Greatest distance from the middle, in cents.</param>
public sealed record ClobRewards(
    [property: JsonPropertyName("mi")] decimal? MinSize, [property: JsonPropertyName("ma")] decimal? MaxSpread);

/// <summary>Answer of <c>/markets-by-token/{token}</c>.</summary>
public sealed record MarketByTokenReply
{
    /// <summary>Condition id.</summary>
    [JsonPropertyName("condition_id")]
    public required string ConditionId { get; init; }

    /// <summary>Token of the first outcome.</summary>
    [JsonPropertyName("primary_token_id")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? PrimaryTokenId { get; init; }

    /// <summary>Token of the second outcome.</summary>
    [JsonPropertyName("secondary_token_id")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? SecondaryTokenId { get; init; }
}

/// <summary>A market in the exchange's older, long form, which alone names the winner.</summary>
public sealed record ClobMarket
{
    /// <summary>Condition id.</summary>
    [JsonPropertyName("condition_id")]
    public required string ConditionId { get; init; }

    /// <summary>Question id.</summary>
    [JsonPropertyName("question_id")]
    public string? QuestionId { get; init; }

    /// <summary>The question.</summary>
    [JsonPropertyName("question")]
    public string? Question { get; init; }

    /// <summary>Address part.</summary>
    [JsonPropertyName("market_slug")]
    public string? MarketSlug { get; init; }

    /// <summary>Has an order book.</summary>
    [JsonPropertyName("enable_order_book")]
    public bool? IsOrderBookEnabled { get; init; }

    /// <summary>Listed.</summary>
    [JsonPropertyName("active")]
    public bool? IsActive { get; init; }

    /// <summary>Ended.</summary>
    [JsonPropertyName("closed")]
    public bool? IsClosed { get; init; }

    /// <summary>Put away.</summary>
    [JsonPropertyName("archived")]
    public bool? IsArchived { get; init; }

    /// <summary>Takes orders.</summary>
    [JsonPropertyName("accepting_orders")]
    public bool? IsAcceptingOrders { get; init; }

    /// <summary>Smallest resting order in shares.</summary>
    [JsonPropertyName("minimum_order_size")]
    [JsonConverter(typeof(OptionalConverter<Quantity, QuantityNumber>))]
    public Quantity? MinimumOrderSize { get; init; }

    /// <summary>Price grid.</summary>
    [JsonPropertyName("minimum_tick_size")]
    [JsonConverter(typeof(OptionalConverter<TickSize, TickNumber>))]
    public TickSize? MinimumTickSize { get; init; }

    /// <summary>Expected end.</summary>
    [JsonPropertyName("end_date_iso")]
    [JsonConverter(typeof(OptionalConverter<DateTimeOffset, IsoText>))]
    public DateTimeOffset? EndDate { get; init; }

    /// <summary>Start of the game.</summary>
    [JsonPropertyName("game_start_time")]
    [JsonConverter(typeof(OptionalConverter<DateTimeOffset, IsoText>))]
    public DateTimeOffset? GameStart { get; init; }

    /// <summary>Seconds for which a marketable order is held.</summary>
    [JsonPropertyName("seconds_delay")]
    public int? SecondsDelay { get; init; }

    /// <summary>True for a market of a negative-risk group.</summary>
    [JsonPropertyName("neg_risk")]
    public bool? IsNegRisk { get; init; }

    /// <summary>Both outcomes pay one half.</summary>
    [JsonPropertyName("is_50_50_outcome")]
    public bool? IsHalfAndHalf { get; init; }

    /// <summary>Both tokens.</summary>
    [JsonPropertyName("tokens")]
    public IReadOnlyList<ClobToken>? Tokens { get; init; } = [];
}

/// <summary>One outcome of the long form.</summary>
public sealed record ClobToken
{
    /// <summary>Token.</summary>
    [JsonPropertyName("token_id")]
    public string? TokenId { get; init; }

    /// <summary>Name.</summary>
    [JsonPropertyName("outcome")]
    public string? Outcome { get; init; }

    /// <summary>Displayed price.</summary>
    [JsonPropertyName("price")]
    [JsonConverter(typeof(OptionalConverter<Price, PriceNumber>))]
    public Price? Price { get; init; }

    /// <summary>True for the outcome that won.</summary>
    [JsonPropertyName("winner")]
    public bool? IsWinner { get; init; }
}
