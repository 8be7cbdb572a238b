using Equilibrage.Core.Engine;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Ports;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;
using Equilibrage.Core.Strategies;

namespace Equilibrage.Web.Hosting;

/// <summary>
/// Starting is recovering: folds the journal into a new state, then asks the venue for everything that may have
/// happened meanwhile. Nothing is decided before all of it is in.
/// </summary>
internal sealed class Recovery(
    IJournal journal, IVenue venue, IMarketDirectory directory,
    RequestSender sender, DeskOptions options, TimeProvider clock)
{
    /// <summary>An engine whose state is what the journal says.</summary>
    public async Task<TradingEngine> FoldAsync(CancellationToken cancellation)
    {
        var state = new EngineState(options.Account) { Permission = options.Arming.Permission };
        await foreach (var record in journal.ReadAsync(options.Account, 0, cancellation))
            state.Apply(record);
        foreach (var (token, bid) in await journal.ReadLastBidsAsync(options.Account, cancellation))
            state.LastBids[token] = bid;
        return new(state, StrategyCatalog.CreateAll(), venue);
    }

    /// <summary>
    /// The facts that bring a folded engine up to date: capital, catalogue, ends of held markets, settlements. Orders
    /// whose fate is open are looked up beside it; redemptions that were under way are asked for again.
    /// </summary>
    public async Task<IReadOnlyList<EngineEvent>> CatchUpAsync(EngineState state, CancellationToken cancellation)
    {
        var markets = await directory.ListAsync(cancellation);
        var quotes = await directory.QuoteAllAsync(cancellation);
        var marketTime = quotes.Select(quote => quote.At).Append(state.Now.MarketTime).Max();
        var at = new Stamp(marketTime, clock.GetUtcNow());
        var facts = new List<EngineEvent>();
        if (!state.IsOpened)
            facts.Add(new EngineEvent.Opened(at, options.Capital));
        facts.Add(new EngineEvent.Catalogued(at, markets));
        facts.AddRange(await ResolutionsAsync(state, at, cancellation));
        facts.AddRange(await SettlementsAsync(state, at, cancellation));
        foreach (var order in state.Orders.Values.Where(order => order.IsWorking))
        {
            if (order.CancelRequestedAt is null)
                sender.LookUp(order.Prepared, cancellation);
            else
                sender.Send(new VenueRequest.Cancel(order.Prepared), cancellation);
        }

        foreach (var market in state.PendingRedemptions)
            sender.Send(new VenueRequest.Execute(ChainOperation.Redemption(market)), cancellation);
        return facts;
    }

    private async Task<IEnumerable<EngineEvent>> ResolutionsAsync(
        EngineState state, Stamp at, CancellationToken cancellation)
    {
        var held = state.Positions.Values.Select(position => position.MarketId).Distinct().ToList();
        var ended = await directory.ResolvedAsync(held, cancellation);
        return ended.Select(end => new EngineEvent.Fed(at, new FeedEvent.Resolved(at.MarketTime, end)));
    }

    private async Task<IEnumerable<EngineEvent>> SettlementsAsync(
        EngineState state, Stamp at, CancellationToken cancellation)
    {
        var open = state.Ledger.Pending.Select(entry => entry.TradeId).OfType<TradeId>().Distinct().ToList();
        if (open.Count == 0)
            return [];
        var settled = await venue.GetSettlementsAsync(open, cancellation);
        // The feed does not repeat what it told before: a settlement that is missed here would be pending for ever.
        if (settled.Value is not { } known)
            throw new VenueUnavailableException(settled.Error?.Message ?? "The venue does not tell of our trades.");
        return known.Select(trade =>
            new EngineEvent.Fed(at, new FeedEvent.Settled(at.MarketTime, trade.Key, trade.Value)));
    }
}
