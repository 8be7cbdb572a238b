using Equilibrage.Tests.Support;
using Npgsql;

namespace Equilibrage.Tests.Integration.Storage;

/// <summary>What the database itself refuses, whatever a program may try.</summary>
[Trait("Tier", "Integration")]
public sealed class ConstraintTests(PostgresFixture postgres) : IAsyncLifetime
{
    private TestDatabase _database = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await postgres.CreateDatabaseAsync(nameof(ConstraintTests));
        await _database.ExecuteAsync(
            "INSERT INTO accounts VALUES ('a', 'sandbox', 'practice', '0x1', 1000000000, now(), now())");
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Journal_RecordAfterAGap_IsRefused()
    {
        await _database.ExecuteAsync(Journal(1));
        await _database.ExecuteAsync(Journal(2));

        Assert.Equal(PostgresErrorCodes.ForeignKeyViolation, await RefusalAsync(Journal(4)));
        Assert.Equal(PostgresErrorCodes.UniqueViolation, await RefusalAsync(Journal(2)));
    }

    [Fact]
    public async Task Journal_SourceEventTwice_IsRefused()
    {
        await _database.ExecuteAsync(Journal(1, "'venue', 'trade-1'"));

        Assert.Equal(PostgresErrorCodes.UniqueViolation, await RefusalAsync(Journal(2, "'venue', 'trade-1'")));
    }

    [Fact]
    public async Task Ledger_EntryOffByOneMicro_IsRefusedAtCommit()
    {
        Assert.Equal(PostgresErrorCodes.CheckViolation, await RefusalAsync(LedgerEntry(-500000, 499999)));

        await _database.ExecuteAsync(LedgerEntry(-500000, 500000));
        var deletion = await RefusalAsync("DELETE FROM ledger_postings WHERE line = 2");
        Assert.Equal(PostgresErrorCodes.CheckViolation, deletion);
    }

    [Theory]
    [InlineData(1000, 900, 100, true)]
    [InlineData(1001, 900, 100, false)]
    [InlineData(-1, -1, 0, false)]
    public async Task EquityPoint_IsCashAndHoldings(long equity, long cash, long holdings, bool isAccepted)
    {
        var insert = $"INSERT INTO equity_points VALUES ('a', now(), {equity}, {cash}, {holdings}, 0, now())";

        if (isAccepted)
            await _database.ExecuteAsync(insert);
        else
            Assert.Equal(PostgresErrorCodes.CheckViolation, await RefusalAsync(insert));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(11)]
    public async Task Opportunity_ScoreOutsideOneToTen_IsRefused(int score) =>
        Assert.Equal(PostgresErrorCodes.CheckViolation, await RefusalAsync(
            $"""
            INSERT INTO opportunities (account_id, strategy_id, market_id, market_name, score, raw_score_micros,
                is_eligible, factors, detected_at, market_time, recorded_at)
            VALUES ('a', 's', 'm', 'Will it?', {score}, 0, true, '[]', now(), now(), now())
            """));

    private static string Journal(int sequence, string source = "NULL, NULL") =>
        $$"""
        INSERT INTO journal (account_id, sequence, schema_version, kind, market_time, recorded_at, source,
            source_event_id, payload)
        VALUES ('a', {{sequence}}, 1, 'test', now(), now(), {{source}}, '{}')
        """;

    private static string LedgerEntry(int first, int second) =>
        $"""
        INSERT INTO ledger_entries (account_id, entry_id, kind, status, sequence, market_time, recorded_at)
        VALUES ('a', 'e', 'fill', 'pending', 1, now(), now());
        INSERT INTO ledger_postings
        VALUES ('a', 'e', 1, 'cash', 'usdc', {first}), ('a', 'e', 2, 'venue', 'usdc', {second})
        """;

    private async Task<string> RefusalAsync(string sql) =>
        (await Assert.ThrowsAsync<PostgresException>(() => _database.ExecuteAsync(sql))).SqlState;
}
