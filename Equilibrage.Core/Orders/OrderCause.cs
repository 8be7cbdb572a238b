using System.Text.Json.Serialization;

namespace Equilibrage.Core.Orders;

/// <summary>What told us of an order. Later words of the same list are not truer: only what they say decides.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<OrderCause>))]
public enum OrderCause
{
    /// <summary>The venue's answer to the submit.</summary>
    Answer,

    /// <summary>No answer came to the submit: the venue may have the order.</summary>
    NoAnswer,

    /// <summary>The submit failed in a way that proves the venue has no such order.</summary>
    NotSent,

    /// <summary>The account's feed: an execution, or the order's end.</summary>
    Feed,

    /// <summary>The venue's record of the order, asked for by id, also after a cancel.</summary>
    LookUp,

    /// <summary>The proof that the venue never had it, or has it no more.</summary>
    Absence,
}
