using Equilibrage.Core.Books;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.Simulation;

/// <summary>
/// The level-2 picture of one market on the axis of its first outcome, best first. The second outcome's book is its
/// mirror:
/// a bid at p here is an ask at 1 − p there.
/// </summary>
internal sealed class AxisLevels
{
    private readonly List<(long Price, long Size)> bids = new(Makers.MaximumLevels);
    private readonly List<(long Price, long Size)> asks = new(Makers.MaximumLevels);

    public IReadOnlyList<(long Price, long Size)> Bids => bids;

    public IReadOnlyList<(long Price, long Size)> Asks => asks;

    /// <summary>Best prices.</summary>
    public BestPrices Best => new(
        bids.Count > 0 ? Price.FromMicros(bids[0].Price) : null,
        asks.Count > 0 ? Price.FromMicros(asks[0].Price) : null);

    /// <summary>
    /// Middle of the best prices, micro-dollars, a missing side counting as its end; null without any.
    /// </summary>
    public long? Middle => bids.Count + asks.Count == 0
        ? null
        : ((bids.Count > 0 ? bids[0].Price : 0) + (asks.Count > 0 ? asks[0].Price : Micros.PerUnit)) / 2;

    public void Clear()
    {
        bids.Clear();
        asks.Clear();
    }

    /// <summary>Adds an order; orders of one side come best price first.</summary>
    public void Add(bool isBid, long price, long size)
    {
        var side = isBid ? bids : asks;
        if (side.Count > 0 && side[^1].Price == price)
            side[^1] = (price, side[^1].Size + size);
        else
            side.Add((price, size));
    }

    public BookSnapshot Snapshot(Market market, Outcome outcome) => outcome == Outcome.Yes
        ? new(market.TokenYes, Levels(bids, false), Levels(asks, false))
        : new(market.TokenNo, Levels(asks, true), Levels(bids, true));

    /// <summary>What changed from <paramref name="before"/> to this, told for both tokens.</summary>
    public List<BookDelta> Since(AxisLevels before, Market market)
    {
        var deltas = new List<BookDelta>();
        Compare(before.bids, bids, true, market, deltas);
        Compare(before.asks, asks, false, market, deltas);
        return deltas;
    }

    private static Level[] Levels(List<(long Price, long Size)> side, bool isMirrored)
    {
        var levels = new Level[side.Count];
        for (var i = 0; i < levels.Length; i++)
        {
            var price = isMirrored ? Micros.PerUnit - side[i].Price : side[i].Price;
            levels[i] = new(Price.FromMicros(price), Quantity.FromMicros(side[i].Size));
        }

        return levels;
    }

    private static void Compare(
        List<(long Price, long Size)> before, List<(long Price, long Size)> after, bool isBid, Market market,
        List<BookDelta> deltas)
    {
        var (i, j) = (0, 0);
        while (i < before.Count || j < after.Count)
        {
            var order = i >= before.Count ? 1 : j >= after.Count ? -1 : before[i].Price.CompareTo(after[j].Price);
            if (isBid && i < before.Count && j < after.Count)
                order = -order;
            var price = order <= 0 ? before[i].Price : after[j].Price;
            var old = order <= 0 ? before[i++].Size : 0;
            var size = order >= 0 ? after[j++].Size : 0;
            if (old == size)
                continue;
            var quantity = Quantity.FromMicros(size);
            deltas.Add(new(market.TokenYes, isBid ? BookSide.Bid : BookSide.Ask, Price.FromMicros(price), quantity));
            var mirrored = Price.FromMicros(Micros.PerUnit - price);
            deltas.Add(new(market.TokenNo, isBid ? BookSide.Ask : BookSide.Bid, mirrored, quantity));
        }
    }
}
