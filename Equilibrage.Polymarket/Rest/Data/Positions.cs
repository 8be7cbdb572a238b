using System.Text.Json.Serialization;
using Equilibrage.Core.Primitives;
using Equilibrage.Polymarket.Rest.Json;

namespace Equilibrage.Polymarket.Rest.Data;

/// <summary>
/// What a wallet holds, or held, of one token, by the Data API. It lags the chain by seconds to minutes.
/// </summary>
public sealed record DataPosition
{
    /// <summary>Wallet.</summary>
    [JsonPropertyName("proxy_wallet")]
    public string? ProxyWallet { get; init; }

    /// <summary>Token.</summary>
    [JsonPropertyName("token_id")]
    public string? TokenId { get; init; }

    /// <summary>Condition id.</summary>
    [JsonPropertyName("condition_id")]
    public string? ConditionId { get; init; }

    /// <summary>Shares held now.</summary>
    [JsonPropertyName("current_size")]
    [JsonConverter(typeof(OptionalConverter<Quantity, QuantityNumber>))]
    public Quantity? CurrentSize { get; init; }

    /// <summary>Average price paid, in dollars.</summary>
    [JsonPropertyName("avg_price")]
    public decimal? AveragePrice { get; init; }

    /// <summary>Dollars paid for the shares, fees aside.</summary>
    [JsonPropertyName("entry_cost_usdc")]
    [JsonConverter(typeof(OptionalConverter<Usdc, UsdcNumber>))]
    public Usdc? EntryCost { get; init; }

    /// <summary>Dollars of fees paid.</summary>
    [JsonPropertyName("entry_fees_usdc")]
    [JsonConverter(typeof(OptionalConverter<Usdc, UsdcNumber>))]
    public Usdc? EntryFees { get; init; }

    /// <summary>Cost and fees.</summary>
    [JsonPropertyName("total_cost_usdc")]
    [JsonConverter(typeof(OptionalConverter<Usdc, UsdcNumber>))]
    public Usdc? TotalCost { get; init; }

    /// <summary>Price now.</summary>
    [JsonPropertyName("current_price")]
    [JsonConverter(typeof(OptionalConverter<Price, PriceNumber>))]
    public Price? CurrentPrice { get; init; }

    /// <summary>Value now.</summary>
    [JsonPropertyName("current_value")]
    [JsonConverter(typeof(OptionalConverter<Usdc, UsdcNumber>))]
    public Usdc? CurrentValue { get; init; }

    /// <summary>Shares bought in all.</summary>
    [JsonPropertyName("total_size")]
    [JsonConverter(typeof(OptionalConverter<Quantity, QuantityNumber>))]
    public Quantity? TotalSize { get; init; }

    /// <summary>Realized profit.</summary>
    [JsonPropertyName("realized_pnl")]
    [JsonConverter(typeof(OptionalConverter<Usdc, UsdcNumber>))]
    public Usdc? RealizedPnl { get; init; }

    /// <summary>Unrealized profit.</summary>
    [JsonPropertyName("unrealized_pnl")]
    [JsonConverter(typeof(OptionalConverter<Usdc, UsdcNumber>))]
    public Usdc? UnrealizedPnl { get; init; }

    /// <summary>Both profits.</summary>
    [JsonPropertyName("total_pnl")]
    [JsonConverter(typeof(OptionalConverter<Usdc, UsdcNumber>))]
    public Usdc? TotalPnl { get; init; }

    /// <summary>Profit in percent.</summary>
    [JsonPropertyName("percent_pnl")]
    public decimal? PercentPnl { get; init; }

    /// <summary>Realized profit in percent.</summary>
    [JsonPropertyName("percent_realized_pnl")]
    public decimal? PercentRealizedPnl { get; init; }

    /// <summary>OPEN, REDEEMABLE, REDEEMABLE_LOST, MERGEABLE or CLOSED.</summary>
    [JsonPropertyName("status")]
    public string? Status { get; init; }

    /// <summary>Can be redeemed.</summary>
    [JsonPropertyName("redeemable")]
    public bool? IsRedeemable { get; init; }

