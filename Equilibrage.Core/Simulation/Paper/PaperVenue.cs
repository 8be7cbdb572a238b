using System.Globalization;
using Equilibrage.Core.Books;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;

namespace Equilibrage.Core.Simulation.Paper;

/// <summary>
/// Executes one account's orders on paper against outside books: what a level shows can be taken once, a resting order
/// is executed when the outside price has gone through its limit, and nothing that we do moves the outside market. It
/// has no clock and no thread; every answer names the facts to put on record first. See docs/paper.md.
/// </summary>
public sealed partial class PaperVenue
{
    private static readonly Quantity Lot = Quantity.FromMicros(10_000);
    private static readonly Usdc SmallestPurchase = Usdc.FromMicros(Micros.PerUnit);

    private readonly PaperBooks books = new();
    private readonly Dictionary<MarketId, Market> markets = [];

    /// <summary>The account as the facts so far make it.</summary>
    public PaperAccount Account { get; private set; } = new();

    /// <summary>Market time of the last report.</summary>
    public DateTimeOffset MarketTime { get; private set; }

    /// <summary>Forgets the account and folds it anew; books and markets stay.</summary>
    public void Restore(IEnumerable<PaperFact> facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        Account = new();
        foreach (var fact in facts)
            Account.Apply(fact);
    }

    /// <summary>Opens the account; answers the fact to put on record.</summary>
    public PaperFact Open(Usdc deposit) => Now(new PaperFact.Opened(deposit));

    /// <summary>Makes markets known; orders in others are refused.</summary>
    public void List(IEnumerable<Market> listed)
    {
        ArgumentNullException.ThrowIfNull(listed);
        foreach (var market in listed)
            markets[market.Id] = market;
    }

    /// <summary>A known market, or null.</summary>
    public Market? Find(MarketId market) => markets.GetValueOrDefault(market);

    /// <summary>
    /// Takes a report of the outside feed in. Answers what the desk is to hear, and the facts that must be on record
    /// before it does; they are applied already.
    /// </summary>
    public (IReadOnlyList<FeedEvent> Reports, IReadOnlyList<PaperFact> Facts) Absorb(FeedEvent report)
    {
        ArgumentNullException.ThrowIfNull(report);
        MarketTime = report.MarketTime;
        var facts = new List<PaperFact>();
        var reports = new List<FeedEvent> { books.Absorb(report) };
        switch (report)
        {
            case FeedEvent.Listed listed:
                List(listed.Markets);
                break;
            case FeedEvent.Resolved { Resolution: var end }:
                EndAll(order => order.Command.MarketId == end.MarketId, OrderStatus.Expired, "The market has ended.");
                break;
            case FeedEvent.Snapshot or FeedEvent.Changed:
                ExecuteResting();
                break;
        }

        foreach (var fact in facts)
            reports.AddRange(Told(fact));
        return (reports, facts);

        void EndAll(Func<PaperOrder, bool> isMeant, OrderStatus status, string why)
        {
            foreach (var order in Account.Resting.Where(isMeant).ToList())
                facts.Add(Now(new PaperFact.Ended(order.Id, status, why)));
        }

        void ExecuteResting()
        {
            foreach (var order in Account.Resting.ToList())
            {
                if (Through(order, reports) is { } fill)
                    facts.Add(Now(new PaperFact.Filled(fill, StatusAfter(order.Remaining, fill.Quantity))));
            }
        }
    }

    /// <summary>Takes an order. The facts are applied; they must be on record before the answer is given.</summary>
    public (SubmitAnswer Answer, IReadOnlyList<PaperFact> Facts, IReadOnlyList<FeedEvent> Reports) Submit(
        PreparedOrder order)
    {
        ArgumentNullException.ThrowIfNull(order);
        if (Refusal(order) is { } refusal)
            return (new(OrderStatus.Rejected, [], refusal), [], []);
        var market = markets[order.Command.MarketId];
        var (fills, deltas) = Match(order, market);
        var (status, reason) = Standing(order.Command, fills);
        var fact = Now(new PaperFact.Ordered(order, status, fills, reason));
        List<FeedEvent> reports = deltas.Count == 0 ? [] : [new FeedEvent.Changed(MarketTime, market.Id, deltas)];
        reports.AddRange(fills.Select(fill => new FeedEvent.Settled(MarketTime, fill.TradeId, IsConfirmed: true)));
        return (new(status, fills, reason), [fact], reports);
    }

    /// <summary>Cancels a resting order; one that ended stays as it is, null is one that never came.</summary>
    public (VenueOrder? Order, IReadOnlyList<PaperFact> Facts) Cancel(VenueOrderId id)
    {
        if (Account.Find(id) is not { } order)
            return (null, []);
        if (order.Status.IsTerminal())
            return (order.View(), []);
        var fact = Now(new PaperFact.Ended(id, OrderStatus.Canceled, "Canceled on request."));
        return (order.View(), [fact]);
    }

    private PaperFact Now(PaperFact fact)
    {
        Account.Apply(fact);
        return fact;
    }

    private IEnumerable<FeedEvent> Told(PaperFact fact) => fact switch
    {
        PaperFact.Filled filled =>
        [
            new FeedEvent.Filled(MarketTime, filled.Fill, filled.Status),
            new FeedEvent.Settled(MarketTime, filled.Fill.TradeId, IsConfirmed: true),
        ],
        PaperFact.Ended ended => [new FeedEvent.OrderEnded(MarketTime, ended.VenueOrderId, ended.Status, ended.Reason)],
        _ => [],
    };

