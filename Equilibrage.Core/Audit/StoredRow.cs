namespace Equilibrage.Core.Audit;

/// <summary>A row as it stands in a table.</summary>
/// <param name="Key">The values of its key after the account, joined by a slash.</param>
/// <param name="Values">
/// Its columns: <see cref="long"/>, <see cref="string"/> (JSON documents too), <see cref="bool"/>,
/// <see cref="DateTimeOffset"/> or null.
/// </param>
public sealed record StoredRow(string Key, IReadOnlyDictionary<string, object?> Values);

/// <summary>A table that the journal adds up to.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Key">Its key's columns after the account, in order.</param>
public sealed record AuditTable(string Name, IReadOnlyList<string> Key)
{
    /// <summary>Every table that is recomputed from the journal.</summary>
    public static IReadOnlyList<AuditTable> All { get; } =
    [
        new("accounts", []),
        new("configuration", ["strategy_id", "version"]),
        new("markets", ["market_id"]),
        new("positions", ["position_id"]),
        new("position_legs", ["position_id", "token_id"]),
        new("orders", ["client_order_id"]),
        new("fills", ["venue_trade_id", "client_order_id"]),
        new("trades", ["trade_id"]),
        new("ledger_entries", ["entry_id"]),
        new("ledger_postings", ["entry_id", "line"]),
        new("equity_points", ["market_time"]),
    ];

    /// <summary>The key of a row of this table.</summary>
    public string KeyOf(IReadOnlyDictionary<string, object?> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return string.Join('/', Key.Select(column => AuditText.Of(values[column])));
    }
}
