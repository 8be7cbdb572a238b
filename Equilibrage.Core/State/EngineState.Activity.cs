using Equilibrage.Core.Accounting;
using Equilibrage.Core.Orders;

namespace Equilibrage.Core.State;

/// <content>What the wallet does beside us.</content>
public sealed partial class EngineState
{
    private readonly Dictionary<string, DateTimeOffset> external = new(StringComparer.Ordinal);
    private readonly List<OwnMovement> own = [];

    /// <summary>Market time at which the account was opened.</summary>
    public DateTimeOffset OpenedAt { get; private set; }

    /// <summary>
    /// Market time up to which the account's activity is booked: the next reading begins here. Null before the first.
    /// </summary>
    public DateTimeOffset? Watermark { get; private set; }

    /// <summary>True when an activity is booked as external.</summary>
    public bool IsBooked(ActivityItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return external.ContainsKey(item.Id);
    }

    /// <summary>Orders that work at the venue and are not ours, as last read; forgotten on a restart.</summary>
    public IReadOnlyList<VenueOrder> ExternalOrders { get; set; } = [];

    /// <summary>
    /// Differences from the venue's record that were seen and are not incidents yet, with the wall time of the first
    /// look; forgotten on a restart.
    /// </summary>
    public Dictionary<Asset, DateTimeOffset> Suspected { get; } = [];

    /// <summary>Splits, merges and redemptions of ours that the account's activity may tell of again.</summary>
    public IReadOnlyList<OwnMovement> OwnMovements => own;

    private void Book(EngineOutput.ExternalBooked booked, Stamp at)
    {
        Ledger.Apply(booked.Entry);
        if (booked.ActivityId is { } id)
            external[id] = at.MarketTime;
    }

    private void ReadThrough(DateTimeOffset through)
    {
        Watermark = through;
        var longAgo = through - LongestDelay;
        foreach (var id in external.Where(known => known.Value < longAgo).Select(known => known.Key).ToList())
            external.Remove(id);
        own.RemoveAll(movement => movement.At < longAgo);
    }

    private void Remember(EngineOutput.PairBooked booked)
    {
        var (cash, shares) = OwnMovement.SumOf([booked.Entry]);
        var kind = booked.OperationKind == ChainOperationKind.Split ? ActivityKind.Split : ActivityKind.Merge;
        own.Add(new(kind, booked.TransactionHash, cash, shares, Now.MarketTime));
    }

    private void Remember(EngineOutput.RedemptionBooked redeemed)
    {
        var (cash, shares) = OwnMovement.SumOf(redeemed.Entries);
        own.Add(new(ActivityKind.Redeem, redeemed.TransactionHash, cash, shares, Now.MarketTime));
    }
}
