using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Serialization;
using Equilibrage.Polymarket.Rest.Json;

namespace Equilibrage.Polymarket.Rest.Clob;

/// <summary>What the exchange believes the wallet holds and has allowed; its cache may lag the chain.</summary>
public sealed record BalanceAllowance
{
    /// <summary>Millionths of a dollar, or of a share for a token.</summary>
    [JsonPropertyName("balance")]
    [JsonConverter(typeof(WireConverter<long, LongText>))]
    public long BalanceMicros { get; init; }

    /// <summary>Millionths per spender, up to 2^256 - 1, keyed by the spender's address.</summary>
    [JsonPropertyName("allowances")]
    public IReadOnlyDictionary<string, string>? Allowances { get; init; } = new Dictionary<string, string>();

    /// <summary>The older form: one allowance for all.</summary>
    [JsonPropertyName("allowance")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Allowance { get; init; }

    /// <summary>What a spender may take, in millionths; zero when nothing is said of it.</summary>
    public BigInteger AllowanceOf(string spender)
    {
        var text = Allowances?.FirstOrDefault(
            pair => pair.Key.Equals(spender, StringComparison.OrdinalIgnoreCase)).Value ?? Allowance;
        return BigInteger.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? value
            : BigInteger.Zero;
    }
}

/// <summary>Answer of create and derive.</summary>
public sealed record ApiKeyReply
{
    /// <summary>The key, a UUID.</summary>
    [JsonPropertyName("apiKey")]
    public required string ApiKey { get; init; }

    /// <summary>The HMAC secret, base64.</summary>
    [JsonPropertyName("secret")]
    public required string Secret { get; init; }

    /// <summary>The passphrase.</summary>
    [JsonPropertyName("passphrase")]
    public required string Passphrase { get; init; }

    /// <summary>Names the key only: credentials are not for logs.</summary>
    public override string ToString() => $"{nameof(ApiKeyReply)} {ApiKey}";
}

/// <summary>Answer of <c>/auth/api-keys</c>.</summary>
/// <param name="ApiKeys">The keys, each a UUID, or objects on newer servers.</param>
public sealed record ApiKeysReply([property: JsonPropertyName("apiKeys")] IReadOnlyList<JsonElement>? ApiKeys);

/// <summary>Answer of the read-only key calls.</summary>
public sealed record ReadonlyKeysReply
{
    /// <summary>The keys.</summary>
    [JsonPropertyName("readonlyApiKeys")]
    public IReadOnlyList<JsonElement>? Keys { get; init; } = [];
}

/// <summary>Answer of <c>/auth/ban-status/closed-only</c>.</summary>
/// <param name="IsClosedOnly">True when the account may only reduce.</param>
public sealed record ClosedOnlyReply([property: JsonPropertyName("closed_only")] bool IsClosedOnly);

/// <summary>Answer of the geoblock check.</summary>
/// <param name="IsBlocked">True when orders from here are refused.</param>
/// <param name="Ip">The address seen.</param>
/// <param name="Country">ISO country.</param>
/// <param name="Region">Region.</param>
public sealed record GeoblockReply(
    [property: JsonPropertyName("blocked")] bool IsBlocked,
    [property: JsonPropertyName("ip")] string? Ip,
    [property: JsonPropertyName("country")] string? Country,
    [property: JsonPropertyName("region")] string? Region);

/// <summary>A notice to the account, kept for 48 hours.</summary>
public sealed record NotificationRow
{
    /// <summary>Its number.</summary>
    [JsonPropertyName("id")]
    public long Id { get; init; }

    /// <summary>The API key.</summary>
    [JsonPropertyName("owner")]
    public string? Owner { get; init; } = "";

    /// <summary>1 order canceled, 2 fill, 3 market registered, 4 resolved, 8 fill failed, 9 redeemed, ….</summary>
    [JsonPropertyName("type")]
    public int Type { get; init; }

    /// <summary>Its contents, by type.</summary>
    [JsonPropertyName("payload")]
    public JsonElement? Payload { get; init; }

    /// <summary>When it was made.</summary>
    [JsonPropertyName("timestamp")]
    [JsonConverter(typeof(OptionalConverter<DateTimeOffset, SecondsNumber>))]
    public DateTimeOffset? Timestamp { get; init; }
}

/// <summary>Fees of a builder code, in hundredths of a percent of the notional.</summary>
/// <param name="MakerBps">On makers.</param>
/// <param name="TakerBps">On takers.</param>
public sealed record BuilderFeesReply(
    [property: JsonPropertyName("builder_maker_fee_rate_bps")] int MakerBps,
    [property: JsonPropertyName("builder_taker_fee_rate_bps")] int TakerBps);

/// <summary>A refusal in JSON, with the names that the services use.</summary>
public sealed record ErrorReply
{
    /// <summary>The refusal in words.</summary>
    [JsonPropertyName("error")]
    public string? Error { get; init; }

    /// <summary>A word for machines, such as <c>post_only_mode</c>.</summary>
    [JsonPropertyName("code")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Code { get; init; }

    /// <summary>The same text under its older names.</summary>
    [JsonPropertyName("errorMsg")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ErrorMsg { get; init; }

    /// <summary>The same text as the heartbeat guide names it.</summary>
    [JsonPropertyName("error_msg")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ErrorMsgSnake { get; init; }

    /// <summary>More words, of the restricted modes.</summary>
    [JsonPropertyName("message")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Message { get; init; }

    /// <summary>Seconds after which asking again makes sense.</summary>
    [JsonPropertyName("retry_after_seconds")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonConverter(typeof(OptionalConverter<decimal, DecimalNumber>))]
    public decimal? RetryAfterSeconds { get; init; }

    /// <summary>True when the Data API says that asking again may help.</summary>
    [JsonPropertyName("retryable")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? IsRetryable { get; init; }

    /// <summary>The Data API's name of this request in its logs.</summary>
    [JsonPropertyName("trace_id")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? TraceId { get; init; }

    /// <summary>The parameter that the Data API complains of.</summary>
    [JsonPropertyName("parameter")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Parameter { get; init; }

    /// <summary>Whichever text is there, with the code.</summary>
    [JsonIgnore]
    public string Text => string.Join(": ", new[] { Code, Error, ErrorMsg, ErrorMsgSnake, Message }
        .Where(part => !string.IsNullOrWhiteSpace(part)).Distinct());
}
