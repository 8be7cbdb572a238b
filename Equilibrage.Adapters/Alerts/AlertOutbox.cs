using Equilibrage.Adapters.Storage;
using Equilibrage.Core.Ports;
using Equilibrage.Core.Projections;
using Equilibrage.Core.State;
using Npgsql;

namespace Equilibrage.Adapters.Alerts;

/// <summary>An alert that was taken out of the queue to be sent.</summary>
internal sealed record QueuedAlert(AlertChannel Channel, Alert Alert, int Attempts);

/// <summary>
/// The durable queue. An alert is queued once per channel, together with the place in the journal up to which alerts
/// were looked for; it leaves the queue when a channel took it.
/// </summary>
internal sealed class AlertOutbox(NpgsqlDataSource database, string account)
{
    // Long enough for a slow channel: only a process that died comes back to an alert after this.
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    /// <summary>Where the journal was left, and when a summary was last made; null before the first time.</summary>
    public Task<(long Sequence, DateTimeOffset? Summarized, long Dropped)?> CursorAsync(
        CancellationToken cancellation) =>
        StorageFailure.GuardAsync<(long, DateTimeOffset?, long)?>(async () =>
        {
            await using var command = Command(
                "SELECT sequence, summarized_at, dropped_count FROM alert_cursors WHERE account_id = $1");
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            return await reader.ReadAsync(cancellation)
                ? (reader.GetInt64(0),
                    await reader.IsDBNullAsync(1, cancellation) ? null : reader.GetFieldValue<DateTimeOffset>(1),
                    reader.GetInt64(2))
                : null;
        });

    /// <summary>
    /// Queues alerts and moves the cursor, in one transaction; drops the oldest beyond <paramref name="most"/> and
    /// answers how many those were.
    /// </summary>
    public Task<long> AddAsync(
        IReadOnlyList<(AlertChannel Channel, Alert Alert)> alerts, long sequence, DateTimeOffset? summarized, int most,
        DateTimeOffset now, CancellationToken cancellation) => StorageFailure.GuardAsync(async () =>
        {
            await using var connection = await database.OpenConnectionAsync(cancellation);
            await using var transaction = await connection.BeginTransactionAsync(cancellation);
            await using var batch = new NpgsqlBatch(connection, transaction);
            foreach (var (channel, alert) in alerts)
            {
                Add(batch, """
                    INSERT INTO alert_outbox (account_id, alert_id, channel, kind, title, body, state, attempts, due_at,
                        market_time, recorded_at)
                    VALUES ($1, $2, $3, $4, $5, $6, 'queued', 0, $7, $8, $9)
                    ON CONFLICT (account_id, alert_id, channel) DO NOTHING
                    """,
                    account, alert.Id, Words.Of(channel), AlertRules.Code(alert.Kind), Redaction.Text(alert.Title),
                    Redaction.Text(alert.Text), now.ToUniversalTime(), alert.At.MarketTime.ToUniversalTime(),
                    alert.At.RecordedAt.ToUniversalTime());
            }

            Add(batch, """
                WITH gone AS (
                    DELETE FROM alert_outbox WHERE ctid IN (
                        SELECT ctid FROM alert_outbox WHERE account_id = $1 AND state = 'queued'
                        ORDER BY recorded_at DESC, alert_id DESC OFFSET $4)
                    RETURNING 1)
                INSERT INTO alert_cursors (account_id, sequence, dropped_count, summarized_at, recorded_at)
                VALUES ($1, $2, (SELECT count(*) FROM gone), $3, $5)
                ON CONFLICT (account_id) DO UPDATE SET
                    sequence = greatest(alert_cursors.sequence, EXCLUDED.sequence),
                    dropped_count = alert_cursors.dropped_count + EXCLUDED.dropped_count,
                    summarized_at = coalesce(EXCLUDED.summarized_at, alert_cursors.summarized_at),
                    recorded_at = EXCLUDED.recorded_at
                """,
                account, sequence, (object?)summarized?.ToUniversalTime() ?? DBNull.Value, (long)most,
                now.ToUniversalTime());
            Add(batch, "DELETE FROM alert_outbox WHERE account_id = $1 AND state <> 'queued' AND due_at < $2",
                account, (now - Kept).ToUniversalTime());
            await batch.ExecuteNonQueryAsync(cancellation);
            await transaction.CommitAsync(cancellation);
            return (long)alerts.Count;
        });

