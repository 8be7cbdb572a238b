using Equilibrage.Core.Ports;
using Equilibrage.Core.Primitives;
using Npgsql;

namespace Equilibrage.Adapters.Storage;

/// <summary>Bounds the tables that grow with time rather than with trades.</summary>
internal sealed class PostgresRetention(NpgsqlDataSource database) : IRetention
{
    private const int DaysKept = 30;
    private const int HoursWhole = 24;

    private const string OldDecisions = """
        DELETE FROM decisions WHERE account_id = $1 AND NOT is_kept AND recorded_at < $2
        """;

    private const string OldScans = """
        DELETE FROM scans WHERE account_id = $1 AND recorded_at < $2
        """;

    // The last row of each hour stays. Hours are of market time, which the charts are drawn over; the age is wall time.
    private const string OldMarks = """
        DELETE FROM position_marks AS m USING (
            SELECT position_id, market_time, lead(market_time) OVER (
                PARTITION BY position_id, date_trunc('hour', market_time) ORDER BY market_time) AS next
            FROM position_marks WHERE account_id = $1 AND recorded_at < $2
        ) AS old
        WHERE m.account_id = $1 AND m.position_id = old.position_id AND m.market_time = old.market_time
          AND old.next IS NOT NULL
        """;

    private const string OldEquity = """
        DELETE FROM equity_points AS e USING (
            SELECT market_time, lead(market_time) OVER (
                PARTITION BY date_trunc('hour', market_time) ORDER BY market_time) AS next
            FROM equity_points WHERE account_id = $1 AND recorded_at < $2
        ) AS old
        WHERE e.account_id = $1 AND e.market_time = old.market_time AND old.next IS NOT NULL
        """;

    /// <inheritdoc/>
    public async Task<RetentionReport> CleanAsync(
        AccountId account, DateTimeOffset now, CancellationToken cancellation)
    {
        var monthAgo = now.AddDays(-DaysKept);
        var dayAgo = now.AddHours(-HoursWhole);
        var decisions = await DeleteAsync(OldDecisions, account, monthAgo, cancellation);
        var scans = await DeleteAsync(OldScans, account, monthAgo, cancellation);
        var marks = await DeleteAsync(OldMarks, account, dayAgo, cancellation);
        var points = await DeleteAsync(OldEquity, account, dayAgo, cancellation);
        return new RetentionReport(decisions, scans, marks + points);
    }

    private Task<long> DeleteAsync(
        string sql, AccountId account, DateTimeOffset before, CancellationToken cancellation) =>
        StorageFailure.GuardAsync(async () =>
        {
            await using var command = database.CreateCommand(sql);
            command.CommandTimeout = 0;
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = account.Value });
            command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = before.ToUniversalTime() });
            return (long)await command.ExecuteNonQueryAsync(cancellation);
        });
}