    /// <summary>Can be merged with its opposite.</summary>
    [JsonPropertyName("mergeable")]
    public bool? IsMergeable { get; init; }

    /// <summary>Belongs to a negative-risk group.</summary>
    [JsonPropertyName("negative_risk")]
    public bool? IsNegRisk { get; init; }

    /// <summary>Put away.</summary>
    [JsonPropertyName("archived")]
    public bool? IsArchived { get; init; }

    /// <summary>The question.</summary>
    [JsonPropertyName("title")]
    public string? Title { get; init; }

    /// <summary>Address part of the market.</summary>
    [JsonPropertyName("slug")]
    public string? Slug { get; init; }

    /// <summary>Address of its picture.</summary>
    [JsonPropertyName("icon")]
    public string? Icon { get; init; }

    /// <summary>The event.</summary>
    [JsonPropertyName("event_id")]
    public string? EventId { get; init; }

    /// <summary>Address part of the event.</summary>
    [JsonPropertyName("event_slug")]
    public string? EventSlug { get; init; }

    /// <summary>Name of the outcome.</summary>
    [JsonPropertyName("outcome")]
    public string? Outcome { get; init; }

    /// <summary>0 or 1; 999 when unknown.</summary>
    [JsonPropertyName("outcome_index")]
    public int? OutcomeIndex { get; init; }

    /// <summary>Name of the other outcome.</summary>
    [JsonPropertyName("opposite_outcome")]
    public string? OppositeOutcome { get; init; }

    /// <summary>Token of the other outcome.</summary>
    [JsonPropertyName("opposite_token_id")]
    public string? OppositeTokenId { get; init; }

    /// <summary>Expected end.</summary>
    [JsonPropertyName("end_date")]
    [JsonConverter(typeof(OptionalConverter<DateTimeOffset, IsoText>))]
    public DateTimeOffset? EndDate { get; init; }

    /// <summary>Last change.</summary>
    [JsonPropertyName("last_event_at")]
    [JsonConverter(typeof(OptionalConverter<DateTimeOffset, SecondsNumber>))]
    public DateTimeOffset? LastEventAt { get; init; }

    /// <summary>Shown name of the trader.</summary>
    [JsonPropertyName("name")]
    public string? Name { get; init; }

    /// <summary>Picture of the trader.</summary>
    [JsonPropertyName("profile_image")]
    public string? ProfileImage { get; init; }

    /// <summary>A verified trader.</summary>
    [JsonPropertyName("verified")]
    public bool? IsVerified { get; init; }
}

/// <summary>A public trade of a wallet.</summary>
public sealed record DataTrade
{
    /// <summary>Wallet.</summary>
    [JsonPropertyName("proxy_wallet")]
    public string? ProxyWallet { get; init; }

    /// <summary>Buy or sell.</summary>
    [JsonPropertyName("side")]
    public Side? Side { get; init; }

    /// <summary>Token.</summary>
    [JsonPropertyName("token_id")]
    public string? TokenId { get; init; }

    /// <summary>Condition id.</summary>
    [JsonPropertyName("condition_id")]
    public string? ConditionId { get; init; }

    /// <summary>Shares.</summary>
    [JsonPropertyName("size")]
    [JsonConverter(typeof(OptionalConverter<Quantity, QuantityNumber>))]
    public Quantity? Size { get; init; }

    /// <summary>Price.</summary>
    [JsonPropertyName("price")]
    [JsonConverter(typeof(OptionalConverter<Price, PriceNumber>))]
    public Price? Price { get; init; }

    /// <summary>When, to the second.</summary>
    [JsonPropertyName("timestamp")]
    [JsonConverter(typeof(OptionalConverter<DateTimeOffset, SecondsNumber>))]
    public DateTimeOffset? Timestamp { get; init; }

    /// <summary>The question.</summary>
    [JsonPropertyName("title")]
    public string? Title { get; init; }

    /// <summary>Address part of the market.</summary>
    [JsonPropertyName("slug")]
    public string? Slug { get; init; }

