using Equilibrage.Core.Accounting;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.State;

/// <content>What the wallet does beside us, and how high equity has been.</content>
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

    /// <summary>
    /// The highest equity so far, redeemable winners included. A transfer and what the wallet does beside us move it by
    /// the same amount, so that neither is a gain or a drawdown.
    /// </summary>
    public Usdc Peak { get; private set; }

    /// <summary>True when an activity is booked as external.</summary>
    public bool IsBooked(ActivityItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return external.ContainsKey(item.Id);
    }

    /// <summary>Splits, merges and redemptions of ours that the account's activity may tell of again.</summary>
    public IReadOnlyList<OwnMovement> OwnMovements => own;

    private void Book(EngineOutput.ExternalBooked booked, Stamp at)
    {
        Ledger.Apply(booked.Entry);
        if (booked.ActivityId is { } id)
            external[id] = at.MarketTime;
        if (Peak == Usdc.Zero || booked.Activity is ActivityKind.Reward or ActivityKind.Rebate or ActivityKind.Yield)
            return;
        var moved = booked.Entry.Postings
            .Where(posting => posting is { Account: LedgerAccount.Cash } && posting.Asset == Asset.Usdc)
            .Sum(posting => posting.Micros);
        Peak = Usdc.Max(Usdc.Zero, Peak + Usdc.FromMicros(moved));
    }

    private void ReadThrough(DateTimeOffset through)
    {
        Watermark = through;
        var longAgo = through - LongestDelay;
        foreach (var id in external.Where(known => known.Value < longAgo).Select(known => known.Key).ToList())
            external.Remove(id);
        own.RemoveAll(movement => movement.At < longAgo);
    }

    private void Remember(EngineOutput.RedemptionBooked redeemed)
    {
        var (cash, shares) = OwnMovement.SumOf(redeemed.Entries);
        own.Add(new(ActivityKind.Redeem, redeemed.TransactionHash, cash, shares, Now.MarketTime));
    }
}
