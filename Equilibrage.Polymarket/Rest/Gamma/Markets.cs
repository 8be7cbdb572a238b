using System.Text.Json.Serialization;
using Equilibrage.Core.Primitives;
using Equilibrage.Polymarket.Rest.Json;

namespace Equilibrage.Polymarket.Rest.Gamma;

/// <summary>
/// A market as Gamma writes it, whole enough to be written as well as read. For reading many, the parser
/// <see cref="GammaMarketParser"/> is faster and refuses less.
/// </summary>
public sealed record GammaMarketRecord
{
    /// <summary>Gamma's number.</summary>
    [JsonPropertyName("id")]
    public string? Id { get; init; }

    /// <summary>Condition id.</summary>
    [JsonPropertyName("conditionId")]
    public string? ConditionId { get; init; }

    /// <summary>Question id.</summary>
    [JsonPropertyName("questionID")]
    public string? QuestionId { get; init; }

    /// <summary>Address part.</summary>
    [JsonPropertyName("slug")]
    public string? Slug { get; init; }

    /// <summary>The question.</summary>
    [JsonPropertyName("question")]
    public string? Question { get; init; }

    /// <summary>The rules of the question.</summary>
    [JsonPropertyName("description")]
    public string? Description { get; init; }

    /// <summary>The question's short form within its event.</summary>
    [JsonPropertyName("groupItemTitle")]
    public string? GroupItemTitle { get; init; }

