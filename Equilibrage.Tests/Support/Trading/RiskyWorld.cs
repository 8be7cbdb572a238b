using Equilibrage.Core.Accounting;
using Equilibrage.Core.Books;
using Equilibrage.Core.Engine;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Opportunities;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;
using Equilibrage.Core.Strategies;

namespace Equilibrage.Tests.Support.Trading;

/// <summary>
/// An engine with random limits, in random markets of a few groups, under a strategy that wants anything at any time
/// and a venue that fills at the worst allowed price, in part, late, or not at all.
/// </summary>
internal sealed class RiskyWorld
{
    private static readonly decimal[] Asks = [0.05m, 0.30m, 0.45m, 0.50m, 0.55m, 0.70m, 0.95m];

    private readonly Random random;
    private readonly TradingEngine engine;
    private readonly FakeVenue venue = new();
    private readonly List<PreparedOrder> unanswered = [];
    private readonly List<Market> markets = [];
    private int commands;

    public RiskyWorld(int seed)
    {
        random = new(seed);
        Now = new(MarketBuilder.Start, MarketBuilder.Start);
        for (var number = 1; number <= 5; number++)
        {
            markets.Add(MarketBuilder.Market(number, random.Next(2) * 50_000) with
            {
                GroupId = random.Next(3) == 0 ? null : $"group-{random.Next(2)}",
            });
        }

        engine = new(new(EngineBench.Account), [new Wanton(this)], venue);
        var capital = Dollars(50, 5_000);
        Process(new EngineEvent.Opened(Now, capital));
        Process(new EngineEvent.Commanded(Now, new OperatorCommand.Configure("settings", Settings())));
        Process(new EngineEvent.Catalogued(Now, markets));
        Process(new EngineEvent.Compared(Now, new(capital, new Dictionary<TokenId, Quantity>(), [])));
        foreach (var market in markets)
            Quote(market);
    }

    public EngineState State => engine.State;

    public IReadOnlyList<Market> Markets => markets;

    public Stamp Now { get; private set; }

    /// <summary>Called with what an event recorded, before the next one.</summary>
    public Action<IReadOnlyList<JournalRecord>>? Watcher { get; set; }

    /// <summary>Something happens.</summary>
    public void Step()
    {
        switch (random.Next(12))
        {
            case 0 or 1: Quote(Any(markets)); break;
            case 2: Scan(); break;
            case 3 or 4 or 5 or 6 when unanswered.Count > 0: Answer(); break;
            case 7: Settle(); break;
            case 8: Process(new EngineEvent.MonitorDue(Now)); break;
            case 9: Command(); break;
            default:
                Now = new(Now.MarketTime.AddMinutes(random.Next(60)), Now.RecordedAt.AddSeconds(random.Next(40)));
                break;
        }
    }

    /// <summary>An order as no planner would make it.</summary>
    public OrderCommand? AnyPurchase()
    {
        if (State.Positions.Count == 0)
            return null;
        var position = Any([.. State.Positions.Values]);
        if (State.Catalog.Find(position.MarketId) is not { } market)
            return null;
        var outcome = Any([Outcome.Yes, Outcome.No]);
        var limit = Price.FromMicros(random.Next(1, 1_000) * 1_000);
        var shares = Quantity.FromMicros(random.NextInt64(1, 5_000) * 1_000_000);
        return new()
        {
            ClientOrderId = new($"any-{random.Next()}"), AccountId = State.AccountId,
            StrategyId = position.StrategyId, PositionId = position.Id, MarketId = market.Id,
            TokenId = market.Token(outcome), Outcome = outcome, Side = Side.Buy, Limit = limit, Quantity = shares,
            Spend = random.Next(2) == 0 ? Usdc.FromMicros(limit.CostOf(shares).ToMicros / 10_000 * 10_000) : null,
            Type = OrderType.Fak, IsPostOnly = random.Next(4) == 0, Salt = 1, TimestampMs = 1,
        };
    }

    private TradingSettings Settings()
    {
        var settings = new TradingSettings
        {
            MaxPositions = random.Next(1, 10),
            ReentryHours = 0,
            OpportunityThreshold = 1,
            CapitalAllocationPercent = random.Next(1, 100),
            Eligibility = new()
            {
                MinAsk = Price.FromMicros(10_000), MaxAsk = Price.FromMicros(990_000),
                MaxPairCost = Usdc.FromDecimal(1.2m), DepthMultiple = 0, MinBidToAskRatio = 0, MinHoursToEnd = 0,
            },
            Limits = new()
            {
                MinOrder = Dollars(1, 20), MaxOrder = Dollars(20, 300), SlippageBps = random.Next(0, 1_000),
                MarketExposure = Dollars(10, 500), MarketOrders = random.Next(1, 5), GroupExposure = Dollars(10, 800),
                GlobalExposure = Dollars(10, 1_500), StrategyPositions = random.Next(1, 20),
                PositionExposure = Dollars(10, 400), StrategyExposure = Dollars(10, 1_500),
                StrategyCapitalPercent = random.Next(1, 101), OrdersPerMinute = random.Next(1, 12),
                MinPrice = Price.FromMicros(random.Next(1, 400) * 1_000),
                MaxPrice = Price.FromMicros(random.Next(500, 1_000) * 1_000),
                SizesByVolatility = random.Next(2) == 0, PeakFactor = random.Next(1, 11) / 10m,
                TradesWeekends = random.Next(2) == 0, BreakerFaults = random.Next(1, 5),
                ErrorsInARow = random.Next(0, 20), BreakerSeconds = random.Next(1, 120),
            },
        };
        return settings;
    }

