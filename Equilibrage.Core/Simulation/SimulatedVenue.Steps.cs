using Equilibrage.Core.Markets;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.Simulation;

/// <content>Steps: settlement, dates, resolution and new listings, held orders.</content>
public sealed partial class SimulatedVenue
{
    private const int MostPrinted = 4;

    private void NextStep()
    {
        step++;
        SettleDue();
        ResolveDue();
        ExpireDue();
        MatchDelayed();
        UpdateBooks();
        events.Add(new VenueEvent.Clock(MarketTime));
    }

    private void ResolveDue()
    {
        var listed = new List<Market>();
        foreach (var (ended, next) in board.AdvanceTo(Second))
        {
            var resolution = ended.Resolution;
            Close(ended, resolution);
            changes.Lifecycle.Add(new(resolution, next.Generation, next.Market));
            listed.Add(next.Market);
        }

        if (listed.Count > 0)
            events.Add(new VenueEvent.Listed(MarketTime, listed));
    }

    private void Close(Listing ended, Resolution resolution)
    {
        var market = ended.Market.Id;
        foreach (var order in open.Where(order => order.Request.MarketId == market).ToList())
        {
            (order.Status, order.Reason, order.IsEndedByResolution) =
                (OrderStatus.Expired, "The market has ended.", true);
            Retire(order);
            events.Add(new VenueEvent.OrderCanceled(MarketTime, order.View()));
        }

        if (hotMarkets.Remove(ended.Index, out var hot))
        {
            wanted.Remove(ended.Index);
            if (hot.Book is not null)
                changes.DroppedBooks.Add(market);
        }

        SettleAllOf(market);
        ledger.Resolve(ended.Market, resolution);
        events.Add(new VenueEvent.Resolved(MarketTime, ended.Market, resolution));
    }

    private void ExpireDue()
    {
        var due = MarketTime + DateMargin;
        foreach (var order in open.Where(order => order.Request.ExpiresAt <= due).ToList())
            End(order, OrderStatus.Expired, "Its date has come.", RefusalKind.Expiration);
    }

    private void MatchDelayed()
    {
        foreach (var order in open.Where(order => order.Status == OrderStatus.Delayed).ToList())
        {
            if (order.DueAtMs > Second * 1000 || board.Find(order.Request.MarketId) is not { } listing)
                continue;
            if (Execute(order, listing).Refusal is { } refusal)
            {
                (order.Status, order.Reason, order.Refusal) = (OrderStatus.Rejected, refusal.Message, refusal.Kind);
                events.Add(new VenueEvent.OrderCanceled(MarketTime, order.View()));
            }

            changes.Orders.Add(order);
            if (!order.IsOpen)
                Retire(order);
        }
    }

    private void UpdateBooks()
    {
        var touched = hotMarkets.Where(entry => entry.Value.Book is not null)
            .Select(entry => entry.Key).Order().ToList();
        foreach (var index in touched)
            Update(hotMarkets[index]);
        var room = Math.Min(Math.Max(0, options.BooksPerStep - touched.Count), wanted.Count);
        for (var i = 0; i < room; i++)
            Update(hotMarkets[wanted[(int)(((step * room) + i) % wanted.Count)]]);
    }

    private void Update(HotMarket hot)
    {
        if (hot.Second == Second)
            return;
        var from = hot.Second;
        hot.Second = Second;
        var fair = hot.Listing.Path.At(Second);
        var (bids, asks) = hot.Listing.Makers.Ladder(fair, Second, Makers.MaximumLevels, ladder);
        var orderSpan = ladder.AsSpan(0, bids + asks);
        // Takers come first and makers quote anew after them: without users' orders the flow leaves no trace.
        if (hot.Book is { UserOrders: > 0 } played)
            Flow(hot, played, from);
        else if (options.TellsPrints && hot.Wanted.Count > 0)
            PrintFlow(hot, from);
        if (hot.Book is { } book)
        {
            Requote(hot, book, orderSpan);
            hot.IsDirty = true;
            if (book.UserOrders == 0)
            {
                hot.Book = null;
                changes.DroppedBooks.Add(hot.Listing.Market.Id);
            }
        }

        Publish(hot, orderSpan);
        Refine(hot);
        if (hot.IsIdle)
            hotMarkets.Remove(hot.Listing.Index);
    }

    private void Flow(HotMarket hot, ConditionBook book, long from)
    {
        var plan = new List<(RestingOrder Maker, long Size)>();
        foreach (var taker in Takers(hot, from))
        {
            if (book.BestFor(taker.IsBid) is not { } best)
                continue;
            plan.Clear();
            book.Plan(taker.IsBid, Reach(hot, taker.IsBid, best), SharesOf(taker, best), plan);
            MatchCrowd(hot, taker.IsBid, plan);
        }
    }

    // What takers would have met in a book that makers refill at once: prints without a trace in the book. A book whose
    // turn comes seldom tells the last of them only.
    private void PrintFlow(HotMarket hot, long from)
    {
        foreach (var taker in Takers(hot, from).TakeLast(MostPrinted))
        {
            var levels = taker.IsBid ? hot.Published.Asks : hot.Published.Bids;
            if (levels.Count == 0)
                continue;
            var limit = Reach(hot, taker.IsBid, levels[0].Price);
            var rest = SharesOf(taker, levels[0].Price);
            var isMirrored = IsMirrored(taker.At, taker.IsBid ? 1 : 2);
            foreach (var (price, size) in levels)
            {
                if (rest == 0 || (taker.IsBid ? price > limit : price < limit))
                    break;
                Print(hot, taker.IsBid, isMirrored, price, Math.Min(size, rest), null);
                rest -= Math.Min(size, rest);
            }
        }
    }

    private List<TakerOrder> Takers(HotMarket hot, long from)
    {
        var takers = new List<TakerOrder>();
        hot.Listing.Takers.Collect(from, Second, takers);
        return takers;
    }

    private static long Reach(HotMarket hot, bool isBid, long best)
    {
        var reach = TakerReachTicks * hot.Listing.Seed.Market.TickSize.ToMicros;
        return isBid ? best + reach : best - reach;
    }

    private static long SharesOf(in TakerOrder taker, long best)
    {
        var shares = Micros.Narrow((Int128)taker.Dollars.ToMicros * Micros.PerUnit / best);
        return shares - (shares % ConditionBook.Lot);
    }

    private void Requote(HotMarket hot, ConditionBook book, ReadOnlySpan<MakerOrder> orderSpan)
    {
        var plan = new List<(RestingOrder Maker, long Size)>();
        foreach (var order in book.Keep(orderSpan))
        {
            plan.Clear();
            var rest = order.Size - book.Plan(order.IsBid, order.Price, order.Size, plan);
            MatchCrowd(hot, order.IsBid, plan);
            if (rest > 0)
                book.Insert(Resting(order, rest));
        }
    }

    // Near either end a cent is too coarse. The finer grid stays; orders that rest lie on it anyway.
    private void Refine(HotMarket hot)
    {
        var market = hot.Listing.Market;
        if (market.TickSize.ToMicros <= FineTick.ToMicros || hot.Published.Middle is not { } middle
            || middle is >= LowPrice and <= HighPrice)
            return;
        RefineTick(market.Id);
    }

    private RestingOrder Resting(in MakerOrder order, long size) =>
        new(order.IsBid, order.Price, size, nextSequence++) { Identity = order.Identity };
}
