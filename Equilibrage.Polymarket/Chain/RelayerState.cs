namespace Equilibrage.Polymarket.Chain;

/// <summary>How far a relayed transaction is.</summary>
public enum RelayerState
{
    /// <summary>Taken.</summary>
    New,

    /// <summary>Sent to the chain.</summary>
    Executed,

    /// <summary>In a block.</summary>
    Mined,

    /// <summary>In a block for good.</summary>
    Confirmed,

    /// <summary>The chain refused.</summary>
    Failed,

    /// <summary>The relayer refused.</summary>
    Invalid,
}