    // Levels within the limit, best first.
    private IEnumerable<Level> Levels(OrderCommand command)
    {
        var book = books.Of(command.TokenId);
        var levels = (command.Side == Side.Buy ? book.Asks : book.Bids).Levels.ToArray();
        return levels.TakeWhile(level =>
            command.Side == Side.Buy ? level.Price <= command.Limit : level.Price >= command.Limit);
    }

    private (IReadOnlyList<Fill> Fills, IReadOnlyList<BookDelta> Deltas) Match(PreparedOrder order, Market market)
    {
        var command = order.Command;
        var parts = Parts(command).ToList();
        if (command.Type == OrderType.Fok && !IsWhole(command, parts))
            return ([], []);
        var fills = new List<Fill>();
        var deltas = new List<BookDelta>();
        foreach (var part in parts)
        {
            fills.Add(Fill(order, part, Liquidity.Taker, fills.Count, market.Fees!));
            deltas.AddRange(
                books.Take(market, command.TokenId, TakenSide(command), part.Price, part.Quantity));
        }

        return (fills, deltas);
    }

    // What an order gets from each level. A purchase by dollars gets whole lots for what is left of them.
    private IEnumerable<Level> Parts(OrderCommand command)
    {
        var byDollars = command is { Side: Side.Buy, Spend: not null } && command.Type != OrderType.Gtc;
        var (shares, dollars) = (command.Quantity, Dollars(command));
        foreach (var level in Levels(command))
        {
            var want = byDollars ? SharesFor(dollars, level.Price) : shares;
            var part = Quantity.Min(want, level.Quantity);
            if (part.IsZero)
                yield break;
            yield return new(level.Price, part);
            if (byDollars)
                dollars -= level.Price.CostOf(part);
            else
                shares -= part;
        }
    }

    private static Quantity SharesFor(Usdc dollars, Price price) => Quantity.FromMicros(
        Micros.Narrow((Int128)dollars.ToMicros * Micros.PerUnit / price.ToMicros)).FloorTo(Lot);

    private static bool IsWhole(OrderCommand command, List<Level> parts) =>
        command is { Side: Side.Buy, Spend: { } spend }
        ? spend - parts.Aggregate(Usdc.Zero, (sum, part) => sum + part.Price.CostOf(part.Quantity))
            < command.Limit.CostOf(Lot)
        : parts.Aggregate(Quantity.Zero, (sum, part) => sum + part.Quantity) == command.Quantity;

    private static (OrderStatus Status, string? Reason) Standing(OrderCommand command, IReadOnlyList<Fill> fills)
    {
        var bought = fills.Aggregate(Quantity.Zero, (sum, fill) => sum + fill.Quantity);
        if (command.Type == OrderType.Gtc)
        {
            return bought == command.Quantity ? (OrderStatus.Filled, null)
                : fills.Count > 0 ? (OrderStatus.PartiallyFilled, null) : (OrderStatus.Accepted, null);
        }

        if (fills.Count == 0)
            return (OrderStatus.Canceled, $"{command.Type}: nothing can be had within the limit.");
        return bought >= command.Quantity ? (OrderStatus.Filled, null)
            : (OrderStatus.Canceled, "The rest was dropped: the book offers no more within the limit.");
    }

    // A resting order counts as executed once the other side has been quoted better than its limit: it would have been
    // met first. At the limit itself others may stand before it.
    private Fill? Through(PaperOrder order, List<FeedEvent> reports)
    {
        var command = order.Command;
        if (!books.Of(command.TokenId).IsUsable || markets.GetValueOrDefault(command.MarketId) is not { } market)
            return null;
        var (filled, deltas) = (Quantity.Zero, new List<BookDelta>());
        foreach (var level in Levels(command).Where(level => level.Price != command.Limit).ToList())
        {
            var part = Quantity.Min(level.Quantity, order.Remaining - filled);
            if (part.IsZero)
                break;
            filled += part;
            deltas.AddRange(books.Take(market, command.TokenId, TakenSide(command), level.Price, part));
        }

        if (filled.IsZero)
            return null;
        reports.Add(new FeedEvent.Changed(MarketTime, market.Id, deltas));
        return Fill(
            new(command, order.Id), new(command.Limit, filled), Liquidity.Maker, order.FillCount, market.Fees!);
    }

    private static BookSide TakenSide(OrderCommand command) => command.Side == Side.Buy ? BookSide.Ask : BookSide.Bid;

    private Fill Fill(PreparedOrder order, Level part, Liquidity liquidity, int nth, FeeSchedule fees)
    {
        var command = order.Command;
        return new()
        {
            TradeId = new(DerivedId.Uuid(
                "paper-trade", order.VenueOrderId.Value, nth.ToString(CultureInfo.InvariantCulture))),
            VenueOrderId = order.VenueOrderId,
            TokenId = command.TokenId,
            Side = command.Side,
            Price = part.Price,
            Quantity = part.Quantity,
            Notional = command.Side == Side.Buy
                ? part.Price.CostOf(part.Quantity)
                : part.Price.ProceedsOf(part.Quantity),
            Fee = liquidity == Liquidity.Taker ? fees.TakerFee(part.Price, part.Quantity) : Usdc.Zero,
            Liquidity = liquidity,
            ExecutedAt = MarketTime,
        };
    }

    private static OrderStatus StatusAfter(Quantity remaining, Quantity filled) =>
        filled >= remaining ? OrderStatus.Filled : OrderStatus.PartiallyFilled;
}
