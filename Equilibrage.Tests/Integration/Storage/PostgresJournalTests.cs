using System.Text.Json;
using Equilibrage.Adapters.Storage;
using Equilibrage.Core.Ports;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;
using Equilibrage.Tests.Support;
using Npgsql;

namespace Equilibrage.Tests.Integration.Storage;

[Trait("Tier", "Integration")]
public sealed class PostgresJournalTests(PostgresFixture postgres) : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2026, 3, 11, 12, 0, 0, TimeSpan.Zero);

    private readonly EngineState _state = new(PositionLife.Account);
    private TestDatabase _database = null!;
    private PostgresJournal _journal = null!;

    private PositionLife Life { get; set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await postgres.CreateDatabaseAsync(nameof(PostgresJournalTests));
        _journal = new PostgresJournal(_database.Source);
        Life = new PositionLife(_state, "rain", Start);
        await AppendAsync(Life.OpenAccount());
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Read_AfterAWholeLife_GivesTheSameRecordsAndFoldsToTheSameState()
    {
        var written = new List<JournalRecord>();
        foreach (var batch in Life.Whole())
        {
            await AppendAsync(batch);
            written.AddRange(batch.Records);
        }

        var read = await ReadAsync();

        Assert.Equal(written.Select(Text), read.TakeLast(written.Count).Select(Text));
        var folded = new EngineState(PositionLife.Account);
        foreach (var record in read)
            folded.Apply(record);
        Assert.Equal(JsonSerializer.Serialize(Life.Position), JsonSerializer.Serialize(folded.Positions[Life.Id]));
        Assert.Equal(Sorted(_state.Ledger.Balances), Sorted(folded.Ledger.Balances));
        Assert.Equal(_state.Now, folded.Now);
        Assert.Equal(5, folded.Settings.MaxPositions);
    }

    [Fact]
    public async Task Append_AWholeLife_LeavesRowsThatAddUp()
    {
        foreach (var batch in Life.Whole())
            await AppendAsync(batch);

        // 100 × 1 + 100 × 0.27 − 100 × 0.50 − 100 × 0.40 − 3 × 1.25
        Assert.Equal(33_250_000, await NumberAsync("SELECT pnl_micros FROM positions"));
        Assert.Equal("closed", await TextAsync("SELECT status FROM positions"));
        Assert.Equal("divergence", await TextAsync("SELECT exit_reason FROM position_legs WHERE side = 'no'"));
        Assert.Equal(5_432, await NumberAsync("SELECT realized_slippage_micros FROM position_legs WHERE side = 'no'"));
        Assert.Equal(3, await NumberAsync("SELECT count(*) FROM orders WHERE status = 'filled'"));
        Assert.Equal(3_750_000, await NumberAsync("SELECT sum(fees_micros)::bigint FROM orders"));
        Assert.Equal(3, await NumberAsync("SELECT count(*) FROM fills WHERE settlement = 'posted'"));
        Assert.Equal("buy yes, buy no, sell no, redeem yes", await TextAsync(
            "SELECT string_agg(action || ' ' || side, ', ' ORDER BY executed_at) FROM trades"));
        Assert.Equal(0, await NumberAsync("SELECT count(*) FROM ledger_entries WHERE status = 'pending'"));
        Assert.Equal(0, await NumberAsync("SELECT abs(sum(amount_micros))::bigint FROM ledger_postings"));
        Assert.Equal(_state.Ledger.Cash.ToMicros, await NumberAsync(
            "SELECT sum(amount_micros)::bigint FROM ledger_postings WHERE ledger_account IN ('cash', 'reserved')"));
        Assert.Equal("5", await TextAsync("SELECT settings ->> 'maxPositions' FROM configuration WHERE version = 1"));
        Assert.Equal("yes", await TextAsync("SELECT resolution FROM markets"));
    }

    [Fact]
    public async Task Append_AllAtOnce_WritesTheSameRows()
    {
        var batches = Life.Whole().ToList();

        await AppendAsync(new JournalBatch
        {
            Records = [.. batches.SelectMany(batch => batch.Records)],
            Positions = [Life.Position],
        });

        Assert.Equal(33_250_000, await NumberAsync("SELECT pnl_micros FROM positions"));
        Assert.Equal(4, await NumberAsync("SELECT count(*) FROM trades"));
    }

    [Fact]
    public async Task Append_FailedTrade_IsVoidedEverywhere()
    {
        foreach (var batch in Life.Enter(isFirstConfirmed: false).Take(4))
            await AppendAsync(batch);

        Assert.Equal("voided", await TextAsync("SELECT settlement FROM fills"));
        Assert.Equal("voided", await TextAsync("SELECT settlement FROM trades"));
        Assert.Equal("voided", await TextAsync("SELECT status FROM ledger_entries WHERE kind = 'buy'"));
    }

    [Fact]
    public async Task Append_AfterAGap_IsABrokenInvariantAndWritesNothing()
    {
        var batches = Life.Enter().Take(3).ToList();

        await Assert.ThrowsAsync<InvalidOperationException>(() => AppendAsync(batches[1]));

        Assert.Equal(4, await NumberAsync("SELECT max(sequence) FROM journal"));
        Assert.Equal(0, await NumberAsync("SELECT count(*) FROM positions"));
    }

    [Fact]
    public async Task Append_TheSameBatchTwice_IsABrokenInvariant()
    {
        var batch = Life.Enter().First();
        await AppendAsync(batch);

        await Assert.ThrowsAsync<InvalidOperationException>(() => AppendAsync(batch));
    }

    [Fact]
    public async Task Append_LedgerEntryThatDoesNotBalance_WritesNothing()
    {
        foreach (var earlier in Life.Enter().Take(2))
            await AppendAsync(earlier);
        var batch = Life.Order();
        var record = batch.Records.Single();
        var order = (EngineOutput.OrderSubmitted)record.Output;
        var half = order.Reservation! with { Postings = [order.Reservation.Postings[0]] };
        JournalRecord[] wrong = [record with { Output = order with { Reservation = half } }];

        await Assert.ThrowsAsync<InvalidOperationException>(() => AppendAsync(batch with { Records = wrong }));

        Assert.Equal(6, await NumberAsync("SELECT max(sequence) FROM journal"));
        Assert.Equal(0, await NumberAsync("SELECT count(*) FROM orders"));
    }

    [Fact]
    public async Task Append_DatabaseAway_SaysThatNothingIsKnown()
    {
        await using var nowhere = NpgsqlDataSource.Create("Host=/nonexistent;Username=nobody;Password=none;Timeout=1");

        await Assert.ThrowsAsync<JournalUnavailableException>(
            () => new PostgresJournal(nowhere).AppendAsync(Life.Enter().First(), CancellationToken.None));
    }

    [Fact]
    public async Task ReadLastBids_OfOpenPositions_AreThoseOfTheLatestMark()
    {
        foreach (var batch in Life.Enter())
            await AppendAsync(batch);
        await AppendAsync(Life.Mark(0.61m, 0.35m));
        await AppendAsync(Life.Mark(0.62m, 0.34m));

        var restarted = new PostgresJournal(_database.Source);
        var bids = await restarted.ReadLastBidsAsync(PositionLife.Account, CancellationToken.None);

        Assert.Equal(Price.FromDecimal(0.62m), bids[Life.Market.TokenYes]);
        Assert.Equal(Price.FromDecimal(0.34m), bids[Life.Market.TokenNo]);
    }

    [Fact]
    public async Task Append_ManyDecisions_KeepsOpportunitiesOfEligibleMarketsOnly()
    {
        var decisions = Enumerable.Range(0, 3000)
            .Select(number => DecisionSamples.Make(number, Start, isEligible: number % 100 == 0));
        await AppendAsync(new JournalBatch { Decisions = [.. decisions] });

        await AppendAsync(new JournalBatch { Decisions = [DecisionSamples.Make(100, Start)] });

        Assert.Equal(3001, await NumberAsync("SELECT count(*) FROM decisions"));
        Assert.Equal(30, await NumberAsync("SELECT count(*) FROM opportunities"));
        Assert.Equal(29, await NumberAsync("SELECT count(*) FROM opportunities WHERE is_eligible"));
    }

    private async Task<List<JournalRecord>> ReadAsync()
    {
        var records = new List<JournalRecord>();
        await foreach (var record in _journal.ReadAsync(PositionLife.Account, 0, CancellationToken.None))
            records.Add(record);
        return records;
    }

    private Task AppendAsync(JournalBatch batch) => _journal.AppendAsync(batch, CancellationToken.None);

    private Task<string> TextAsync(string sql) => _database.ReadAsync<string>(sql);

    private async Task<long> NumberAsync(string sql) =>
        Convert.ToInt64(await _database.ReadAsync<object>(sql), System.Globalization.CultureInfo.InvariantCulture);

    private static string Text(JournalRecord record) => StorageJson.Write(record);

    private static IEnumerable<string> Sorted<TKey>(IEnumerable<KeyValuePair<TKey, long>> balances) =>
        balances.Select(balance => balance.ToString()).Order(StringComparer.Ordinal);
}
