using System.Text.Json.Serialization;
using Equilibrage.Core.Primitives;
using Equilibrage.Polymarket.Rest.Json;

namespace Equilibrage.Polymarket.Rest.Data;

/// <summary>What the open positions of a wallet are worth.</summary>
public sealed record DataValue
{
    /// <summary>Wallet.</summary>
    [JsonPropertyName("user")]
    public string? User { get; init; }

    /// <summary>Dollars.</summary>
    [JsonPropertyName("value")]
    [JsonConverter(typeof(OptionalConverter<Usdc, UsdcNumber>))]
    public Usdc? Value { get; init; }
}

/// <summary>A wallet among the holders of a token.</summary>
public sealed record DataHolder
{
    /// <summary>Wallet.</summary>
    [JsonPropertyName("proxy_wallet")]
    public string? ProxyWallet { get; init; }

    /// <summary>Shares.</summary>
    [JsonPropertyName("amount")]
    [JsonConverter(typeof(OptionalConverter<Quantity, QuantityNumber>))]
    public Quantity? Amount { get; init; }

    /// <summary>0 or 1; 999 when unknown.</summary>
    [JsonPropertyName("outcome_index")]
    public int? OutcomeIndex { get; init; }

    /// <summary>Shown name.</summary>
    [JsonPropertyName("name")]
    public string? Name { get; init; }

    /// <summary>Invented name.</summary>
    [JsonPropertyName("pseudonym")]
    public string? Pseudonym { get; init; }

    /// <summary>Realized profit, where it is asked for.</summary>
    [JsonPropertyName("realized_pnl")]
    [JsonConverter(typeof(OptionalConverter<Usdc, UsdcNumber>))]
    public Usdc? RealizedPnl { get; init; }

    /// <summary>Unrealized profit, where it is asked for.</summary>
    [JsonPropertyName("unrealized_pnl")]
    [JsonConverter(typeof(OptionalConverter<Usdc, UsdcNumber>))]
    public Usdc? UnrealizedPnl { get; init; }
}

/// <summary>The holders of one token.</summary>
public sealed record DataHolders
{
    /// <summary>Token.</summary>
    [JsonPropertyName("token_id")]
    public string? TokenId { get; init; }

    /// <summary>The wallets, largest first.</summary>
    [JsonPropertyName("holders")]
    public IReadOnlyList<DataHolder>? Holders { get; init; } = [];
}

/// <summary>How a question stands with its oracle.</summary>
public sealed record DataResolution
{
    /// <summary>Question id.</summary>
    [JsonPropertyName("question_id")]
    public string? QuestionId { get; init; }

    /// <summary>Condition id.</summary>
    [JsonPropertyName("condition_id")]
    public string? ConditionId { get; init; }

    /// <summary>The event.</summary>
    [JsonPropertyName("event_id")]
    public string? EventId { get; init; }

    /// <summary>
    /// initialized, posed, proposed, challenged, reproposed, disputed, active, arbitration or resolved.
    /// </summary>
    [JsonPropertyName("status")]
    public string? Status { get; init; }

    /// <summary>Millionths per outcome, such as 1000000 and 0.</summary>
    [JsonPropertyName("payouts")]
    public IReadOnlyList<long>? Payouts { get; init; }

    /// <summary>UMA_OO, CHAINLINK or EOA.</summary>
    [JsonPropertyName("reporter")]
    public string? Reporter { get; init; }

    /// <summary>Was ever disputed.</summary>
    [JsonPropertyName("was_disputed")]
    public bool? WasDisputed { get; init; }

    /// <summary>When it is expected to settle.</summary>
    [JsonPropertyName("expected_settlement_time")]
    [JsonConverter(typeof(OptionalConverter<DateTimeOffset, SecondsNumber>))]
    public DateTimeOffset? ExpectedSettlementTime { get; init; }

    /// <summary>When it was resolved.</summary>
    [JsonPropertyName("resolved_at")]
    [JsonConverter(typeof(OptionalConverter<DateTimeOffset, SecondsNumber>))]
    public DateTimeOffset? ResolvedAt { get; init; }
}

