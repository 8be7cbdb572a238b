using System.Text.Json.Serialization;
using Equilibrage.Core.Primitives;
using Equilibrage.Polymarket.Rest.Json;

namespace Equilibrage.Polymarket.Rest.Clob;

/// <summary>
/// A trade of ours as <c>/data/trades</c> shows it. Side, token and price on top are the taker's; what a maker did
/// stands in <see cref="MakerOrders"/>, and is never derived from the taker's side.
/// </summary>
public sealed record ClobTrade
{
    /// <summary>The trade's id.</summary>
    [JsonPropertyName("id")]
    public required string Id { get; init; }

    /// <summary>The order that arrived.</summary>
    [JsonPropertyName("taker_order_id")]
    public required string TakerOrderId { get; init; }

    /// <summary>Condition id.</summary>
    [JsonPropertyName("market")]
    public string Market { get; init; } = "";

    /// <summary>The taker's token.</summary>
    [JsonPropertyName("asset_id")]
    public string AssetId { get; init; } = "";

    /// <summary>The taker's side.</summary>
    [JsonPropertyName("side")]
    public Side Side { get; init; }

    /// <summary>Shares that the taker traded.</summary>
    [JsonPropertyName("size")]
    public Quantity Size { get; init; }

    /// <summary>A flag-like base value, often 0 or 1000: never the effective fee.</summary>
    [JsonPropertyName("fee_rate_bps")]
    public string? FeeRateBps { get; init; } = "0";

    /// <summary>Price on the taker's side; with several makers the exact prices stand with them.</summary>
    [JsonPropertyName("price")]
    public Price Price { get; init; }

    /// <summary>Where it stands.</summary>
    [JsonPropertyName("status")]
    public TradeStatus Status { get; init; }

    /// <summary>Market time of the match, to the second.</summary>
    [JsonPropertyName("match_time")]
    [JsonConverter(typeof(OptionalConverter<DateTimeOffset, SecondsText>))]
    public DateTimeOffset? MatchTime { get; init; }

    /// <summary>Market time of the match, exact.</summary>
    [JsonPropertyName("match_time_nano")]
    [JsonConverter(typeof(OptionalConverter<DateTimeOffset, NanosecondsText>))]
    public DateTimeOffset? MatchTimeNano { get; init; }

    /// <summary>When its status changed last.</summary>
    [JsonPropertyName("last_update")]
    [JsonConverter(typeof(OptionalConverter<DateTimeOffset, SecondsText>))]
    public DateTimeOffset? LastUpdate { get; init; }

    /// <summary>Name of the taker's outcome.</summary>
    [JsonPropertyName("outcome")]
    public string? Outcome { get; init; } = "";

    /// <summary>Piece of a match that needs several transactions.</summary>
    [JsonPropertyName("bucket_index")]
    [JsonConverter(typeof(OptionalConverter<int, IntNumber>))]
    public int? BucketIndex { get; init; } = 0;

    /// <summary>The API key of the account that asked.</summary>
    [JsonPropertyName("owner")]
    public string? Owner { get; init; } = "";

    /// <summary>The wallet of the account that asked.</summary>
    [JsonPropertyName("maker_address")]
    public string? MakerAddress { get; init; } = "";

    /// <summary>The settlement's transaction; present is not final.</summary>
    [JsonPropertyName("transaction_hash")]
    public string? TransactionHash { get; init; } = "";

    /// <summary>TAKER or MAKER: the part of the account that asked.</summary>
    [JsonPropertyName("trader_side")]
    public string? TraderSide { get; init; } = "";

    /// <summary>The resting orders that were matched.</summary>
    [JsonPropertyName("maker_orders")]
    public IReadOnlyList<MakerOrder>? MakerOrders { get; init; } = [];

    /// <summary>The match as exactly as it is known.</summary>
    [JsonIgnore]
    public DateTimeOffset? MatchedAt => MatchTimeNano ?? MatchTime;
}

/// <summary>The maker's part of a trade, with the maker's own token, side and price.</summary>
public sealed record MakerOrder
{
    /// <summary>The resting order.</summary>
    [JsonPropertyName("order_id")]
    public required string OrderId { get; init; }

    /// <summary>Its API key.</summary>
    [JsonPropertyName("owner")]
    public string? Owner { get; init; } = "";

    /// <summary>Its wallet.</summary>
    [JsonPropertyName("maker_address")]
    public string? MakerAddress { get; init; } = "";

    /// <summary>Shares matched of it.</summary>
    [JsonPropertyName("matched_amount")]
    public Quantity MatchedAmount { get; init; }

    /// <summary>Its price.</summary>
    [JsonPropertyName("price")]
    public Price Price { get; init; }

    /// <summary>A flag-like base value.</summary>
    [JsonPropertyName("fee_rate_bps")]
    public string? FeeRateBps { get; init; } = "0";

    /// <summary>Its token.</summary>
    [JsonPropertyName("asset_id")]
    public string AssetId { get; init; } = "";

    /// <summary>Name of its outcome.</summary>
    [JsonPropertyName("outcome")]
    public string? Outcome { get; init; } = "";

    /// <summary>Its side.</summary>
    [JsonPropertyName("side")]
    [JsonConverter(typeof(OptionalConverter<Side, SideText>))]
    public Side? Side { get; init; }

    /// <summary>Fee to a builder, in dollars.</summary>
    [JsonPropertyName("builder_fee")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? BuilderFee { get; init; }
}

/// <summary>A page of the ledger group; <see cref="LastCursor"/> says that there is no further one.</summary>
public sealed record CursorPage<T>
{
    /// <summary>Asks for the first page.</summary>
    public const string FirstCursor = "MA==";

    /// <summary>There is no further page.</summary>
    public const string LastCursor = "LTE=";

    /// <summary>Rows of a full page.</summary>
    [JsonPropertyName("limit")]
    public int Limit { get; init; } = 100;

    /// <summary>Rows of this page.</summary>
    [JsonPropertyName("count")]
    public int Count { get; init; }

    /// <summary>Asks for the next page.</summary>
    [JsonPropertyName("next_cursor")]
    public string? NextCursor { get; init; } = LastCursor;

    /// <summary>The rows.</summary>
    [JsonPropertyName("data")]
    public IReadOnlyList<T>? Data { get; init; } = [];

    /// <summary>True when the rows end here.</summary>
    [JsonIgnore]
    public bool IsLast => string.IsNullOrEmpty(NextCursor) || NextCursor == LastCursor;
}
