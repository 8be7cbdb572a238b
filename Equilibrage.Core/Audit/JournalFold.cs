using Equilibrage.Core.Accounting;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;

namespace Equilibrage.Core.Audit;

/// <summary>An entry as the journal booked it.</summary>
/// <param name="Record">The record that did.</param>
/// <param name="Entry">The entry.</param>
public sealed record BookedEntry(JournalRecord Record, Entry Entry)
{
    /// <summary>Where it stands after the whole journal.</summary>
    public EntryStatus Status { get; internal set; } = Entry.Status;

    /// <summary>Market time at which it became final; null while pending.</summary>
    public DateTimeOffset? SettledAt { get; internal set; } =
        Entry.Status == EntryStatus.Pending ? null : Record.At.MarketTime;
}

/// <summary>
/// The journal read from its first record to its last: folded as recovery folds it, but forgetting nothing, and added
/// up a second time without the ledger.
/// </summary>
public sealed class JournalFold(AccountId account)
{
    private readonly List<JournalRecord> records = [];
    private readonly Dictionary<string, BookedEntry> entries = [];
    private readonly Dictionary<(LedgerAccount Account, Asset Asset), long> balances = [];
    private readonly Dictionary<(PositionId Position, TokenId Token), long> redeemed = [];
    private readonly Dictionary<TradeId, List<BookedEntry>> pending = [];
    private readonly List<AuditDifference> broken = [];
    private readonly HashSet<VenueOrderId> sent = [];

    /// <summary>The account.</summary>
    public AccountId AccountId => account;

    /// <summary>The folded state, with every position and order that ever was.</summary>
    public EngineState State { get; } = new(account);

    /// <summary>All records so far.</summary>
    public IReadOnlyList<JournalRecord> Records => records;

    /// <summary>All entries, by id.</summary>
    public IReadOnlyDictionary<string, BookedEntry> Entries => entries;

    /// <summary>Sums of all postings that count, computed apart from the ledger.</summary>
    public IReadOnlyDictionary<(LedgerAccount Account, Asset Asset), long> Balances => balances;

    /// <summary>Micro-shares of each leg that were redeemed.</summary>
    public IReadOnlyDictionary<(PositionId Position, TokenId Token), long> Redeemed => redeemed;

    /// <summary>The latest resolution of each market.</summary>
    public Dictionary<MarketId, (Resolution Resolution, JournalRecord Record)> Resolutions { get; } = [];

    /// <summary>Everything that is wrong with the journal itself.</summary>
    public IReadOnlyList<AuditDifference> Broken => broken;

    /// <summary>True while every record followed the one before; tables are compared only then.</summary>
    public bool IsWhole { get; private set; } = true;

    /// <summary>Takes the next record in.</summary>
    public void Add(JournalRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        if (!IsWhole)
            return;
        var expected = State.Sequence + 1;
        if (record.Sequence != expected)
        {
            Break($"{expected}", "sequence", $"{expected}", $"{record.Sequence}",
                $"record {expected} is missing: the next one is {record.Sequence}");
            return;
        }

        if (record.Output is EngineOutput.OrderSubmitted { Order.VenueOrderId: var id } && !sent.Add(id))
        {
            Report("journal", $"order {id}", "sent", "1", "2",
                $"order {id} was sent twice, again by record {expected}");
        }

        foreach (var entry in EntriesOf.Output(record.Output))
            CheckBalance(entry);
        if (TryFold(record))
            Remember(record);
    }

    /// <summary>Says that a record cannot be read.</summary>
    public void AddUnreadable(long sequence, string why) =>
        Break($"{sequence}", "payload", "a record", "unreadable", $"record {sequence} cannot be read: {why}");

    private bool TryFold(JournalRecord record)
    {
        try
        {
            State.Apply(record);
            return true;
        }
        catch (Exception error) when (error is InvalidOperationException or KeyNotFoundException
            or ArgumentException or OverflowException)
        {
            Break($"{record.Sequence}", "fold", "a fact that follows", "a contradiction",
                $"record {record.Sequence} ({record.Output.GetType().Name}) contradicts the ones before: "
                + error.Message);
            return false;
        }
    }

    private void Remember(JournalRecord record)
    {
        records.Add(record);
        foreach (var entry in EntriesOf.Output(record.Output))
            Book(new(record, entry));
        switch (record.Output)
        {
            case EngineOutput.TradeSettled settled: Settle(settled, record.At.MarketTime); break;
            case EngineOutput.MarketResolved resolved:
                Resolutions[resolved.Resolution.MarketId] = (resolved.Resolution, record);
                break;
        }
    }

    private void Book(BookedEntry booked)
    {
        var entry = booked.Entry;
        if (!entries.TryAdd(entry.Id, booked))
        {
            Report("journal", $"entry {entry.Id}", "booked", "1", "2",
                $"entry {entry.Id} was booked twice, again by record {booked.Record.Sequence}");
        }

        if (entry is { Status: EntryStatus.Pending, TradeId: { } trade })
        {
            if (!pending.TryGetValue(trade, out var same))
                pending.Add(trade, same = []);
            same.Add(booked);
        }

        CheckRedemption(entry);
        Add(entry, 1);
    }

    private void CheckBalance(Entry entry)
    {
        foreach (var asset in entry.Postings.GroupBy(posting => posting.Asset))
        {
            var sum = asset.Sum(posting => posting.Micros);
            if (sum != 0)
            {
                Report("ledger", $"entry {entry.Id}", "balance", "0", Micros.Format(sum),
                    $"entry {entry.Id} does not balance: {asset.Key} is off by {Micros.Format(sum)}");
            }
        }
    }

    /// <summary>A redemption turns a claim into cash; what it brought was booked when the market ended.</summary>
    private void CheckRedemption(Entry entry)
    {
        if (entry.Kind != "redeem")
            return;
        var profit = entry.Postings
            .Where(posting => posting.Account is LedgerAccount.RealizedPnl or LedgerAccount.Fees)
            .Sum(posting => posting.Micros);
        if (profit != 0)
        {
            Report("ledger", $"entry {entry.Id}", "redemption", "0", Micros.Format(-profit),
                $"redemption {entry.Id} books {Micros.Format(-profit)} of profit: it may move cash only");
        }
    }

    private void Settle(EngineOutput.TradeSettled settled, DateTimeOffset at)
    {
        if (!pending.Remove(settled.TradeId, out var booking))
            return;
        foreach (var booked in booking)
        {
            booked.Status = settled.IsConfirmed ? EntryStatus.Posted : EntryStatus.Voided;
            booked.SettledAt = at;
            if (!settled.IsConfirmed)
                Add(booked.Entry, -1);
        }
    }

    private void Add(Entry entry, int sign)
    {
        foreach (var posting in entry.Postings)
        {
            var key = (posting.Account, posting.Asset);
            balances[key] = balances.GetValueOrDefault(key) + (sign * posting.Micros);
            if (entry.Kind == "redeem" && posting.Account == LedgerAccount.Holdings && entry.PositionId is { } position)
            {
                var leg = (position, new TokenId(posting.Asset.Value));
                redeemed[leg] = redeemed.GetValueOrDefault(leg) - (sign * posting.Micros);
            }
        }
    }

    private void Break(string where, string what, string? expected, string? found, string message)
    {
        Report("journal", where, what, expected, found, message);
        IsWhole = false;
    }

    private void Report(string area, string where, string what, string? expected, string? found, string message) =>
        broken.Add(new(area, where, what, expected, found, $"{area}: {message}"));
}
