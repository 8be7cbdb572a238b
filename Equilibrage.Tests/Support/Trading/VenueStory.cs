using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;

namespace Equilibrage.Tests.Support.Trading;

/// <summary>
/// What really happened to one order at a venue, drawn from a seed, and every report of it that the venue could have
/// given over its channels: answers, executions, settlements, its end, records read at one time or another.
/// </summary>
internal sealed class VenueStory
{
    private readonly EngineBench bench;
    private readonly PreparedOrder order;
    private readonly Random random;
    private readonly List<Fill> fills = [];
    private readonly Dictionary<TradeId, bool> settlements = [];

    public VenueStory(EngineBench bench, PreparedOrder order, Random random)
    {
        (this.bench, this.order, this.random) = (bench, order, random);
        var left = order.Command.Quantity.ToMicros;
        var parts = random.Next(4);
        for (var part = 0; part < parts && left > 0; part++)
        {
            var micros = part == 2 || random.Next(4) == 0 ? left : Math.Max(1, (long)(left * random.NextDouble()));
            left -= micros;
            var fill = bench.Venue.Fill(
                order, Quantity.FromMicros(micros).ToDecimal(), null,
                bench.Market.Fees!.RateMicros, bench.Now.MarketTime);
            fills.Add(random.Next(2) == 0
                ? fill
                : fill with { Liquidity = Liquidity.Maker, Fee = Usdc.Zero });
            settlements[fill.TradeId] = random.Next(5) != 0;
        }

        Status = left == 0
            ? OrderStatus.Filled
            : fills.Count == 0 && random.Next(3) == 0
                ? OrderStatus.Rejected
                : random.Next(4) == 0 ? OrderStatus.Expired : OrderStatus.Canceled;
    }

    /// <summary>How the order ended.</summary>
    public OrderStatus Status { get; }

    /// <summary>Executions that were settled.</summary>
    public IEnumerable<Fill> Settled => fills.Where(fill => settlements[fill.TradeId]);

    /// <summary>Executions that failed to settle.</summary>
    public IEnumerable<Fill> Failed => fills.Where(fill => !settlements[fill.TradeId]);

    /// <summary>
    /// Reports in some order, some of them repeated and some left out; the record of the ended order and every
    /// settlement are among them.
    /// </summary>
    public IReadOnlyList<Func<EngineEvent>> Reports()
    {
        var reports = new List<Func<EngineEvent>> { Record, Answer() };
        foreach (var fill in fills)
        {
            var isLast = fill == fills[^1] && Status == OrderStatus.Filled;
            reports.Add(() => Feed(new FeedEvent.Filled(
                bench.Now.MarketTime, fill, isLast ? OrderStatus.Filled : OrderStatus.PartiallyFilled)));
            reports.Add(() => Feed(new FeedEvent.Settled(
                bench.Now.MarketTime, fill.TradeId, settlements[fill.TradeId])));
        }

        if (Status is OrderStatus.Canceled or OrderStatus.Expired)
        {
            reports.Add(() => Feed(
                new FeedEvent.OrderEnded(bench.Now.MarketTime, order.VenueOrderId, Status, "ended")));
        }

        if (Status != OrderStatus.Rejected)
            reports.Add(EarlyRecord(random.Next(fills.Count + 1)));
        var doubled = reports.Where(_ => random.Next(3) == 0).ToList();
        reports.AddRange(doubled);
        var shuffled = reports.ToArray();
        random.Shuffle(shuffled);
        return [.. shuffled.Where(report => report == Record || random.Next(6) != 0 || IsSettlement(report))];
    }

    /// <summary>What the host asks again for as long as it is open.</summary>
    public IEnumerable<EngineEvent> Inquiries()
    {
        yield return Record();
        foreach (var (trade, isConfirmed) in settlements)
            yield return Feed(new FeedEvent.Settled(bench.Now.MarketTime, trade, isConfirmed));
    }

    private bool IsSettlement(Func<EngineEvent> report) =>
        report() is EngineEvent.Fed { Report: FeedEvent.Settled };

    private EngineEvent Record() => new EngineEvent.LookedUp(
        bench.Now, order.Command.ClientOrderId,
        Status == OrderStatus.Rejected ? null : new(order.VenueOrderId, Status, fills, "as it ended"));

    private Func<EngineEvent> EarlyRecord(int known) => () => new EngineEvent.LookedUp(
        bench.Now, order.Command.ClientOrderId,
        new(order.VenueOrderId,
            known == 0 ? OrderStatus.Accepted : OrderStatus.PartiallyFilled, [.. fills.Take(known)], null));

    private Func<EngineEvent> Answer()
    {
        var id = order.Command.ClientOrderId;
        var kind = random.Next(5);
        return () => kind switch
        {
            0 => new EngineEvent.Answered(bench.Now, id, null, new(VenueErrorKind.Unknown, "no answer")),
            _ when Status == OrderStatus.Rejected =>
                new EngineEvent.Answered(bench.Now, id, new(OrderStatus.Rejected, [], "refused"), null),
            1 => new EngineEvent.Answered(bench.Now, id, new(OrderStatus.Delayed, []), null),
            2 => new EngineEvent.Answered(bench.Now, id, new(OrderStatus.Accepted, []), null),
            3 when fills.Count > 0 =>
                new EngineEvent.Answered(bench.Now, id, new(OrderStatus.PartiallyFilled, [fills[0]]), null),
            _ => new EngineEvent.Answered(bench.Now, id, new(Status, fills), null),
        };
    }

    private EngineEvent.Fed Feed(FeedEvent report) => new(bench.Now, report);
}