    /// <summary>Protocol version; null for the present one.</summary>
    [JsonPropertyName("version")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Version { get; init; }

    /// <summary>Names of the outcomes.</summary>
    [JsonPropertyName("outcomes")]
    [JsonConverter(typeof(ListInText))]
    public IReadOnlyList<string>? Outcomes { get; init; }

    /// <summary>Displayed prices; after resolution the payouts.</summary>
    [JsonPropertyName("outcomePrices")]
    [JsonConverter(typeof(ListInText))]
    public IReadOnlyList<string>? OutcomePrices { get; init; }

    /// <summary>Tokens, in the order of the outcomes.</summary>
    [JsonPropertyName("clobTokenIds")]
    [JsonConverter(typeof(ListInText))]
    public IReadOnlyList<string>? ClobTokenIds { get; init; }

    /// <summary>Stations of the oracle.</summary>
    [JsonPropertyName("umaResolutionStatuses")]
    [JsonConverter(typeof(ListInText))]
    public IReadOnlyList<string>? UmaResolutionStatuses { get; init; }

    /// <summary>The oracle's present station.</summary>
    [JsonPropertyName("umaResolutionStatus")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? UmaResolutionStatus { get; init; }

    /// <summary>Dollars traded, as text.</summary>
    [JsonPropertyName("volume")]
    [JsonConverter(typeof(OptionalConverter<Usdc, UsdcText>))]
    public Usdc? Volume { get; init; }

    /// <summary>Dollars traded, as a number.</summary>
    [JsonPropertyName("volumeNum")]
    [JsonConverter(typeof(OptionalConverter<Usdc, UsdcNumber>))]
    public Usdc? VolumeNumber { get; init; }

    /// <summary>Dollars traded in 24 hours.</summary>
    [JsonPropertyName("volume24hr")]
    [JsonConverter(typeof(OptionalConverter<Usdc, UsdcNumber>))]
    public Usdc? Volume24h { get; init; }

    /// <summary>Dollars resting, as text.</summary>
    [JsonPropertyName("liquidity")]
    [JsonConverter(typeof(OptionalConverter<Usdc, UsdcText>))]
    public Usdc? Liquidity { get; init; }

    /// <summary>Dollars resting, as a number.</summary>
    [JsonPropertyName("liquidityNum")]
    [JsonConverter(typeof(OptionalConverter<Usdc, UsdcNumber>))]
    public Usdc? LiquidityNumber { get; init; }

    /// <summary>Price grid.</summary>
    [JsonPropertyName("orderPriceMinTickSize")]
    [JsonConverter(typeof(OptionalConverter<TickSize, TickNumber>))]
    public TickSize? TickSize { get; init; }

    /// <summary>Smallest resting order in shares.</summary>
    [JsonPropertyName("orderMinSize")]
    [JsonConverter(typeof(OptionalConverter<Quantity, QuantityNumber>))]
    public Quantity? MinimumSize { get; init; }

    /// <summary>Charges fees.</summary>
    [JsonPropertyName("feesEnabled")]
    public bool? FeesEnabled { get; init; }

    /// <summary>Kind of fees.</summary>
    [JsonPropertyName("feeType")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? FeeType { get; init; }

    /// <summary>The fee curve.</summary>
    [JsonPropertyName("feeSchedule")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public GammaFeeSchedule? FeeSchedule { get; init; }

    /// <summary>Best bid of the first outcome; lags.</summary>
    [JsonPropertyName("bestBid")]
    [JsonConverter(typeof(OptionalConverter<Price, PriceNumber>))]
    public Price? BestBid { get; init; }

    /// <summary>Best ask of the first outcome; lags.</summary>
    [JsonPropertyName("bestAsk")]
    [JsonConverter(typeof(OptionalConverter<Price, PriceNumber>))]
    public Price? BestAsk { get; init; }

    /// <summary>Price of the last trade; lags.</summary>
    [JsonPropertyName("lastTradePrice")]
    [JsonConverter(typeof(OptionalConverter<Price, PriceNumber>))]
    public Price? LastTradePrice { get; init; }

    /// <summary>Best ask less best bid; lags.</summary>
    [JsonPropertyName("spread")]
    [JsonConverter(typeof(OptionalConverter<Price, PriceNumber>))]
    public Price? Spread { get; init; }

    /// <summary>When it was listed.</summary>
    [JsonPropertyName("startDate")]
    [JsonConverter(typeof(OptionalConverter<DateTimeOffset, IsoText>))]
    public DateTimeOffset? StartDate { get; init; }

    /// <summary>Expected end.</summary>
    [JsonPropertyName("endDate")]
    [JsonConverter(typeof(OptionalConverter<DateTimeOffset, IsoText>))]
    public DateTimeOffset? EndDate { get; init; }

    /// <summary>When it was made.</summary>
    [JsonPropertyName("createdAt")]
    [JsonConverter(typeof(OptionalConverter<DateTimeOffset, IsoText>))]
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When it changed last.</summary>
    [JsonPropertyName("updatedAt")]
    [JsonConverter(typeof(OptionalConverter<DateTimeOffset, IsoText>))]
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>When it ended.</summary>
    [JsonPropertyName("closedTime")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonConverter(typeof(OptionalConverter<DateTimeOffset, IsoText>))]
    public DateTimeOffset? ClosedTime { get; init; }

    /// <summary>Start of the event or of the window.</summary>
    [JsonPropertyName("eventStartTime")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonConverter(typeof(OptionalConverter<DateTimeOffset, IsoText>))]
    public DateTimeOffset? EventStartTime { get; init; }

    /// <summary>Start of the game.</summary>
    [JsonPropertyName("gameStartTime")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonConverter(typeof(OptionalConverter<DateTimeOffset, IsoText>))]
    public DateTimeOffset? GameStartTime { get; init; }

    /// <summary>Listed.</summary>
    [JsonPropertyName("active")]
    public bool? IsActive { get; init; }

    /// <summary>Ended.</summary>
    [JsonPropertyName("closed")]
    public bool? IsClosed { get; init; }

    /// <summary>Put away.</summary>
    [JsonPropertyName("archived")]
    public bool? IsArchived { get; init; }

    /// <summary>Takes orders; may stay true for a while after the end.</summary>
    [JsonPropertyName("acceptingOrders")]
    public bool? IsAcceptingOrders { get; init; }

    /// <summary>Has an order book.</summary>
    [JsonPropertyName("enableOrderBook")]
    public bool? IsOrderBookEnabled { get; init; }

    /// <summary>Belongs to a negative-risk group.</summary>
    [JsonPropertyName("negRisk")]
    public bool? IsNegRisk { get; init; }

    /// <summary>Id of the negative-risk group.</summary>
    [JsonPropertyName("negRiskMarketID")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? NegRiskMarketId { get; init; }

    /// <summary>Kind of sports market.</summary>
    [JsonPropertyName("sportsMarketType")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? SportsMarketType { get; init; }

    /// <summary>The game's number.</summary>
    [JsonPropertyName("gameId")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? GameId { get; init; }

    /// <summary>Seconds for which a marketable order is held.</summary>
    [JsonPropertyName("secondsDelay")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? SecondsDelay { get; init; }

    /// <summary>Category in the venue's words; recent markets have none.</summary>
    [JsonPropertyName("category")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Category { get; init; }

    /// <summary>Its events.</summary>
    [JsonPropertyName("events")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<GammaEventRecord>? Events { get; init; }

    /// <summary>Its tags, where they are asked for.</summary>
    [JsonPropertyName("tags")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<GammaTag>? Tags { get; init; }

    /// <summary>Listed, not ended, with a book that takes orders.</summary>
    [JsonIgnore]
    public bool IsTradable => IsActive == true && IsClosed != true && IsAcceptingOrders == true
        && IsOrderBookEnabled == true;
}

/// <summary>The fee curve as Gamma names it.</summary>
public sealed record GammaFeeSchedule
{
    /// <summary>Exponent of p × (1 − p).</summary>
    [JsonPropertyName("exponent")]
    public decimal? Exponent { get; init; }

    /// <summary>Rate, such as 0.05.</summary>
    [JsonPropertyName("rate")]
    public decimal? Rate { get; init; }

    /// <summary>True when makers pay nothing.</summary>
    [JsonPropertyName("takerOnly")]
    public bool? IsTakerOnly { get; init; }

    /// <summary>Part of the fees that goes to makers.</summary>
    [JsonPropertyName("rebateRate")]
    public decimal? RebateRate { get; init; }
}

/// <summary>A page by cursor.</summary>
public sealed record GammaMarketsPage
{
    /// <summary>The markets.</summary>
    [JsonPropertyName("markets")]
    public IReadOnlyList<GammaMarketRecord>? Markets { get; init; } = [];

    /// <summary>Goes into <c>after_cursor</c>; absent at the end.</summary>
    [JsonPropertyName("next_cursor")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? NextCursor { get; init; }
}
