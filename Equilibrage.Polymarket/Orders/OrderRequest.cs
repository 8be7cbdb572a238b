namespace Equilibrage.Polymarket.Orders;

/// <summary>What <c>POST /order</c> carries: a signed order and how it is to be worked.</summary>
public readonly record struct OrderRequest
{
    /// <summary>The order.</summary>
    public required ExchangeOrder Order { get; init; }

    /// <summary>Its signature.</summary>
    public required ReadOnlyMemory<byte> Signature { get; init; }

    /// <summary>The API key that sends it.</summary>
    public required string Owner { get; init; }

    /// <summary>Time in force.</summary>
    public required WireOrderType Type { get; init; }

    /// <summary>
    /// Unix seconds at which a GTD order ends, 0 for all others. It is not signed; the server enforces it, and drops
    /// the order one minute before it.
    /// </summary>
    public long Expiration { get; init; }

    /// <summary>Refuse the order rather than let it take; for orders that rest only.</summary>
    public bool IsPostOnly { get; init; }

    /// <summary>Defer the execution; false as a rule.</summary>
    public bool IsDeferred { get; init; }
}
