using Equilibrage.Adapters.Polymarket.Operations;
using Equilibrage.Adapters.Storage;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Tests.Support;

namespace Equilibrage.Tests.Integration.Storage;

[Trait("Tier", "Integration")]
public sealed class PostgresOperationsTests(PostgresFixture postgres) : IAsyncLifetime
{
    private static readonly AccountId Account = new("sandbox:practice:0x01");
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_777_377_600);

    private TestDatabase database = null!;
    private PostgresOperations store = null!;

    public async ValueTask InitializeAsync()
    {
        database = await postgres.CreateDatabaseAsync(nameof(PostgresOperationsTests));
        await AddAccountAsync();
        store = new(database.Source, Account);
    }

    public ValueTask DisposeAsync() => database.DisposeAsync();

    [Fact]
    public async Task Row_WrittenAndRead_IsTheSame()
    {
        var row = Row("a") with
        {
            State = OperationState.Confirmed,
            Attempts = 3,
            Nonce = 7,
            FirstBlock = 60_000_000,
            Payload = [1, 2, 3],
            ExpiresAt = Now.AddMinutes(4),
            Reference = "id-7",
            Hashes = ["0x01", "0x02"],
            LastError = "wallet busy",
            Receipt = new(
                Usdc.FromMicros(-5), new Dictionary<TokenId, long> { [new("41")] = 5, [new("42")] = -6 }, "0xab"),
        };

        Assert.True(await store.TryAddAsync(row, default));

        var read = (await store.FindAsync(new("a"), default))!;
        Assert.Equivalent(row, read, strict: true);
        Assert.Equal(["0xab"], await store.ListTransactionsAsync(default));
        Assert.Null(await new PostgresOperations(database.Source, new("other")).FindAsync(new("a"), default));
    }

    [Fact]
    public async Task Add_KnownId_IsNotAdded()
    {
        Assert.True(await store.TryAddAsync(Row("a"), default));
        Assert.False(await store.TryAddAsync(Row("a"), default));
    }

    [Fact]
    public async Task Update_OfAnOlderRevision_IsRefused()
    {
        await store.TryAddAsync(Row("a"), default);
        var read = (await store.FindAsync(new("a"), default))!;

        Assert.True(await store.TryUpdateAsync(read with { LastError = "first" }, default));
        Assert.False(await store.TryUpdateAsync(read with { LastError = "second" }, default));

        var known = (await store.FindAsync(new("a"), default))!;
        Assert.Equal(("first", 1L), (known.LastError, known.Revision));
    }

    [Fact]
    public async Task Update_SecondOperationOnItsWay_BreaksAnInvariant()
    {
        var sent = Row("a") with { State = OperationState.Sent, Nonce = 1, Payload = [1] };
        await store.TryAddAsync(sent, default);
        await store.TryAddAsync(Row("b"), default);

        await Assert.ThrowsAsync<InvalidOperationException>(() => store.TryUpdateAsync(
            Row("b") with { State = OperationState.Sent, Nonce = 2, Payload = [1] }, default));

        Assert.Equal(new OperationId("a"), (await store.FindSentAsync(default))!.Operation.Id);
    }

    private static OperationRow Row(string id) => new()
    {
        Operation = new(new(id), ChainOperationKind.Split, new("0x0a"), new("p-1"), Quantity.FromDecimal(5)),
        State = OperationState.Queued,
        MarketTime = Now,
        RecordedAt = Now.AddSeconds(1),
        UpdatedAt = Now.AddSeconds(2),
        NextTry = Now.AddSeconds(3),
    };

    private async Task AddAccountAsync()
    {
        await using var insert = database.Source.CreateCommand(
            "INSERT INTO accounts (account_id, mode, venue, wallet, capital_micros, market_time, recorded_at) "
            + "VALUES ($1, 'sandbox', 'practice', '0x01', 0, now(), now())");
        insert.Parameters.Add(new() { Value = Account.Value });
        await insert.ExecuteNonQueryAsync();
    }
}
