using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.Simulation;

/// <summary>
/// One order that a maker wants to have in the book, on the axis of the first outcome: a bid buys it (or sells the
/// second), an ask sells it (or buys the second at one minus the price).
/// </summary>
/// <param name="IsBid">Which side of the axis.</param>
/// <param name="Price">Axis price, micro-dollars.</param>
/// <param name="Size">Micro-shares.</param>
/// <param name="Identity">The same as long as the maker leaves the order alone.</param>
public readonly record struct MakerOrder(bool IsBid, long Price, long Size, ulong Identity);

/// <summary>
/// The market makers of one listing: their ladder is a pure function of the fair price and of the market second, with
/// the spread and the dollars that the listing was seeded with.
/// </summary>
public sealed class Makers
{
    /// <summary>Most levels on one side of the book.</summary>
    public const int MaximumLevels = 12;

    /// <summary>Orders on each level.</summary>
    public const int OrdersPerLevel = 2;

    /// <summary>Room that the largest ladder needs.</summary>
    public const int MaximumOrders = 2 * MaximumLevels * OrdersPerLevel;

    private const long LotMicros = 10_000;
    private const long RefreshSeconds = 900;

    // Distance from the best level in ticks, and thousandths of a side's dollars there: the best five hold 61 %.
    private static readonly int[] Offsets = [0, 1, 2, 3, 4, 6, 8, 11, 15, 20, 26, 33];
    private static readonly int[] Weights = [90, 140, 140, 130, 110, 90, 80, 70, 60, 40, 30, 20];
    private static readonly Usdc AssumedLiquidity = Usdc.FromMicros(50 * Micros.PerUnit);

    private readonly ulong key;
    private readonly long tick;
    private readonly long ticks;
    private readonly long minimum;
    private readonly long sideDollars;
    private readonly double spread;
    private readonly double startDispersion;

    internal Makers(Listing listing)
    {
        key = Noise.Bits(listing.Key, 20);
        tick = listing.Market.TickSize.ToMicros;
        ticks = Micros.PerUnit / tick;
        minimum = Math.Max(LotMicros, listing.Market.MinimumOrderSize.ToMicros);
        var liquidity = listing.Seed.Liquidity > Usdc.Zero ? listing.Seed.Liquidity : AssumedLiquidity;
        sideDollars = liquidity.ToMicros / 2;
        spread = SpreadTicks(listing.Seed);
        var start = listing.Path.At(listing.ListedAt);
        startDispersion = start * (1 - start);
    }

    /// <summary>The spread that a listing starts with, in ticks, at least one.</summary>
    public static long SpreadTicks(ListingSeed seed)
    {
        ArgumentNullException.ThrowIfNull(seed);
        var bid = seed.BestBid?.ToMicros ?? 0;
        var ask = seed.BestAsk?.ToMicros ?? Micros.PerUnit;
        return Math.Max(1, (ask - bid) / seed.Market.TickSize.ToMicros);
    }

    /// <summary>Best bid and ask in micro-dollars around a fair price; 0 and 1,000,000 stand for none.</summary>
    public (long Bid, long Ask) Best(double fair)
    {
        // The spread narrows as the price nears an end, where there is less to be wrong about.
        var width = (long)Math.Max(1, Math.Round(spread * Math.Min(1, fair * (1 - fair) / startDispersion)));
        var bid = (long)Math.Floor((fair * ticks) - (width / 2.0) + 0.5);
        var ask = bid + width;
        return (Math.Clamp(bid, 0, ticks - 1) * tick, Math.Clamp(ask, 1, ticks) * tick);
    }

    /// <summary>
    /// Writes the wanted orders, best level first, bids before asks; answers how many there are of each.
    /// <paramref name="into"/> needs room for 2 × levels × <see cref="OrdersPerLevel"/> orders.
    /// </summary>
    public (int Bids, int Asks) Ladder(double fair, long second, int levels, Span<MakerOrder> into)
    {
        var (bid, ask) = Best(fair);
        var bids = Fill(true, bid, second, levels, into);
        return (bids, Fill(false, ask, second, levels, into[bids..]));
    }

    private int Fill(bool isBid, long best, long second, int levels, Span<MakerOrder> into)
    {
        var count = 0;
        for (var level = 0; level < levels; level++)
        {
            var price = isBid ? best - (Offsets[level] * tick) : best + (Offsets[level] * tick);
            if (price <= 0 || price >= Micros.PerUnit)
                break;
            var collateral = Math.Max(20_000, isBid ? price : Micros.PerUnit - price);
            var dollars = sideDollars / 1000 * Weights[level] / OrdersPerLevel;
            var shares = dollars / (collateral / 100) * (Micros.PerUnit / 100);
            for (var slot = 0; slot < OrdersPerLevel; slot++)
            {
                var place = ((ulong)price << 2) | (isBid ? 2UL : 0) | (uint)slot;
                var epoch = second / (RefreshSeconds * (1 + ((price / tick) & 3)));
                var identity = Noise.Bits(key, place, (ulong)epoch);
                var size = shares / 1000 * (600 + Noise.Below(identity, 801));
                into[count++] = new(isBid, price, Math.Max(minimum, size - (size % LotMicros)), identity);
            }
        }

        return count;
    }
}
