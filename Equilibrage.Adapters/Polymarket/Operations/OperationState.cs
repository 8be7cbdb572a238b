namespace Equilibrage.Adapters.Polymarket.Operations;

/// <summary>How far an operation is.</summary>
internal enum OperationState
{
    /// <summary>Nothing was sent, or nothing that could still take effect.</summary>
    Queued,

    /// <summary>It is signed with a nonce and may have been sent.</summary>
    Sent,

    /// <summary>It was carried out, once; its receipt says what it moved.</summary>
    Confirmed,

    /// <summary>It was not carried out; asking again after a while tries anew.</summary>
    Failed,
}
