using Equilibrage.Core.Accounting;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.State;

/// <content>Splits and merges under way, and how entries went.</content>
public sealed partial class EngineState
{
    private readonly Dictionary<OperationId, PairOperation> pairs = [];
    private readonly Dictionary<MarketId, OneLegStatistics> oneLegs = [];

    /// <summary>Splits and merges that were asked for and have not been answered.</summary>
    public IReadOnlyDictionary<OperationId, PairOperation> Pairs => pairs;

    /// <summary>
    /// Everything on the chain that was asked for and not answered: asking again under the same ids is safe, and a
    /// start does.
    /// </summary>
    public IEnumerable<ChainOperation> PendingOperations =>
        [.. redemptions.Select(RedemptionOf), .. pairs.Values.Select(pair => pair.Operation)];

    /// <summary>How entries into each market went, ever.</summary>
    public IReadOnlyDictionary<MarketId, OneLegStatistics> OneLegs => oneLegs;

    /// <summary>The position's split or merge that is under way, if any.</summary>
    public PairOperation? PairOf(PositionId position) =>
        pairs.Values.FirstOrDefault(pair => pair.PositionId == position);

    /// <summary>True while something of a position is under way: an order, a split or a merge.</summary>
    public bool IsBusy(PositionId position) => PairOf(position) is not null || WorkingOrders(position).Any();

    /// <summary>Shares of a leg whose purchase is not final: they may yet be taken back.</summary>
    public Quantity Unsettled(PositionId position, TokenId token) => Quantity.FromMicros(Ledger.Pending
        .Where(entry => entry.PositionId == position)
        .SelectMany(entry => entry.Postings)
        .Where(posting => posting.Account == LedgerAccount.Holdings && posting.Asset == Asset.Of(token))
        .Sum(posting => Math.Max(0, posting.Micros)));

    private void Request(EngineOutput.PairRequested requested, Stamp at)
    {
        var operation = requested.Operation;
        if (operation.PositionId is not { } position)
            throw new InvalidOperationException($"Operation {operation.Id} does not say whose it is.");
        if (requested.Reservation is { } reservation)
            Ledger.Apply(reservation);
        pairs.Add(
            operation.Id,
            new(operation, position, requested.PriceYes, Reservation(requested.Reservation), at));
    }

    private void Book(EngineOutput.PairBooked booked, Stamp at)
    {
        if (!pairs.Remove(booked.OperationId))
            throw new InvalidOperationException($"Operation {booked.OperationId} was not asked for.");
        if (booked.Release is { } release)
            Ledger.Apply(release);
        Ledger.Apply(booked.Entry);
        Remember(booked);
        var isSplit = booked.OperationKind == ChainOperationKind.Split;
        foreach (var outcome in Outcomes.Both)
        {
            var dollars = booked.DollarsOf(outcome);
            ChangeLeg(
                booked.PositionId, outcome,
                leg => isSplit ? leg.Split(booked.Pairs, dollars) : leg.Merge(booked.Pairs, dollars));
        }

        // The chain takes its time, in which no leg stood alone: the timer of the rest begins here.
        var position = positions[booked.PositionId];
        var deadline = at.RecordedAt.AddSeconds((double)position.Rules.OneLegSeconds);
        if (isSplit && deadline > position.EntryDeadline)
            positions[position.Id] = position with { EntryDeadline = deadline };
    }

    private void Fail(EngineOutput.PairFailed failed, Stamp at)
    {
        if (!pairs.Remove(failed.OperationId, out var pair))
            throw new InvalidOperationException($"Operation {failed.OperationId} was not asked for.");
        if (failed.Release is { } release)
            Ledger.Apply(release);
        var position = positions[failed.PositionId] with { ArePairsRefused = true };
        var isSplit = pair.Operation.Kind == ChainOperationKind.Split;
        positions[position.Id] = isSplit
            ? position with { EntryDeadline = at.RecordedAt.AddSeconds((double)position.Rules.OneLegSeconds) }
            : position;
    }

    private void Decide(EngineOutput.OneLegDecided decided)
    {
        var position = positions[decided.PositionId];
        positions[position.Id] = position with { OneLeg = decided.Episode };
        Count(position.MarketId, counts => counts with
        {
            OneLegs = counts.OneLegs + (decided.IsFirst ? 1 : 0),
            Chases = counts.Chases + (decided.Episode.IsChase ? 1 : 0),
            Unwinds = counts.Unwinds + (decided.Episode.IsChase ? 0 : 1),
        });
    }

    private void End(EngineOutput.OneLegEnded ended)
    {
        var position = positions[ended.PositionId];
        positions[position.Id] = position with { OneLeg = position.OneLeg! with { IsOver = true } };
        Count(position.MarketId, counts => counts with { Cost = counts.Cost + ended.Cost });
    }

    private void CountEntry(Position position, bool isEntered)
    {
        if (position.Yes.IsWanted && position.No.IsWanted)
        {
            Count(position.MarketId, counts => isEntered
                ? counts with { Entered = counts.Entered + 1 }
                : counts with { Attempts = counts.Attempts + 1 });
        }
    }

    private void Count(MarketId market, Func<OneLegStatistics, OneLegStatistics> change) =>
        oneLegs[market] = change(oneLegs.GetValueOrDefault(market) ?? OneLegStatistics.None(market));
}
