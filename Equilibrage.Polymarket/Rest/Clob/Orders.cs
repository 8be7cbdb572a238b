using System.Text.Json.Serialization;
using Equilibrage.Core.Primitives;
using Equilibrage.Polymarket.Rest.Json;

namespace Equilibrage.Polymarket.Rest.Clob;

/// <summary>The answer to one placed order; <c>POST /orders</c> answers a list of them.</summary>
public sealed record OrderReply
{
    /// <summary>True does not mean accepted: see <see cref="IsAccepted"/>.</summary>
    [JsonPropertyName("success")]
    public bool IsSuccess { get; init; }

    /// <summary>The refusal; empty or null without one.</summary>
    [JsonPropertyName("errorMsg")]
    public string? ErrorMessage { get; init; } = "";

    /// <summary>The order's id; empty when there is no order.</summary>
    [JsonPropertyName("orderID")]
    public string? OrderId { get; init; } = "";

    /// <summary>What became of it.</summary>
    [JsonPropertyName("status")]
    [JsonConverter(typeof(EmptyTextConverter<PlacementStatus, PlacementText>))]
    public PlacementStatus? Status { get; init; }

    /// <summary>What was given at once: dollars of a purchase, shares of a sale; null if nothing matched.</summary>
    [JsonPropertyName("makingAmount")]
    [JsonConverter(typeof(EmptyTextConverter<decimal, DecimalText>))]
    public decimal? MakingAmount { get; init; }

    /// <summary>What was received at once: shares of a purchase, dollars of a sale; null if nothing matched.</summary>
    [JsonPropertyName("takingAmount")]
    [JsonConverter(typeof(EmptyTextConverter<decimal, DecimalText>))]
    public decimal? TakingAmount { get; init; }

    /// <summary>Trades to look up.</summary>
    [JsonPropertyName("tradeIDs")]
    public IReadOnlyList<string>? TradeIds { get; init; } = [];

    /// <summary>Always empty since transactions are committed later.</summary>
    [JsonPropertyName("transactionsHashes")]
    public IReadOnlyList<string>? TransactionHashes { get; init; } = [];

    /// <summary>True only when all four signs agree: success, no error, an id, and a status that is known.</summary>
    [JsonIgnore]
    public bool IsAccepted => IsSuccess && string.IsNullOrEmpty(ErrorMessage) && !string.IsNullOrEmpty(OrderId)
        && Status is not (null or PlacementStatus.Unrecognized);
}

/// <summary>An order of ours as <c>/data/orders</c> and <c>/data/order/{id}</c> show it. Sizes are shares.</summary>
public sealed record OpenOrder
{
    /// <summary>The order's id, its EIP-712 hash.</summary>
    [JsonPropertyName("id")]
    public required string Id { get; init; }

    /// <summary>Where it stands.</summary>
    [JsonPropertyName("status")]
    public OpenOrderStatus Status { get; init; }

    /// <summary>The API key that placed it.</summary>
    [JsonPropertyName("owner")]
    public string Owner { get; init; } = "";

    /// <summary>The wallet that pays.</summary>
    [JsonPropertyName("maker_address")]
    public string MakerAddress { get; init; } = "";

    /// <summary>Condition id.</summary>
    [JsonPropertyName("market")]
    public string Market { get; init; } = "";

    /// <summary>Token.</summary>
    [JsonPropertyName("asset_id")]
    public string AssetId { get; init; } = "";

    /// <summary>Buy or sell.</summary>
    [JsonPropertyName("side")]
    public Side Side { get; init; }

    /// <summary>Shares asked for.</summary>
    [JsonPropertyName("original_size")]
    public Quantity OriginalSize { get; init; }

    /// <summary>Shares matched so far.</summary>
    [JsonPropertyName("size_matched")]
    [JsonConverter(typeof(OptionalConverter<Quantity, QuantityText>))]
    public Quantity? SizeMatched { get; init; }

    /// <summary>Limit.</summary>
    [JsonPropertyName("price")]
    public Price Price { get; init; }

    /// <summary>Trades that it took part in; no longer sent from 2026-12-14 on.</summary>
    [JsonPropertyName("associate_trades")]
    public IReadOnlyList<string>? AssociateTrades { get; init; } = [];

    /// <summary>The outcome's name.</summary>
    [JsonPropertyName("outcome")]
    public string? Outcome { get; init; } = "";

    /// <summary>When it was placed.</summary>
    [JsonPropertyName("created_at")]
    [JsonConverter(typeof(OptionalConverter<DateTimeOffset, SecondsNumber>))]
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When it ends by itself; null for never.</summary>
    [JsonPropertyName("expiration")]
    [JsonConverter(typeof(ExpirationConverter))]
    public DateTimeOffset? Expiration { get; init; }

    /// <summary>GTC, GTD, FOK or FAK.</summary>
    [JsonPropertyName("order_type")]
    public string? OrderType { get; init; } = "";
}

/// <summary>The answer to every cancel.</summary>
public sealed record CancelReply
{
    /// <summary>Ids of orders that this call canceled.</summary>
    [JsonPropertyName("canceled")]
    public IReadOnlyList<string>? Canceled { get; init; } = [];

    /// <summary>Ids of orders that were not canceled, with the reason.</summary>
    [JsonPropertyName("not_canceled")]
    public IReadOnlyDictionary<string, string>? NotCanceled { get; init; } = new Dictionary<string, string>();
}

/// <summary>Body of <c>DELETE /order</c>.</summary>
/// <param name="OrderId">The order.</param>
public sealed record CancelRequest([property: JsonPropertyName("orderID")] string OrderId);

/// <summary>Body of <c>DELETE /cancel-market-orders</c>; what is null is left out.</summary>
public sealed record MarketCancelRequest
{
    /// <summary>Condition id.</summary>
    [JsonPropertyName("market")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Market { get; init; }

    /// <summary>Token.</summary>
    [JsonPropertyName("asset_id")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? AssetId { get; init; }
}

/// <summary>Answer of <c>/order-scoring</c>.</summary>
/// <param name="IsScoring">True while the order earns liquidity rewards.</param>
public sealed record ScoringReply([property: JsonPropertyName("scoring")] bool IsScoring);

/// <summary>Both directions of <c>/v1/heartbeats</c>: empty first, then the id of the answer before.</summary>
/// <param name="HeartbeatId">The id.</param>
public sealed record HeartbeatMessage([property: JsonPropertyName("heartbeat_id")] string HeartbeatId);

/// <summary>Answer of the older <c>/heartbeats</c>.</summary>
/// <param name="Status"><c>ok</c>.</param>
public sealed record StatusReply([property: JsonPropertyName("status")] string Status);

/// <summary>
/// Answer of <c>/data/order/{id}</c>: an order, or one of the ways to say that there is none (null, an empty object,
/// empty text).
/// </summary>
/// <param name="Order">The order; null for none.</param>
[JsonConverter(typeof(OpenOrderOrNothingConverter))]
public sealed record OpenOrderOrNothing(OpenOrder? Order);
