using System.Text.Json.Serialization;

namespace Equilibrage.Core.State;

/// <summary>What was wrong with a call to the venue.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CallFault>))]
public enum CallFault
{
    /// <summary>An order was refused, or nobody knows what became of it.</summary>
    Rejected,

    /// <summary>An order could not be canceled.</summary>
    CancelFailed,

    /// <summary>The answer to an order took too long.</summary>
    Slow,
}