    /// <summary>Takes what is due, at most so many, oldest first; nobody else gets it for a while.</summary>
    public Task<IReadOnlyList<QueuedAlert>> TakeAsync(int most, DateTimeOffset now, CancellationToken cancellation) =>
        StorageFailure.GuardAsync<IReadOnlyList<QueuedAlert>>(async () =>
        {
            await using var command = Command("""
                UPDATE alert_outbox AS a SET attempts = attempts + 1, due_at = $3 FROM (
                    SELECT alert_id, channel FROM alert_outbox
                    WHERE account_id = $1 AND state = 'queued' AND due_at <= $2
                    ORDER BY recorded_at, alert_id LIMIT $4 FOR UPDATE SKIP LOCKED) AS due
                WHERE a.account_id = $1 AND a.alert_id = due.alert_id AND a.channel = due.channel
                RETURNING a.channel, a.alert_id, a.kind, a.title, a.body, a.market_time, a.recorded_at, a.attempts
                """, now.ToUniversalTime(), (now + Lease).ToUniversalTime(), (long)most);
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            var taken = new List<QueuedAlert>();
            while (await reader.ReadAsync(cancellation))
            {
                var at = new Stamp(reader.GetFieldValue<DateTimeOffset>(5), reader.GetFieldValue<DateTimeOffset>(6));
                taken.Add(new QueuedAlert(
                    Words.Parse<AlertChannel>(reader.GetString(0)),
                    new Alert(
                        reader.GetString(1), AlertRules.Kinds[reader.GetString(2)], reader.GetString(3),
                        reader.GetString(4), at),
                    reader.GetInt32(7)));
            }

            return [.. taken.OrderBy(queued => queued.Alert.At.RecordedAt)];
        });

    /// <summary>Notes what became of an attempt; a null <paramref name="again"/> ends it.</summary>
    public Task<int> FinishAsync(
        QueuedAlert queued, SendOutcome outcome, DateTimeOffset now, DateTimeOffset? again,
        CancellationToken cancellation) => StorageFailure.GuardAsync(async () =>
        {
            var state = again is not null ? "queued" : outcome.IsSent ? "sent" : "failed";
            await using var command = Command(
                "UPDATE alert_outbox SET state = $4, due_at = $5, result = $6 "
                + "WHERE account_id = $1 AND alert_id = $2 AND channel = $3",
                queued.Alert.Id, Words.Of(queued.Channel), state, (again ?? now).ToUniversalTime(), outcome.Message);
            return await command.ExecuteNonQueryAsync(cancellation);
        });

    /// <summary>How many are queued and failed, and the last result of each channel.</summary>
    public Task<(long Queued, long Failed, Dictionary<string, (string Message, DateTimeOffset At)> Last)> TallyAsync(
        CancellationToken cancellation) => StorageFailure.GuardAsync(async () =>
        {
            await using var command = Command("""
                SELECT channel, count(*) FILTER (WHERE state = 'queued'), count(*) FILTER (WHERE state = 'failed'),
                    (array_agg(result ORDER BY due_at DESC) FILTER (WHERE result IS NOT NULL))[1],
                    max(due_at) FILTER (WHERE result IS NOT NULL AND state <> 'queued')
                FROM alert_outbox WHERE account_id = $1 GROUP BY channel
                """);
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            var (queued, failed) = (0L, 0L);
            var last = new Dictionary<string, (string Message, DateTimeOffset At)>();
            while (await reader.ReadAsync(cancellation))
            {
                queued += reader.GetInt64(1);
                failed += reader.GetInt64(2);
                if (!await reader.IsDBNullAsync(3, cancellation) && !await reader.IsDBNullAsync(4, cancellation))
                    last[reader.GetString(0)] = (reader.GetString(3), reader.GetFieldValue<DateTimeOffset>(4));
            }

            return (queued, failed, last);
        });

    private NpgsqlCommand Command(string sql, params ReadOnlySpan<object> values)
    {
        var command = database.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter { Value = account });
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        return command;
    }

    private static void Add(NpgsqlBatch batch, string sql, params ReadOnlySpan<object> values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(value is DBNull
                ? new NpgsqlParameter { Value = value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.TimestampTz }
                : new NpgsqlParameter { Value = value });
        }

        batch.BatchCommands.Add(command);
    }
}
