using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.Simulation;

/// <summary>What was traded in one hour.</summary>
/// <param name="Volume">Dollars.</param>
/// <param name="WhaleNet">Dollars of large trades toward the first outcome minus toward the second.</param>
public readonly record struct HourFlow(Usdc Volume, Usdc WhaleNet);

/// <summary>An order that takes.</summary>
/// <param name="At">Market second.</param>
/// <param name="IsBid">True when it buys the first outcome (or sells the second).</param>
/// <param name="Dollars">What it spends at the axis price.</param>
/// <param name="IsWhale">True for a large trade.</param>
public readonly record struct TakerOrder(long At, bool IsBid, Usdc Dollars, bool IsWhale);

/// <summary>
/// The takers of one listing. The flow of an hour is a pure function of that hour; the orders of a step are the slice
/// of their hours' flow that falls into it.
/// </summary>
public sealed class Takers
{
    private const long Hour = 3600;
    private const long WhaleVolume = 1000 * Micros.PerUnit;
    private const long LeastVolume = 50 * Micros.PerUnit;

    private readonly Listing listing;
    private readonly ulong key;
    private readonly long hourly;
    private readonly long whalesPerMille;

    internal Takers(Listing listing)
    {
        this.listing = listing;
        key = Noise.Bits(listing.Key, 21);
        var assumed = Math.Max(listing.Seed.Liquidity.ToMicros / 20, LeastVolume);
        var daily = Math.Max(listing.Seed.Volume24h.ToMicros, assumed);
        hourly = daily / 24;
        whalesPerMille = daily >= WhaleVolume ? Noise.Below(Noise.Bits(key, 0), 300) : 0;
    }

    /// <summary>The flow of a whole hour, counted from the Unix epoch; nothing before the market has a past.</summary>
    public HourFlow Flow(long hour)
    {
        if (hour * Hour < listing.Path.EarliestAt)
            return default;
        var whale = Whale(hour);
        return new(
            Usdc.FromMicros(SmallVolume(hour) + whale.Dollars.ToMicros), whale.IsBid ? whale.Dollars : -whale.Dollars);
    }

    /// <summary>Adds up the <paramref name="hours"/> full hours before a market second.</summary>
    public HourFlow FlowBefore(long second, int hours)
    {
        var (volume, net) = (Usdc.Zero, Usdc.Zero);
        for (var hour = (second / Hour) - hours; hour < second / Hour; hour++)
        {
            var flow = Flow(hour);
            (volume, net) = (volume + flow.Volume, net + flow.WhaleNet);
        }

        return new(volume, net);
    }

    /// <summary>
    /// Adds the orders of the seconds after <paramref name="from"/> up to <paramref name="to"/>, in time order.
    /// </summary>
    public void Collect(long from, long to, ICollection<TakerOrder> into)
    {
        ArgumentNullException.ThrowIfNull(into);
        var rises = listing.Path.At(to) >= listing.Path.At(from);
        var orders = new List<TakerOrder>();
        for (var hour = (from + 1) / Hour; hour <= to / Hour; hour++)
        {
            if (hour * Hour < listing.Path.EarliestAt)
                continue;
            CollectSmall(hour, rises, orders);
            var whale = Whale(hour);
            if (whale.IsWhale)
                orders.Add(whale);
        }

        foreach (var order in orders.Where(order => order.At > from && order.At <= to).OrderBy(order => order.At))
            into.Add(order);
    }

    private void CollectSmall(long hour, bool rises, List<TakerOrder> orders)
    {
        var count = 3 + (int)Noise.Below(Noise.Bits(key, 2, (ulong)hour), 8);
        var rest = SmallVolume(hour);
        for (var i = 0; i < count; i++)
        {
            var draw = Noise.Bits(key, 100 + (ulong)i, (ulong)hour);
            var dollars = i == count - 1 ? rest : rest / (count - i) / 1000 * (500 + Noise.Below(draw, 1001));
            rest -= dollars;
            // Three in ten know where the price is going within the step; the others toss a coin.
            var knows = Noise.Below(Noise.Bits(draw, 1), 10) < 3;
            var isBid = knows ? rises : (draw & 1) == 1;
            var at = (hour * Hour) + Noise.Below(Noise.Bits(draw, 2), Hour);
            orders.Add(new(at, isBid, Usdc.FromMicros(dollars), false));
        }
    }

    private long SmallVolume(long hour) =>
        hourly / 1000 * (400 + Noise.Below(Noise.Bits(key, 1, (ulong)hour), 1201));

    private TakerOrder Whale(long hour)
    {
        var draw = Noise.Bits(key, 3, (ulong)hour);
        if (Noise.Below(draw, 1000) >= whalesPerMille)
            return default;
        var dollars = hourly / 1000 * (1000 + Noise.Below(Noise.Bits(draw, 1), 5000));
        var at = (hour * Hour) + Noise.Below(Noise.Bits(draw, 2), Hour);
        var isBid = Noise.Below(Noise.Bits(draw, 3), 100) < 65
            ? listing.Path.At((hour + 1) * Hour) >= listing.Path.At(hour * Hour)
            : (draw & 1) == 1;
        return new(at, isBid, Usdc.FromMicros(dollars), true);
    }
}