/// <summary>One allowance of a wallet on the chain.</summary>
public sealed record DataApproval
{
    /// <summary>Contract that grants it.</summary>
    [JsonPropertyName("token")]
    public string? Token { get; init; }

    /// <summary>Contract that may take.</summary>
    [JsonPropertyName("spender")]
    public string? Spender { get; init; }

    /// <summary>ERC20 or ERC1155.</summary>
    [JsonPropertyName("kind")]
    public string? Kind { get; init; }

    /// <summary>Millionths, up to 2^256 - 1.</summary>
    [JsonPropertyName("amount")]
    public string? Amount { get; init; }

    /// <summary>Granted.</summary>
    [JsonPropertyName("approved")]
    public bool? IsApproved { get; init; }
}

/// <summary>A row of the leaderboard.</summary>
public sealed record DataLeader
{
    /// <summary>Place, from 1.</summary>
    [JsonPropertyName("rank")]
    public int? Rank { get; init; }

    /// <summary>Wallet.</summary>
    [JsonPropertyName("proxy_wallet")]
    public string? ProxyWallet { get; init; }

    /// <summary>Shown name.</summary>
    [JsonPropertyName("user_name")]
    public string? UserName { get; init; }

    /// <summary>Dollars traded.</summary>
    [JsonPropertyName("volume")]
    [JsonConverter(typeof(OptionalConverter<Usdc, UsdcNumber>))]
    public Usdc? Volume { get; init; }

    /// <summary>Profit in dollars.</summary>
    [JsonPropertyName("pnl")]
    [JsonConverter(typeof(OptionalConverter<Usdc, UsdcNumber>))]
    public Usdc? Pnl { get; init; }
}

/// <summary>Dollars that lie in a market.</summary>
public sealed record DataOpenInterest
{
    /// <summary>Condition id.</summary>
    [JsonPropertyName("condition_id")]
    public string? ConditionId { get; init; }

    /// <summary>Dollars.</summary>
    [JsonPropertyName("value")]
    [JsonConverter(typeof(OptionalConverter<Usdc, UsdcNumber>))]
    public Usdc? Value { get; init; }
}

/// <summary>Profit of a wallet at a moment.</summary>
public sealed record DataPnlPoint
{
    /// <summary>When.</summary>
    [JsonPropertyName("t")]
    [JsonConverter(typeof(OptionalConverter<DateTimeOffset, SecondsNumber>))]
    public DateTimeOffset? At { get; init; }

    /// <summary>Dollars.</summary>
    [JsonPropertyName("p")]
    [JsonConverter(typeof(OptionalConverter<Usdc, UsdcNumber>))]
    public Usdc? Pnl { get; init; }
}

/// <summary>Counts of a wallet.</summary>
public sealed record DataUserStats
{
    /// <summary>Wallet.</summary>
    [JsonPropertyName("user")]
    public string? User { get; init; }

    /// <summary>Trades in all.</summary>
    [JsonPropertyName("trades")]
    public long? Trades { get; init; }

    /// <summary>Markets that it traded.</summary>
    [JsonPropertyName("markets_traded")]
    public long? MarketsTraded { get; init; }

    /// <summary>Dollars traded.</summary>
    [JsonPropertyName("volume")]
    [JsonConverter(typeof(OptionalConverter<Usdc, UsdcNumber>))]
    public Usdc? Volume { get; init; }

    /// <summary>Greatest profit of one position.</summary>
    [JsonPropertyName("largest_win")]
    [JsonConverter(typeof(OptionalConverter<Usdc, UsdcNumber>))]
    public Usdc? LargestWin { get; init; }

    /// <summary>First seen.</summary>
    [JsonPropertyName("joined_at")]
    [JsonConverter(typeof(OptionalConverter<DateTimeOffset, SecondsNumber>))]
    public DateTimeOffset? JoinedAt { get; init; }
}
