namespace Equilibrage.Polymarket.Orders;

/// <summary>A book as texts, exactly as they stand on the wire.</summary>
public sealed record HashedBook
{
    /// <summary>Condition id.</summary>
    public required string Market { get; init; }

    /// <summary>Token id.</summary>
    public required string AssetId { get; init; }

    /// <summary>Unix milliseconds of the book's last change.</summary>
    public required string Timestamp { get; init; }

    /// <summary>Prices and sizes of wanted shares, best last.</summary>
    public required IReadOnlyList<(string Price, string Size)> Bids { get; init; }

    /// <summary>Prices and sizes of offered shares, best last.</summary>
    public required IReadOnlyList<(string Price, string Size)> Asks { get; init; }

    /// <summary>Smallest order that may rest, in shares.</summary>
    public required string MinOrderSize { get; init; }

    /// <summary>The price grid.</summary>
    public required string TickSize { get; init; }

    /// <summary>The market's own flag.</summary>
    public required bool IsNegRisk { get; init; }

    /// <summary>Price of the last trade; null where the key is left out.</summary>
    public string? LastTradePrice { get; init; }
}
