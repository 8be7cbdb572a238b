using System.Runtime.CompilerServices;
using Equilibrage.Adapters.Storage;
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

    /// <summary>What the records add up to.</summary>
    public EngineState State { get; } = new(ChaosExchange.Account);

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

    /// <summary>Who leads; null before the first.</summary>
    public LeaseState? Lease { get; set; }

    /// <summary>What a process is told when the database does not answer.</summary>
    public static JournalUnavailableException Away() =>
        new("The database does not answer.", new TimeoutException());

    /// <summary>Writes a batch whole.</summary>
    /// <exception cref="InvalidOperationException">It does not follow, or books an event a second time.</exception>
    /// <exception cref="LeadershipLostException">Another process leads.</exception>
    public void Commit(JournalBatch batch)
    {
        if (batch.Epoch != Lease?.Epoch)
            throw new LeadershipLostException($"Epoch {batch.Epoch} is over.");
        foreach (var record in batch.Records)
        {
            if (record.Sequence != records.Count + 1)
            {
                throw new InvalidOperationException(
                    $"Record {record.Sequence} does not follow {records.Count}: two write, or one forgot to recover.");
            }

            if (record.Source is { } source && !booked.Add((source, record.SourceEventId!)))
                throw new InvalidOperationException($"{source} {record.SourceEventId} is booked a second time.");
            var stored = JournalJson.ReadRecord(JournalJson.Write(record));
            records.Add(stored);
            // As the engine does: between events, never within what one event led to.
            if (stored.Sequence > 1 && stored.CauseSequence == stored.Sequence)
                State.Prune();
            State.Apply(stored);
            if (record.Output is EngineOutput.OrderSubmitted submitted)
                Orders.Add(submitted.Order.VenueOrderId);
            if (record.Output is EngineOutput.RedemptionRequested requested)
                Operations.Add(State.RedemptionOf(requested.MarketId).Id);
            if (record.Output is EngineOutput.PairRequested pair)
                Operations.Add(pair.Operation.Id);
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
    public Task AppendAsync(JournalBatch batch, CancellationToken cancellation)
    {
        if (batch.IsEmpty)
            return Task.CompletedTask;
        if (database.IsAway)
            throw ChaosDatabase.Away();
        var drop = drops.Next(batch);
        if (drop == Fault.DropBeforeWrite)
            node.Kill();
        var written = new TaskCompletionSource();
        var isLost = drop == Fault.DropBeforeWrite || weather.Strikes(Fault.AppendLost);
        // What has reached the database is written there, also while its sender stands still, or is dead.
        time.After(weather.Dice.Micros(300, 6_000), () =>
        {
            var error = isLost ? ChaosDatabase.Away() : Write(batch);
            if (drop == Fault.DropAfterWrite)
                node.Kill();
            if (error is null && weather.Strikes(Fault.AppendUnsaid))
                error = ChaosDatabase.Away();
            time.After(weather.Dice.Micros(100, 2_000), () => node.Run(() => Say(written, error)));
        });
        return written.Task;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<JournalRecord> ReadAsync(
        AccountId account, long afterSequence, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await PassAsync(weather.Dice.Millis(1, 20));
        if (database.IsAway)
            throw ChaosDatabase.Away();
        foreach (var record in database.Records.Skip((int)afterSequence).ToList())
            yield return record;
    }

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<TokenId, Price>> ReadLastBidsAsync(
        AccountId account, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyDictionary<TokenId, Price>>(new Dictionary<TokenId, Price>(database.Bids));

    private static void Say(TaskCompletionSource written, Exception? error)
    {
        if (error is null)
            written.TrySetResult();
        else
            written.TrySetException(error);
    }

    private Exception? Write(JournalBatch batch)
    {
        try
        {
            database.Commit(batch);
            return null;
        }
        catch (Exception error) when (error is LeadershipLostException or InvalidOperationException)
        {
            return error;
        }
    }

    private Task PassAsync(TimeSpan length)
    {
        var passed = new TaskCompletionSource();
        time.After(length, () => node.Run(() => passed.TrySetResult()));
        return passed.Task;
    }
}
