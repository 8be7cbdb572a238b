using System.Text.Json.Serialization;

namespace Equilibrage.Core.Accounting;

/// <summary>The life of a two-sided position. Every arrow is journalled before the venue is called.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PositionState>))]
public enum PositionState
{
    /// <summary>Approved and sized; nothing sent.</summary>
    Planned,

    /// <summary>Buying the leg that is harder to get.</summary>
    EnteringLeg1,

    /// <summary>Buying the other leg.</summary>
    EnteringLeg2,

    /// <summary>Everything planned is held; triggers are armed.</summary>
    Active,

    /// <summary>Selling one leg.</summary>
    Liquidating,

    /// <summary>One leg is sold, the other is held to resolution; triggers are disarmed.</summary>
    HoldingWinner,

    /// <summary>Selling all that is held.</summary>
    Closing,

    /// <summary>The entry failed half-way; selling what was bought.</summary>
    Unwinding,

    /// <summary>Nothing is held (dust below 0.01 share aside).</summary>
    Closed,
}

/// <summary>The three values of a position's public status.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PositionStatus>))]
public enum PositionStatus
{
    /// <summary>Being entered, held or closed.</summary>
    Active,

    /// <summary>One side was sold, the other is held.</summary>
    Liquidated,

    /// <summary>Nothing is held.</summary>
    Closed,
}
