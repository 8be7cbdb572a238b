namespace Equilibrage.Core.State;

/// <summary>
/// What the operator lets the engine do with real money at this moment. It is never journalled as a state: after a
/// restart the host says it anew, so that no arming survives one.
/// </summary>
public enum OrderPermission
{
    /// <summary>Entries, exits and settlement. The only permission where no real money is at stake.</summary>
    Everything,

    /// <summary>
    /// Held positions may be sold, merged and redeemed; nothing is bought. What is left when an arming has expired.
    /// </summary>
    ExitsOnly,

    /// <summary>Nothing is sent except cancels and questions.</summary>
    Nothing,
}
