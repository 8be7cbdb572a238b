using Equilibrage.Adapters.Storage;
using Equilibrage.Adapters.Storage.Auditing;
using Equilibrage.Core.Audit;
using Equilibrage.Core.State;
using Equilibrage.Tests.Support;

namespace Equilibrage.Tests.Integration.Audit;

/// <summary>The audit over a real database: clean after a whole life, and each table damaged in turn.</summary>
[Trait("Tier", "Integration")]
public sealed class TableAuditTests(PostgresFixture postgres) : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2026, 3, 11, 12, 0, 0, TimeSpan.Zero);

    private readonly EngineState state = new(PositionLife.Account);
    private TestDatabase database = null!;

    public async ValueTask InitializeAsync()
    {
        database = await postgres.CreateDatabaseAsync(nameof(TableAuditTests));
        var journal = new PostgresJournal(database.Source);
        var rain = new PositionLife(state, "rain", Start);
        await AppendAsync(rain.OpenAccount());
        foreach (var batch in rain.Enter())
            await AppendAsync(batch);
        await AppendAsync(rain.Mark(0.52m, 0.41m));
        foreach (var batch in rain.Liquidate().Concat(rain.Resolve()))
            await AppendAsync(batch);
        foreach (var batch in new PositionLife(state, "snow", Start.AddDays(1)).Enter(isFirstConfirmed: false).Take(4))
            await AppendAsync(batch);
        var wind = new PositionLife(state, "wind", Start.AddDays(2));
        foreach (var batch in wind.Enter())
            await AppendAsync(batch);
        await AppendAsync(wind.Mark(0.44m, 0.39m));

        // A point of the curve with each mark, as the engine makes them.
        Task AppendAsync(JournalBatch batch) => journal.AppendAsync(
            batch with
            {
                Equity = [.. batch.Equity.Select(point => point with { RealizedPnl = state.Ledger.RealizedPnl })],
            },
            CancellationToken.None);
    }

    public ValueTask DisposeAsync() => database.DisposeAsync();

    [Fact]
    public async Task Audit_WhatTheJournalWrote_HasNoDifference()
    {
        var report = await AuditAsync();

        Assert.Empty(report.Differences.Select(difference => difference.Message));
        Assert.All(report.Counts, count => Assert.True(count.Value > 0, $"{count.Key} was compared with nothing"));
    }

    [Theory]
    [InlineData("accounts", "capital_micros", "capital_micros + 1", "capital")]
    [InlineData("configuration", "settings", "jsonb_set(settings, '{maxPositions}', '9')", "settings.maxPositions")]
    [InlineData("markets", "payout_yes_micros", "0", "payout_yes")]
    [InlineData("positions", "realized_pnl_micros", "realized_pnl_micros + 1", "realized_pnl")]
    [InlineData("positions", "pnl_micros", "pnl_micros - 1", "pnl")]
    [InlineData("positions", "document", "jsonb_set(document, '{yes,cost}', '50.000001')", "document.yes.cost")]
    [InlineData("position_legs", "cost_micros", "cost_micros + 1", "cost")]
    [InlineData("orders", "filled_shares_micros", "filled_shares_micros - 1", "filled_shares")]
    [InlineData("orders", "status", "'unknown'", "status")]
    [InlineData("fills", "fee_micros", "fee_micros + 1", "fee")]
    [InlineData("trades", "usd_micros", "usd_micros + 1", "usd")]
    [InlineData("ledger_entries", "status", "'voided'", "status")]
    [InlineData("ledger_postings", "amount_micros", "amount_micros + 1", "amount")]
    [InlineData("equity_points", "realized_pnl_micros", "realized_pnl_micros + 1", "realized_pnl")]
    public async Task Audit_OneColumnDamaged_IsExactlyThatDifference(
        string table, string column, string damage, string what)
    {
        await database.ExecuteAsync($"""
            SET session_replication_role = replica;
            UPDATE {table} SET {column} = {damage} WHERE ctid = (SELECT min(ctid) FROM {table}
                WHERE {(table == "markets" ? "payout_yes_micros IS NOT NULL" : "true")})
            """);

        var difference = Assert.Single((await AuditAsync()).Differences);

        Assert.Equal((table, what), (difference.Area, difference.What));
        Assert.NotEqual(difference.Expected, difference.Found);
        Assert.Contains(difference.Found!, difference.Message, StringComparison.Ordinal);
        Assert.Contains(difference.Expected!, difference.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("orders")]
    [InlineData("fills")]
    [InlineData("trades")]
    [InlineData("ledger_postings")]
    [InlineData("position_legs")]
    [InlineData("configuration")]
    public async Task Audit_RowDeleted_IsMissed(string table)
    {
        await database.ExecuteAsync($"""
            SET session_replication_role = replica;
            DELETE FROM {table} WHERE ctid = (SELECT min(ctid) FROM {table})
            """);

        var difference = Assert.Single((await AuditAsync()).Differences);

        Assert.Equal((table, "row", null), (difference.Area, difference.What, difference.Found));
    }

    [Fact]
    public async Task Audit_RowThatNobodyWrote_IsNamed()
    {
        await database.ExecuteAsync("""
            INSERT INTO ledger_entries (account_id, entry_id, kind, status, sequence, market_time, recorded_at)
            SELECT account_id, 'gift', 'deposit', 'posted', 1, now(), now() FROM accounts
            """);

        var difference = Assert.Single((await AuditAsync()).Differences);

        Assert.Equal(("ledger_entries", "gift", null), (difference.Area, difference.Where, difference.Expected));
    }

    [Fact]
    public async Task Audit_JournalWithAHole_NamesTheRecord()
    {
        await database.ExecuteAsync(
            "SET session_replication_role = replica; DELETE FROM journal WHERE sequence = 7");

        Assert.Equal(
            "journal: record 7 is missing: the next one is 8", Assert.Single((await AuditAsync()).Differences).Message);
    }

    [Fact]
    public async Task Audit_PayloadThatIsNoRecord_IsNamed()
    {
        await database.ExecuteAsync(
            "UPDATE journal SET payload = '{\"kind\": \"invented\"}' WHERE sequence = 9");

        var difference = Assert.Single((await AuditAsync()).Differences);

        Assert.StartsWith("journal: record 9 cannot be read", difference.Message, StringComparison.Ordinal);
    }

    private async Task<AuditReport> AuditAsync()
    {
        await foreach (var books in new PostgresBooks(database.Source).ReadAsync(CancellationToken.None))
            return Auditor.Run(books.Journal, books.Rows, null, []);
        throw new InvalidOperationException("The database has no account.");
    }
}
