using Equilibrage.Core.Engine;
using Equilibrage.Core.Ports;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;
using Equilibrage.Core.Strategies;

namespace Equilibrage.Web.Hosting;

/// <summary>
/// Starting is recovering: folds the journal into a new state, then asks the venue for everything that may have
/// happened meanwhile. Nothing is decided before all of it is in.
/// </summary>
/// <param name="venue">Knows of orders and trades.</param>
/// <param name="directory">Knows of markets.</param>
/// <param name="sender">Looks orders up beside all this.</param>
/// <param name="options">The account.</param>
/// <param name="clock">Wall time.</param>
/// <param name="tell">Is told each step, for pages.</param>
internal sealed class Recovery(
    IVenue venue, IMarketDirectory directory, RequestSender sender, DeskOptions options, TimeProvider clock,
    Action<string> tell)
{
    private const int Steps = 6;

    // A catalogue of tens of thousands of markets is read page by page.
    private static readonly TimeSpan DirectoryPatience = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan VenuePatience = TimeSpan.FromSeconds(30);

    /// <summary>What is told while the desk runs and nothing is entered yet.</summary>
    public static readonly string LastStep = Step(
        Steps, "comparing balances and orders with the exchange's record; entries wait until both are equal");

    /// <summary>An engine whose state is what the journal says.</summary>
    public async Task<TradingEngine> FoldAsync(JournalFollower journal, CancellationToken cancellation)
    {
        Tell(1, "reading the journal");
        await journal.CatchUpAsync(cancellation);
        journal.State.Permission = options.Arming.Permission;
        return new(journal.State, StrategyCatalog.CreateAll(), venue);
    }

    /// <summary>
    /// The facts that bring a folded engine up to date: capital, catalogue, ends of held markets, settlements. Orders
    /// whose fate is open are looked up beside it; operations on the chain that were under way are asked for again.
    /// </summary>
    public async Task<IReadOnlyList<EngineEvent>> CatchUpAsync(EngineState state, CancellationToken cancellation)
    {
        Tell(2, "asking for the markets and the market's time");
        var markets = await InTimeAsync(directory.ListAsync(cancellation), DirectoryPatience, cancellation);
        var told = await InTimeAsync(directory.MarketTimeAsync(cancellation), VenuePatience, cancellation);
        var at = new Stamp(told > state.Now.MarketTime ? told : state.Now.MarketTime, clock.GetUtcNow());
        var facts = new List<EngineEvent>();
        if (!state.IsOpened)
            facts.Add(new EngineEvent.Opened(at, await CapitalAsync(cancellation)));
        facts.Add(new EngineEvent.Catalogued(at, markets));
        Tell(3, "asking how held markets ended");
        facts.AddRange(await ResolutionsAsync(state, at, cancellation));
        Tell(4, "asking how trades were settled");
        facts.AddRange(await SettlementsAsync(state, at, cancellation));
        Tell(5, "looking up orders that may have been executed");
        foreach (var order in state.Orders.Values.Where(order => order.IsWorking))
        {
            if (order.CancelRequestedAt is null)
                sender.LookUp(order.Prepared, cancellation);
            else
                sender.Send(new VenueRequest.Cancel(order.Prepared), cancellation);
        }

        foreach (var operation in state.PendingOperations)
            sender.Send(new VenueRequest.Execute(operation), cancellation);
        return facts;
    }

    private static string Step(int step, string what) => $"Recovering, step {step} of {Steps}: {what}.";

    private void Tell(int step, string what) => tell(Step(step, what));

    /// <summary>A question that is never answered must not hold the recovery up: the next life asks anew.</summary>
    private async Task<T> InTimeAsync<T>(Task<T> question, TimeSpan patience, CancellationToken cancellation)
    {
        try
        {
            return await question.WaitAsync(patience, clock, cancellation);
        }
        catch (TimeoutException)
        {
            throw new VenueUnavailableException($"The venue did not answer within {patience.TotalSeconds:0} s.");
        }
    }

    private async Task<Usdc> CapitalAsync(CancellationToken cancellation)
    {
        if (!options.StartsWithWallet)
            return options.Capital;
        var account = await InTimeAsync(venue.GetAccountAsync(cancellation), VenuePatience, cancellation);
        return account.Value?.Cash
            ?? throw new VenueUnavailableException(account.Error?.Message ?? "The venue does not tell the balance.");
    }

    private async Task<IEnumerable<EngineEvent>> ResolutionsAsync(
        EngineState state, Stamp at, CancellationToken cancellation)
    {
        var held = state.Positions.Values.Select(position => position.MarketId).Distinct().ToList();
        var ended = await InTimeAsync(directory.ResolvedAsync(held, cancellation), VenuePatience, cancellation);
        return ended.Select(end => new EngineEvent.Fed(at, new FeedEvent.Resolved(at.MarketTime, end)));
    }

    private async Task<IEnumerable<EngineEvent>> SettlementsAsync(
        EngineState state, Stamp at, CancellationToken cancellation)
    {
        var open = state.Ledger.Pending.Select(entry => entry.TradeId).OfType<TradeId>().Distinct().ToList();
        if (open.Count == 0)
            return [];
        var settled = await InTimeAsync(venue.GetSettlementsAsync(open, cancellation), VenuePatience, cancellation);
        // The feed does not repeat what it told before: a settlement that is missed here would be pending for ever.
        if (settled.Value is not { } known)
            throw new VenueUnavailableException(settled.Error?.Message ?? "The venue does not tell of our trades.");
        return known.Select(trade =>
            new EngineEvent.Fed(at, new FeedEvent.Settled(at.MarketTime, trade.Key, trade.Value)));
    }
}
