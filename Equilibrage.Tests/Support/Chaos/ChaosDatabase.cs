using System.Runtime.CompilerServices;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Ports;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;

namespace Equilibrage.Tests.Support.Chaos;

/// <summary>What is durable: the journal as text, the latest bids, and which events of others are booked.</summary>
internal sealed class ChaosDatabase
{
    private readonly List<JournalRecord> records = [];
    private readonly HashSet<(string Source, string Id)> booked = [];

    /// <summary>All records, each read back from its text.</summary>
    public IReadOnlyList<JournalRecord> Records => records;

    /// <summary>Bids of the latest price marks.</summary>
    public Dictionary<TokenId, Price> Bids { get; } = [];

    /// <summary>Transactions so far.</summary>
    public int Writes { get; private set; }

    /// <summary>True while it takes no connection.</summary>
    public bool IsAway { get; set; }

    /// <summary>Orders whose decision is durable.</summary>
    public HashSet<VenueOrderId> Orders { get; } = [];

    /// <summary>Operations whose decision is durable.</summary>
    public HashSet<OperationId> Operations { get; } = [];

    /// <summary>Writes a batch whole.</summary>
    /// <exception cref="InvalidOperationException">It does not follow, or books an event a second time.</exception>
    public void Commit(JournalBatch batch)
    {
        foreach (var record in batch.Records)
        {
            if (record.Sequence != records.Count + 1)
            {
                throw new InvalidOperationException(
                    $"Record {record.Sequence} does not follow {records.Count}: two write, or one forgot to recover.");
            }

            if (record.Source is { } source && !booked.Add((source, record.SourceEventId!)))
                throw new InvalidOperationException($"{source} {record.SourceEventId} is booked a second time.");
            records.Add(JournalJson.ReadRecord(JournalJson.Write(record)));
            if (record.Output is EngineOutput.OrderSubmitted submitted)
                Orders.Add(submitted.Order.VenueOrderId);
            if (record.Output is EngineOutput.RedemptionRequested requested)
                Operations.Add(ChainOperation.Redemption(requested.MarketId).Id);
        }

        foreach (var mark in batch.Marks)
        {
            if (mark.BidYes is { } yes)
                Bids[mark.TokenYes] = yes;
            if (mark.BidNo is { } no)
                Bids[mark.TokenNo] = no;
        }

        Writes++;
    }
}

/// <summary>
/// One process's connection to the database. A write is durable at one moment between its call and its answer; what
/// fails on the way is written or not, and nobody says which.
/// </summary>
internal sealed class ChaosJournal(
    Timeline time, VirtualNode node, ChaosDatabase database, Weather weather, WriteDrops drops) : IJournal
{
    /// <inheritdoc/>
    public async Task AppendAsync(JournalBatch batch, CancellationToken cancellation)
    {
        if (batch.IsEmpty)
            return;
        if (database.IsAway)
            throw Away();
        var drop = drops.Next(batch);
        await PassAsync(weather.Dice.Micros(300, 6_000));
        if (drop == Fault.DropBeforeWrite)
            await DieAsync();
        if (weather.Strikes(Fault.AppendLost))
            throw Away();
        database.Commit(batch);
        if (drop == Fault.DropAfterWrite)
            await DieAsync();
        await PassAsync(weather.Dice.Micros(100, 2_000));
        if (weather.Strikes(Fault.AppendUnsaid))
            throw Away();
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<JournalRecord> ReadAsync(
        AccountId account, long afterSequence, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await PassAsync(weather.Dice.Millis(1, 20));
        if (database.IsAway)
            throw Away();
        foreach (var record in database.Records.Skip((int)afterSequence).ToList())
            yield return record;
    }

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<TokenId, Price>> ReadLastBidsAsync(
        AccountId account, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyDictionary<TokenId, Price>>(new Dictionary<TokenId, Price>(database.Bids));

    private static JournalUnavailableException Away() =>
        new("The database does not answer.", new TimeoutException());

    // The process ends here: what follows is never reached.
    private Task DieAsync()
    {
        node.Kill();
        return new TaskCompletionSource().Task;
    }

    private Task PassAsync(TimeSpan length)
    {
        var passed = new TaskCompletionSource();
        time.After(length, () => node.Run(() => passed.TrySetResult()));
        return passed.Task;
    }
}
