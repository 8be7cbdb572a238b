using System.Text.Json.Serialization;

namespace Equilibrage.Core.Orders;

/// <summary>Why a leg was sold or ended.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ExitReason>))]
public enum ExitReason
{
    /// <summary>Fell by the divergence threshold.</summary>
    Divergence,

    /// <summary>Fell by its own tighter threshold.</summary>
    StopLoss,

    /// <summary>Rose by its threshold.</summary>
    TakeProfit,

    /// <summary>The hours before the end began.</summary>
    Time,

    /// <summary>The operator closed it.</summary>
    Manual,

    /// <summary>The market resolved.</summary>
    Resolution,

    /// <summary>The other leg could not be bought.</summary>
    EntryFailed,
}
