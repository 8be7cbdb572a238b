namespace Equilibrage.Web.Custody;

/// <summary>Whether the desk can sign.</summary>
internal enum WalletState
{
    /// <summary>No wallet was set.</summary>
    None,

    /// <summary>There is one; it is locked.</summary>
    Closed,

    /// <summary>The signer exists.</summary>
    Open,

    /// <summary>Another wallet was set: the process must start again to trade with it.</summary>
    Replaced,
}