    /// <summary>Address of its picture.</summary>
    [JsonPropertyName("icon")]
    public string? Icon { get; init; }

    /// <summary>Address part of the event.</summary>
    [JsonPropertyName("event_slug")]
    public string? EventSlug { get; init; }

    /// <summary>Name of the outcome.</summary>
    [JsonPropertyName("outcome")]
    public string? Outcome { get; init; }

    /// <summary>0 or 1; 999 when unknown.</summary>
    [JsonPropertyName("outcome_index")]
    public int? OutcomeIndex { get; init; }

    /// <summary>Shown name of the trader.</summary>
    [JsonPropertyName("name")]
    public string? Name { get; init; }

    /// <summary>Invented name of the trader.</summary>
    [JsonPropertyName("pseudonym")]
    public string? Pseudonym { get; init; }

    /// <summary>Transaction.</summary>
    [JsonPropertyName("transaction_hash")]
    public string? TransactionHash { get; init; }
}

/// <summary>Something that a wallet did.</summary>
public sealed record DataActivity
{
    /// <summary>TRADE, SPLIT, MERGE, REDEEM, REWARD, CONVERSION, DEPOSIT, ….</summary>
    [JsonPropertyName("type")]
    public string? Type { get; init; }

    /// <summary>Dollars.</summary>
    [JsonPropertyName("usdc_size")]
    [JsonConverter(typeof(OptionalConverter<Usdc, UsdcNumber>))]
    public Usdc? UsdcSize { get; init; }

    /// <summary>Part of a combination.</summary>
    [JsonPropertyName("is_combo")]
    public bool? IsCombo { get; init; }

    /// <summary>Wallet.</summary>
    [JsonPropertyName("proxy_wallet")]
    public string? ProxyWallet { get; init; }

    /// <summary>Buy or sell.</summary>
    [JsonPropertyName("side")]
    public Side? Side { get; init; }

    /// <summary>Token.</summary>
    [JsonPropertyName("token_id")]
    public string? TokenId { get; init; }

    /// <summary>Condition id.</summary>
    [JsonPropertyName("condition_id")]
    public string? ConditionId { get; init; }

    /// <summary>Shares.</summary>
    [JsonPropertyName("size")]
    [JsonConverter(typeof(OptionalConverter<Quantity, QuantityNumber>))]
    public Quantity? Size { get; init; }

    /// <summary>Price.</summary>
    [JsonPropertyName("price")]
    [JsonConverter(typeof(OptionalConverter<Price, PriceNumber>))]
    public Price? Price { get; init; }

    /// <summary>When, to the second.</summary>
    [JsonPropertyName("timestamp")]
    [JsonConverter(typeof(OptionalConverter<DateTimeOffset, SecondsNumber>))]
    public DateTimeOffset? Timestamp { get; init; }

    /// <summary>The question.</summary>
    [JsonPropertyName("title")]
    public string? Title { get; init; }

    /// <summary>Address part of the market.</summary>
    [JsonPropertyName("slug")]
    public string? Slug { get; init; }

    /// <summary>Address of its picture.</summary>
    [JsonPropertyName("icon")]
    public string? Icon { get; init; }

    /// <summary>Address part of the event.</summary>
    [JsonPropertyName("event_slug")]
    public string? EventSlug { get; init; }

    /// <summary>Name of the outcome.</summary>
    [JsonPropertyName("outcome")]
    public string? Outcome { get; init; }

    /// <summary>0 or 1; 999 when unknown.</summary>
    [JsonPropertyName("outcome_index")]
    public int? OutcomeIndex { get; init; }

    /// <summary>Shown name of the trader.</summary>
    [JsonPropertyName("name")]
    public string? Name { get; init; }

    /// <summary>Invented name of the trader.</summary>
    [JsonPropertyName("pseudonym")]
    public string? Pseudonym { get; init; }

    /// <summary>Transaction.</summary>
    [JsonPropertyName("transaction_hash")]
    public string? TransactionHash { get; init; }
}
