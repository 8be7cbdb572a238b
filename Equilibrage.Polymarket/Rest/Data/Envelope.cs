using System.Text.Json.Serialization;

namespace Equilibrage.Polymarket.Rest.Data;

/// <summary>The envelope of every answer of the Data API.</summary>
public sealed record DataReply<T>
{
    /// <summary>The contents.</summary>
    [JsonPropertyName("data")]
    public T? Data { get; init; }

    /// <summary>Where a page lies; absent for a single value.</summary>
    [JsonPropertyName("pagination")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DataPagination? Pagination { get; init; }
}

/// <summary>Where a page lies.</summary>
public sealed record DataPagination
{
    /// <summary>Rows of a full page.</summary>
    [JsonPropertyName("limit")]
    public int? Limit { get; init; }

    /// <summary>Rows before this page, where it is said.</summary>
    [JsonPropertyName("offset")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Offset { get; init; }

    /// <summary>A further page exists.</summary>
    [JsonPropertyName("has_more")]
    public bool? HasMore { get; init; }

    /// <summary>Asks for the further page.</summary>
    [JsonPropertyName("next_cursor")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? NextCursor { get; init; }
}
