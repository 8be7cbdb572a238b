using Equilibrage.Polymarket.Signing;

namespace Equilibrage.Polymarket.Chain;

/// <summary>How far a sent action is.</summary>
public enum ActionStage
{
    /// <summary>Nothing is known of it: it never arrived, or was forgotten.</summary>
    Unknown,

    /// <summary>It is on its way.</summary>
    UnderWay,

    /// <summary>It stands in a block: the receipt tells what it did.</summary>
    Mined,

    /// <summary>Whoever was to send it gave up.</summary>
    Failed,
}

/// <summary>What is known of a sent action.</summary>
/// <param name="Stage">How far it is.</param>
/// <param name="Hash">Its transaction, once it is known.</param>
/// <param name="Error">Why it failed.</param>
public sealed record ActionState(ActionStage Stage, Bytes32? Hash = null, string? Error = null);
