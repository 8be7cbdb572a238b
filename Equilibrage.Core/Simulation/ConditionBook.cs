using System.Buffers.Binary;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.Simulation;

/// <summary>One resting order: the crowd's, or a user's when it has an owner.</summary>
internal sealed class RestingOrder(bool isBid, long price, long remaining, long sequence)
{
    public bool IsBid { get; } = isBid;

    /// <summary>Axis price in micro-dollars.</summary>
    public long Price { get; } = price;

    public long Remaining { get; set; } = remaining;

    public long Sequence { get; } = sequence;

    public ulong Identity { get; init; }

    public VenueOrderState? Owner { get; init; }
}

/// <summary>
/// The orders of one condition on the axis of its first outcome, in price-time priority: orders for the second outcome
/// are mirrored onto the axis, so that sales meet purchases of the same token, two purchases mint a set and two sales
/// merge one.
/// </summary>
internal sealed class ConditionBook
{
    /// <summary>Smallest part of a share that is traded, micro-shares.</summary>
    public const long Lot = 10_000;

    private const int ImageBytes = 1 + (4 * sizeof(long));

    private readonly List<RestingOrder> bids = [];
    private readonly List<RestingOrder> asks = [];

    public int UserOrders { get; private set; }

    public void Insert(RestingOrder order)
    {
        var side = order.IsBid ? bids : asks;
        var (low, high) = (0, side.Count);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (IsAhead(side[middle], order))
                low = middle + 1;
            else
                high = middle;
        }

        side.Insert(low, order);
        UserOrders += order.Owner is null ? 0 : 1;
    }

    public void Remove(RestingOrder order)
    {
        (order.IsBid ? bids : asks).Remove(order);
        UserOrders -= order.Owner is null ? 0 : 1;
    }

    /// <summary>
    /// Finds who would be met, best first, without touching anything; answers the micro-shares found.
    /// </summary>
    public long Plan(bool isBid, long axisLimit, long size, List<(RestingOrder Maker, long Size)> plan)
    {
        long found = 0;
        foreach (var maker in isBid ? asks : bids)
        {
            if (found >= size || (isBid ? maker.Price > axisLimit : maker.Price < axisLimit))
                break;
            var take = Math.Min(maker.Remaining, size - found);
            plan.Add((maker, take));
            found += take;
        }

        return found;
    }

    /// <summary>
    /// Finds who a purchase of so many dollars would meet, best first: of each maker as many hundredths of a share as
    /// the rest of the dollars pays. Answers true when the dollars are spent, but for less than the last price of one.
    /// </summary>
    public bool PlanDollars(bool isBid, long axisLimit, long dollars, List<(RestingOrder Maker, long Size)> plan)
    {
        foreach (var maker in isBid ? asks : bids)
        {
            if (isBid ? maker.Price > axisLimit : maker.Price < axisLimit)
                break;
            var price = isBid ? maker.Price : Micros.PerUnit - maker.Price;
            var affordable = Micros.Narrow((Int128)dollars * Micros.PerUnit / price);
            var take = Math.Min(maker.Remaining, affordable);
            take -= take % Lot;
            if (take == 0)
                return true;
            plan.Add((maker, take));
            dollars -= Micros.Narrow(Micros.CeilDiv((Int128)price * take, Micros.PerUnit));
        }

        var worst = isBid ? axisLimit : Micros.PerUnit - axisLimit;
        return (Int128)dollars * Micros.PerUnit < (Int128)worst * Lot;
    }

    /// <summary>The best price that a taker on this side would meet, or null.</summary>
    public long? BestFor(bool isBid)
    {
        var side = isBid ? asks : bids;
        return side.Count > 0 ? side[0].Price : null;
    }

    /// <summary>Takes size from a resting order.</summary>
    public void Reduce(RestingOrder maker, long size)
    {
        maker.Remaining -= size;
        if (maker.Remaining == 0)
            Remove(maker);
    }

    /// <summary>
    /// Removes the crowd's orders that <paramref name="wanted"/> does not have exactly so; answers what is new.
    /// </summary>
    public List<MakerOrder> Keep(ReadOnlySpan<MakerOrder> wanted)
    {
        var missing = new Dictionary<ulong, MakerOrder>(wanted.Length);
        foreach (var order in wanted)
            missing[order.Identity] = order;
        bids.RemoveAll(order => order.Owner is null && !IsKept(order, missing));
        asks.RemoveAll(order => order.Owner is null && !IsKept(order, missing));
        var fresh = new List<MakerOrder>(missing.Count);
        foreach (var order in wanted)
        {
            if (missing.ContainsKey(order.Identity))
                fresh.Add(order);
        }

        return fresh;
    }

    public RestingOrder? Find(VenueOrderState owner) =>
        (owner.IsBid ? bids : asks).Find(order => ReferenceEquals(order.Owner, owner));

    public void CopyTo(AxisLevels levels)
    {
        levels.Clear();
        foreach (var order in bids)
            levels.Add(true, order.Price, order.Remaining);
        foreach (var order in asks)
            levels.Add(false, order.Price, order.Remaining);
    }

    /// <summary>The crowd's orders as bytes, for the record.</summary>
    public byte[] CrowdImage()
    {
        var crowd = bids.Concat(asks).Where(order => order.Owner is null).ToList();
        var image = new byte[crowd.Count * ImageBytes];
        for (var i = 0; i < crowd.Count; i++)
        {
            var place = image.AsSpan(i * ImageBytes);
            place[0] = crowd[i].IsBid ? (byte)1 : (byte)0;
            BinaryPrimitives.WriteInt64BigEndian(place[1..], crowd[i].Price);
            BinaryPrimitives.WriteInt64BigEndian(place[9..], crowd[i].Remaining);
            BinaryPrimitives.WriteInt64BigEndian(place[17..], crowd[i].Sequence);
            BinaryPrimitives.WriteUInt64BigEndian(place[25..], crowd[i].Identity);
        }

        return image;
    }

    /// <summary>Puts the crowd's orders back as <see cref="CrowdImage"/> wrote them.</summary>
    public void Restore(ReadOnlySpan<byte> image)
    {
        for (var place = image; place.Length >= ImageBytes; place = place[ImageBytes..])
        {
            var price = BinaryPrimitives.ReadInt64BigEndian(place[1..]);
            var remaining = BinaryPrimitives.ReadInt64BigEndian(place[9..]);
            var sequence = BinaryPrimitives.ReadInt64BigEndian(place[17..]);
            var identity = BinaryPrimitives.ReadUInt64BigEndian(place[25..]);
            Insert(new(place[0] == 1, price, remaining, sequence) { Identity = identity });
        }
    }

    private static bool IsKept(RestingOrder order, Dictionary<ulong, MakerOrder> missing) =>
        missing.TryGetValue(order.Identity, out var wanted) && wanted.Size == order.Remaining
        && missing.Remove(order.Identity);

    private static bool IsAhead(RestingOrder resting, RestingOrder order) => resting.Price == order.Price
        ? resting.Sequence < order.Sequence
        : order.IsBid ? resting.Price > order.Price : resting.Price < order.Price;
}
