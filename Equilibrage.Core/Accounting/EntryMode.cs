using System.Text.Json.Serialization;

namespace Equilibrage.Core.Accounting;

/// <summary>How the legs of a new position are bought.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<EntryMode>))]
public enum EntryMode
{
    /// <summary>One leg after the other, taking what is offered; pays the taker fee.</summary>
    Taker,

    /// <summary>Both legs at once by post-only bids that rest, and follow the book; pays no fee.</summary>
    Maker,
}
