using Equilibrage.Core.Orders;

namespace Equilibrage.Adapters.Polymarket.Operations;

/// <summary>An operation as the queue keeps it. What it says was written before it was done.</summary>
internal sealed record OperationRow
{
    /// <summary>What is to be done.</summary>
    public required ChainOperation Operation { get; init; }

    /// <summary>How far it is.</summary>
    public required OperationState State { get; init; }

    /// <summary>Grows with every change: who changes an older one is refused.</summary>
    public long Revision { get; init; }

    /// <summary>Market time at which it was asked for.</summary>
    public required DateTimeOffset MarketTime { get; init; }

    /// <summary>Wall time at which it was asked for.</summary>
    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>Wall time of the last change.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Nothing is done for it before this wall time.</summary>
    public required DateTimeOffset NextTry { get; init; }

    /// <summary>Tries that led nowhere, since it was asked for.</summary>
    public int Attempts { get; init; }

    /// <summary>The nonce with which it is signed; null when it has none that could still take effect.</summary>
    public long? Nonce { get; init; }

    /// <summary>The block before which nothing of it can stand.</summary>
    public long? FirstBlock { get; init; }

    /// <summary>What is sent.</summary>
    public byte[]? Payload { get; init; }

    /// <summary>From when on the signature is void.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The name under which whoever sends it knows it: a transaction hash, or the relayer's id.</summary>
    public string? Reference { get; init; }

    /// <summary>Hashes of every transaction that was signed with the nonce, where they are known before.</summary>
    public IReadOnlyList<string> Hashes { get; init; } = [];

    /// <summary>Why it waits or failed, in a sentence.</summary>
    public string? LastError { get; init; }

    /// <summary>What it moved; once it is confirmed.</summary>
    public ChainReceipt? Receipt { get; init; }
}
