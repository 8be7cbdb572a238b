using Equilibrage.Adapters.Storage;
using Equilibrage.Core.Ports;
using Equilibrage.Core.State;
using Equilibrage.Tests.Support;
using Npgsql;

namespace Equilibrage.Tests.Integration.Storage;

/// <summary>Two processes on one account, each with a clock of its own: one leads, and never two.</summary>
[Trait("Tier", "Integration")]
public sealed class PostgresLeaseTests(PostgresFixture postgres) : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2026, 3, 11, 12, 0, 0, TimeSpan.Zero);

    private readonly ManualTime _firstTime = new();
    private readonly ManualTime _secondTime = new();
    private TestDatabase _database = null!;
    private AccountLease _first = null!;
    private AccountLease _second = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await postgres.CreateDatabaseAsync(nameof(PostgresLeaseTests));
        _first = Lease(_firstTime);
        _second = Lease(_secondTime);
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Take_OfAFreeAccount_LeadsUnderEpochOneAndTheOtherDoesNot()
    {
        Assert.True(await TakeAsync(_first));
        Assert.False(await TakeAsync(_second));

        Assert.Equal((1, 0), (_first.Epoch, _second.Epoch));
        Assert.True(_first.MaySend());
        Assert.False(_second.MaySend());
        Assert.Contains($"process {Environment.ProcessId}", _second.Leader, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Take_TenSecondsAfterTheLastRenewalWasSeen_LeadsUnderTheNextEpoch()
    {
        await TakeAsync(_first);
        await TakeAsync(_second);

        _secondTime.Advance(TimeSpan.FromSeconds(9.9));
        Assert.False(await TakeAsync(_second));
        _secondTime.Advance(TimeSpan.FromSeconds(0.1));
        Assert.True(await TakeAsync(_second));

        Assert.Equal(2, _second.Epoch);
    }

    [Fact]
    public async Task Take_OfALeaseThatIsRenewed_WaitsTenSecondsFromEveryRenewal()
    {
        await TakeAsync(_first);
        await TakeAsync(_second);
        using var ending = new CancellationTokenSource();
        var keeping = _first.KeepAsync(ending.Token);
        for (var renewal = 1; renewal <= 6; renewal++)
        {
            await PassAsync(renewal);
            _secondTime.Advance(TimeSpan.FromSeconds(9));
            Assert.False(await TakeAsync(_second));
            Assert.True(_first.MaySend());
        }

        await ending.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => keeping);
    }

    [Fact]
    public async Task MaySend_LessThanThreeSecondsBeforeTheEnd_IsFalse()
    {
        await TakeAsync(_first);

        _firstTime.Advance(TimeSpan.FromSeconds(6.9));
        Assert.True(_first.MaySend());
        _firstTime.Advance(TimeSpan.FromSeconds(0.1));
        Assert.False(_first.MaySend());
    }

    [Fact]
    public async Task MaySend_AfterASleepThatOnlyTheWallClockSaw_IsFalse()
    {
        var time = new SplitTime();
        var lease = Lease(time);
        await TakeAsync(lease);

        time.Wall += TimeSpan.FromSeconds(8);

        Assert.False(lease.MaySend());
    }

    [Fact]
    public async Task Keep_AfterAPauseLongerThanTheLease_LosesItEvenWhenNobodyTookIt()
    {
        var time = new SplitTime();
        var lease = Lease(time, new() { RenewalPause = TimeSpan.FromMilliseconds(10) });
        await TakeAsync(lease);

        time.Pass(TimeSpan.FromSeconds(30));

        await Assert.ThrowsAsync<LeadershipLostException>(
            () => lease.KeepAsync(TestContext.Current.CancellationToken));
        Assert.False(lease.MaySend());
        Assert.Equal(0, lease.Epoch);
        Assert.True(await TakeAsync(lease));
        Assert.Equal(2, lease.Epoch);
    }

    [Fact]
    public async Task Keep_OfALeaseThatAnotherTook_LosesIt()
    {
        await TakeAsync(_first);
        await TakeAsync(_second);
        _secondTime.Advance(TimeSpan.FromSeconds(10));
        await TakeAsync(_second);
        var keeping = _first.KeepAsync(TestContext.Current.CancellationToken);

        _firstTime.Advance(TimeSpan.FromSeconds(2));

        await LoseAsync(keeping);
        Assert.False(_first.MaySend());
    }

    [Fact]
    public async Task Release_OfALease_LetsTheOtherLeadAtOnce()
    {
        await TakeAsync(_first);
        await TakeAsync(_second);

        await _first.ReleaseAsync(TestContext.Current.CancellationToken);

        Assert.False(_first.MaySend());
        Assert.True(await TakeAsync(_second));
    }

    [Fact]
    public async Task Take_WhereNoOtherProcessCanLive_DoesNotWaitForTheDead()
    {
        await TakeAsync(_first);
        var next = Exclusive();

        Assert.True(await TakeAsync(next));
        Assert.Equal(2, next.Epoch);
    }

    [Fact]
    public async Task Append_UnderAnEpochThatIsOver_IsRefusedAndWritesNothing()
    {
        var life = new PositionLife(new(PositionLife.Account), "rain", Start);
        var journal = new PostgresJournal(_database.Source);
        await TakeAsync(_first);
        await AppendAsync(journal, life.OpenAccount() with { Epoch = 1 });
        _second = Exclusive();
        await TakeAsync(_second);
        var batch = life.Enter().First();

        var lost = await Assert.ThrowsAsync<LeadershipLostException>(
            () => AppendAsync(journal, batch with { Epoch = 1 }));
        await Assert.ThrowsAsync<LeadershipLostException>(() => AppendAsync(journal, batch));
        await Assert.ThrowsAsync<LeadershipLostException>(() => new PostgresDecisionLog(_database.Source).AppendAsync(
            [DecisionSamples.Make(1, Start)], [], 1, TestContext.Current.CancellationToken));

        Assert.Contains("under epoch 2", lost.Message, StringComparison.Ordinal);
        Assert.Equal(4, await _database.ReadAsync<long>("SELECT max(sequence) FROM journal"));
        Assert.Equal(0, await _database.ReadAsync<long>("SELECT count(*) FROM decisions"));
        await AppendAsync(journal, batch with { Epoch = 2 });
        Assert.Equal(5, await _database.ReadAsync<long>("SELECT max(sequence) FROM journal"));
    }

    [Fact]
    public async Task Take_WhileTheOldEpochStillWrites_WaitsForThatWrite()
    {
        await TakeAsync(_first);
        await using var writer = await _database.Source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var write = await writer.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using (var held = new NpgsqlCommand($"SELECT require_lease('{PositionLife.Account}', 1)", writer))
            await held.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        var next = Exclusive();

        var taking = TakeAsync(next);
        await Eventually.TrueAsync(async () => await _database.ReadAsync<long>(
            "SELECT count(*) FROM pg_locks WHERE NOT granted") > 0);
        Assert.False(taking.IsCompleted);
        await write.CommitAsync(TestContext.Current.CancellationToken);

        Assert.True(await taking);
    }

    [Fact]
    public async Task Hold_OfANameThatAnotherProcessKeeps_IsRefusedUntilThatGivesItUp()
    {
        var held = await DatabaseHold.TryTakeAsync(_database.Source, "it", TestContext.Current.CancellationToken);
        Assert.NotNull(held);
        Assert.Null(await DatabaseHold.TryTakeAsync(_database.Source, "it", TestContext.Current.CancellationToken));

        await held.DisposeAsync();

        await using var next = await DatabaseHold.TryTakeAsync(
            _database.Source, "it", TestContext.Current.CancellationToken);
        Assert.NotNull(next);
    }

    private static Task<bool> TakeAsync(AccountLease lease) =>
        lease.TakeAsync(TestContext.Current.CancellationToken);

    private static Task AppendAsync(PostgresJournal journal, JournalBatch batch) =>
        journal.AppendAsync(batch, TestContext.Current.CancellationToken);

    private AccountLease Lease(TimeProvider time, LeaseRules? rules = null) =>
        new(new PostgresLeaseTable(_database.Source, PositionLife.Account), false, rules ?? new(), time);

    private AccountLease Exclusive() =>
        new(new PostgresLeaseTable(_database.Source, PositionLife.Account), true, new(), _secondTime);

    /// <summary>A renewal that was under way when time stood still is tried again later.</summary>
    private async Task LoseAsync(Task keeping)
    {
        await Eventually.TrueAsync(() =>
        {
            _firstTime.Advance(TimeSpan.FromMilliseconds(500));
            return keeping.IsCompleted;
        });
        await Assert.ThrowsAsync<LeadershipLostException>(() => keeping);
    }

    /// <summary>Two seconds of the first process, and its renewal.</summary>
    private async Task PassAsync(long renewal)
    {
        await Eventually.TrueAsync(() => _firstTime.Waiting == 1);
        _firstTime.Advance(TimeSpan.FromSeconds(2));
        await Eventually.TrueAsync(async () =>
            await _database.ReadAsync<long>("SELECT renewals FROM leases") == renewal);
    }
}
