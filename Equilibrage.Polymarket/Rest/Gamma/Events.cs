using System.Text.Json.Serialization;
using Equilibrage.Core.Primitives;
using Equilibrage.Polymarket.Rest.Json;

namespace Equilibrage.Polymarket.Rest.Gamma;

/// <summary>A group of markets.</summary>
public sealed record GammaEventRecord
{
    /// <summary>Gamma's number.</summary>
    [JsonPropertyName("id")]
    public string? Id { get; init; }

    /// <summary>Short address part.</summary>
    [JsonPropertyName("ticker")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Ticker { get; init; }

    /// <summary>Address part.</summary>
    [JsonPropertyName("slug")]
    public string? Slug { get; init; }

    /// <summary>Title.</summary>
    [JsonPropertyName("title")]
    public string? Title { get; init; }

    /// <summary>Rules.</summary>
    [JsonPropertyName("description")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Description { get; init; }

    /// <summary>When it was listed.</summary>
    [JsonPropertyName("startDate")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonConverter(typeof(OptionalConverter<DateTimeOffset, IsoText>))]
    public DateTimeOffset? StartDate { get; init; }

    /// <summary>When it was made.</summary>
    [JsonPropertyName("creationDate")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonConverter(typeof(OptionalConverter<DateTimeOffset, IsoText>))]
    public DateTimeOffset? CreationDate { get; init; }

    /// <summary>Expected end.</summary>
    [JsonPropertyName("endDate")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonConverter(typeof(OptionalConverter<DateTimeOffset, IsoText>))]
    public DateTimeOffset? EndDate { get; init; }

    /// <summary>Start of what it is about.</summary>
    [JsonPropertyName("startTime")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonConverter(typeof(OptionalConverter<DateTimeOffset, IsoText>))]
    public DateTimeOffset? StartTime { get; init; }

    /// <summary>Listed.</summary>
    [JsonPropertyName("active")]
    public bool? IsActive { get; init; }

    /// <summary>Ended.</summary>
    [JsonPropertyName("closed")]
    public bool? IsClosed { get; init; }

    /// <summary>Dollars resting.</summary>
    [JsonPropertyName("liquidity")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonConverter(typeof(OptionalConverter<Usdc, UsdcNumber>))]
    public Usdc? Liquidity { get; init; }

    /// <summary>Dollars traded.</summary>
    [JsonPropertyName("volume")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonConverter(typeof(OptionalConverter<Usdc, UsdcNumber>))]
    public Usdc? Volume { get; init; }

    /// <summary>Belongs together as a negative-risk group.</summary>
    [JsonPropertyName("negRisk")]
    public bool? IsNegRisk { get; init; }

    /// <summary>May gain outcomes later.</summary>
    [JsonPropertyName("negRiskAugmented")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? IsNegRiskAugmented { get; init; }

    /// <summary>Slug of its series.</summary>
    [JsonPropertyName("seriesSlug")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? SeriesSlug { get; init; }

    /// <summary>Its series.</summary>
    [JsonPropertyName("series")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<GammaSeries>? Series { get; init; }

    /// <summary>Its tags.</summary>
    [JsonPropertyName("tags")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<GammaTag>? Tags { get; init; }

    /// <summary>Its markets.</summary>
    [JsonPropertyName("markets")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<GammaMarketRecord>? Markets { get; init; }
}

/// <summary>A tag.</summary>
public sealed record GammaTag
{
    /// <summary>Gamma's number.</summary>
    [JsonPropertyName("id")]
    public string? Id { get; init; }

    /// <summary>Name.</summary>
    [JsonPropertyName("label")]
    public string? Label { get; init; }

    /// <summary>Address part.</summary>
    [JsonPropertyName("slug")]
    public string? Slug { get; init; }
}

/// <summary>A series of events.</summary>
public sealed record GammaSeries
{
    /// <summary>Gamma's number.</summary>
    [JsonPropertyName("id")]
    public string? Id { get; init; }

    /// <summary>Address part.</summary>
    [JsonPropertyName("slug")]
    public string? Slug { get; init; }

    /// <summary>Title.</summary>
    [JsonPropertyName("title")]
    public string? Title { get; init; }

    /// <summary>daily, weekly, monthly, ….</summary>
    [JsonPropertyName("recurrence")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Recurrence { get; init; }
}

/// <summary>A page by cursor.</summary>
public sealed record GammaEventsPage
{
    /// <summary>The events.</summary>
    [JsonPropertyName("events")]
    public IReadOnlyList<GammaEventRecord>? Events { get; init; } = [];

    /// <summary>Goes into <c>after_cursor</c>; absent at the end.</summary>
    [JsonPropertyName("next_cursor")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? NextCursor { get; init; }
}

/// <summary>Answer of <c>/public-search</c>.</summary>
public sealed record GammaSearchReply
{
    /// <summary>Events found.</summary>
    [JsonPropertyName("events")]
    public IReadOnlyList<GammaEventRecord>? Events { get; init; } = [];

    /// <summary>Tags found.</summary>
    [JsonPropertyName("tags")]
    public IReadOnlyList<GammaTag>? Tags { get; init; } = [];

    /// <summary>Profiles found; entries may be null.</summary>
    [JsonPropertyName("profiles")]
    public IReadOnlyList<GammaProfile?>? Profiles { get; init; } = [];

    /// <summary>Where this page lies.</summary>
    [JsonPropertyName("pagination")]
    public GammaPagination? Pagination { get; init; }
}

/// <summary>Where a page of a search lies.</summary>
/// <param name="HasMore">A further page exists.</param>
/// <param name="TotalResults">Number of results.</param>
public sealed record GammaPagination(
    [property: JsonPropertyName("hasMore")] bool? HasMore,
    [property: JsonPropertyName("totalResults")] int? TotalResults);

/// <summary>A trader's public face.</summary>
public sealed record GammaProfile
{
    /// <summary>Shown name.</summary>
    [JsonPropertyName("name")]
    public string? Name { get; init; }

    /// <summary>Invented name.</summary>
    [JsonPropertyName("pseudonym")]
    public string? Pseudonym { get; init; }

    /// <summary>Wallet.</summary>
    [JsonPropertyName("proxyWallet")]
    public string? ProxyWallet { get; init; }

    /// <summary>About.</summary>
    [JsonPropertyName("bio")]
    public string? Bio { get; init; }
}
