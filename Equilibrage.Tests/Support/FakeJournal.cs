using Equilibrage.Core.Markets;
using Equilibrage.Core.Ports;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;

namespace Equilibrage.Tests.Support;

/// <summary>A journal in memory; it filters by order and position alone and remembers the question.</summary>
public sealed class FakeJournal : IJournalReader
{
    /// <summary>The records, oldest first.</summary>
    public List<JournalLine> Lines { get; } = [];

    /// <summary>Decisions by id.</summary>
    public List<DecisionView> Decisions { get; } = [];

    /// <summary>The last page that was asked for.</summary>
    public (JournalFilter Filter, long? Cursor, bool IsNewestFirst, int Limit)? Asked { get; private set; }

    /// <summary>Thrown by every question while set.</summary>
    public Exception? Failure { get; set; }

    /// <summary>Takes records of one market in.</summary>
    public void Add(IEnumerable<JournalRecord> records, Market market)
    {
        foreach (var record in records)
            Lines.Add(new(record, Kind(record), JournalJson.Write(record.Output), market));
    }

    /// <inheritdoc/>
    public Task<JournalPage> PageAsync(
        AccountId account, JournalFilter filter, long? cursor, bool isNewestFirst, int limit,
        CancellationToken cancellation)
    {
        if (Failure is { } failure) throw failure;
        Asked = (filter, cursor, isNewestFirst, limit);
        var found = Lines
            .Where(line => filter.Order is null || line.Record.ClientOrderId?.Value == filter.Order)
            .Where(line => filter.Position is null || line.Record.PositionId == filter.Position)
            .OrderBy(line => isNewestFirst ? -line.Record.Sequence : line.Record.Sequence).ToList();
        return Task.FromResult(new JournalPage(
            [.. found.Take(limit)], found.Count > limit ? found[limit - 1].Record.Sequence : null));
    }

    /// <inheritdoc/>
    public Task<(ClientOrderId Order, PositionId Position)?> FindOrderAsync(
        AccountId account, string id, CancellationToken cancellation)
    {
        var line = Lines.FirstOrDefault(known => known.Record.ClientOrderId?.Value == id);
        return Task.FromResult<(ClientOrderId, PositionId)?>(line is null
            ? null
            : (line.Record.ClientOrderId!.Value, line.Record.PositionId!.Value));
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<JournalLine>> StoryAsync(
        AccountId account, PositionId id, CancellationToken cancellation)
    {
        var market = Lines.FirstOrDefault(line => line.Record.PositionId == id)?.Record.MarketId;
        return Task.FromResult<IReadOnlyList<JournalLine>>(
        [
            .. Lines.Where(line => line.Record.PositionId == id
                || (market is not null && line.Record.PositionId is null && line.Record.MarketId == market)),
        ]);
    }

    /// <inheritdoc/>
    public Task<DecisionView?> DecisionOfAsync(AccountId account, PositionId id, CancellationToken cancellation) =>
        Task.FromResult(Decisions.FirstOrDefault(decision => decision.PositionId == id));

    /// <inheritdoc/>
    public Task<DecisionView?> DecisionAsync(AccountId account, long id, CancellationToken cancellation) =>
        Task.FromResult(Decisions.FirstOrDefault(decision => decision.Id == id));

    private static string Kind(JournalRecord record) => string.Concat(record.Output.GetType().Name.Select(
        (letter, at) => char.IsUpper(letter) && at > 0
            ? $"_{char.ToLowerInvariant(letter)}"
            : $"{char.ToLowerInvariant(letter)}"));
}