    private void Command()
    {
        var id = $"c{++commands}";
        var positions = State.OpenPositions.ToList();
        Process(new EngineEvent.Commanded(Now, random.Next(8) switch
        {
            0 => new OperatorCommand.Halt(id, "because"),
            1 or 2 or 3 => new OperatorCommand.Resume(id),
            4 when positions.Count > 0 => new OperatorCommand.Close(id, Any(positions).Id, null),
            _ => new OperatorCommand.Enter(id, Any(markets).Id, Dollars(1, 2_000), random.Next(11) / 10m),
        }));
    }

    private void Scan() => Process(new EngineEvent.Scanned(
        Now, MarketBuilder.Scan(Now.MarketTime, [.. markets.Select(market => (market, random.Next(1, 11)))])));

    private void Answer()
    {
        var order = Any(unanswered);
        unanswered.Remove(order);
        if (!State.Orders.TryGetValue(order.Command.ClientOrderId, out var known) || !known.IsWorking)
            return;
        Now = Now with { RecordedAt = Now.RecordedAt.AddMilliseconds(random.Next(8_000)) };
        var (id, shares) = (order.Command.ClientOrderId, order.Command.Quantity.ToDecimal());
        var part = decimal.Floor(shares * random.Next(0, 101)) / 100m;
        Process(random.Next(10) switch
        {
            0 => new EngineEvent.Answered(Now, id, new(OrderStatus.Rejected, [], "no"), null),
            1 => new EngineEvent.Answered(Now, id, null, new(VenueErrorKind.Unknown, "no answer")),
            2 => new EngineEvent.Answered(Now, id, new(OrderStatus.Canceled, []), null),
            3 or 4 when part > 0 => Filled(OrderStatus.Canceled, part),
            _ => Filled(OrderStatus.Filled, shares),
        });

        EngineEvent.Answered Filled(OrderStatus status, decimal filled) =>
            new(Now, id, new(status, [Fill(order, filled)]), null);
    }

    // A purchase in dollars gets fewer shares at the worst price, and never costs more than it may spend.
    private Fill Fill(PreparedOrder order, decimal shares)
    {
        var command = order.Command;
        var rate = markets.First(market => market.Id == command.MarketId).Fees!.RateMicros;
        if (command is { Side: Side.Buy, Spend: { } spend } && command.Limit.ToDecimal() > 0)
            shares = Math.Min(shares, decimal.Floor(spend.ToDecimal() / command.Limit.ToDecimal() * 100m) / 100m);
        return venue.Fill(order, Math.Max(shares, 0.01m), null, rate, Now.MarketTime);
    }

    // A purchase that fails after its shares were sold cannot be: the venue lets nobody sell before they are final.
    private void Settle()
    {
        var trades = State.Ledger.Pending.Where(entry => entry.TradeId is not null).ToList();
        if (trades.Count == 0)
            return;
        var entry = Any(trades);
        var isConfirmed = entry.Kind == "buy" || random.Next(3) > 0;
        Process(new EngineEvent.Fed(
            Now, new FeedEvent.Settled(Now.MarketTime, entry.TradeId!.Value, isConfirmed)));
    }

    private void Quote(Market market)
    {
        var ask = Any(Asks);
        foreach (var outcome in Outcomes.Both)
        {
            var best = outcome == Outcome.Yes ? ask : 1.01m - ask;
            Level[] bids = [.. Enumerable.Range(1, 3).Select(step => Level(best - (step * 0.01m)))];
            Level[] asks = [.. Enumerable.Range(0, 4).Select(step => Level(best + (step * 0.01m)))];
            Process(new EngineEvent.Fed(Now, new FeedEvent.Snapshot(
                Now.MarketTime, new(market.Token(outcome), [.. bids.Where(Is)], [.. asks.Where(Is)]))));
        }

        bool Is(Level level) => level.Price > Price.Zero && level.Price < Price.One;
    }

    private Level Level(decimal price) => new(
        Price.FromDecimal(Math.Clamp(price, 0m, 1m)), Quantity.FromDecimal(random.Next(1, 2_000)));

    private void Process(EngineEvent cause)
    {
        var turn = engine.Process(cause);
        Watcher?.Invoke(turn.Batch.Records);
        unanswered.AddRange(turn.Requests.OfType<VenueRequest.Submit>().Select(request => request.Order));
    }

    private Usdc Dollars(int least, int most) => Usdc.FromDecimal(random.Next(least * 100, (most * 100) + 1) / 100m);

    private T Any<T>(IReadOnlyList<T> items) => items[random.Next(items.Count)];

    /// <summary>Wants to enter anything with any capital, and otherwise lives as equilibrage does.</summary>
    private sealed class Wanton(RiskyWorld world) : IStrategy
    {
        private readonly IStrategy sober = StrategyCatalog.Primary;
        private EngineEvent? last;

        public StrategyId Id => sober.Id;

        public EntryPlan Plan(EngineState state) => sober.Plan(state);

        public IReadOnlyList<Intent> Close(EngineState state, Position position, Outcome? only) =>
            sober.Close(state, position, only);

        public IReadOnlyList<Intent> Decide(EngineState state, EngineEvent cause)
        {
            var steps = sober.Decide(state, cause);
            if (steps.Count > 0 || ReferenceEquals(cause, last))
                return steps;
            last = cause;
            return
            [
                .. Enumerable.Range(0, world.random.Next(3)).Select(_ => new Intent.Open
                {
                    Market = world.Any(world.markets), StrategyId = Id,
                    Plan = new(world.Dollars(0, 3_000), world.random.Next(11) / 10m),
                    CommandId = world.random.Next(2) == 0 ? "any" : null,
                }),
            ];
        }
    }
}
