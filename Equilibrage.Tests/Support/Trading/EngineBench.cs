using Equilibrage.Core.Accounting;
using Equilibrage.Core.Books;
using Equilibrage.Core.Engine;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;
using Equilibrage.Core.Strategies;

namespace Equilibrage.Tests.Support.Trading;

/// <summary>An engine under test with one market: feeds events one by one and keeps what they led to.</summary>
internal sealed class EngineBench
{
    public static readonly AccountId Account = new("sandbox:fake:desk");

    private TradingEngine engine;
    private readonly List<JournalRecord> journal = [];
    private readonly List<PreparedOrder> unanswered = [];
    private readonly List<EngineEvent> events = [];
    private readonly List<PreparedOrder> cancels = [];
    private readonly List<ChainOperation> operations = [];
    private readonly bool usesPairs;
    private int commands;

    /// <summary>Opens the account. Everything goes through the books unless <paramref name="pairs"/> says so.</summary>
    public EngineBench(
        TradingSettings? settings = null, decimal capital = 1000, long rateMicros = 0, Market? market = null,
        bool pairs = false)
    {
        usesPairs = pairs;
        Market = market ?? MarketBuilder.Market(rateMicros: rateMicros);
        engine = new(new(Account), StrategyCatalog.CreateAll(), Venue);
        Now = new(MarketBuilder.Start, MarketBuilder.Start);
        Process(new EngineEvent.Opened(Now, Usdc.FromDecimal(capital)));
        Configure(settings ?? new());
        Process(new EngineEvent.Catalogued(Now, [Market]));
        Process(new EngineEvent.Compared(Now, new(Usdc.FromDecimal(capital), new Dictionary<TokenId, Quantity>(), [])));
    }

    public FakeVenue Venue { get; } = new();

    public Market Market { get; }

    public Stamp Now { get; private set; }

    public EngineState State => engine.State;

    public IReadOnlyList<JournalRecord> Journal => journal;

    public IReadOnlyList<EngineEvent> Events => events;

    /// <summary>Orders that the engine sent and nobody answered.</summary>
    public IReadOnlyList<PreparedOrder> Unanswered => unanswered;

    /// <summary>The only position, also after it was closed.</summary>
    public Position Position => State.Positions.Values.Single();

    /// <summary>What the last event led to.</summary>
    public EngineTurn Turn { get; private set; } = null!;

    /// <summary>Kinds of the last event's records, in order.</summary>
    public IReadOnlyList<string> Kinds => [.. Turn.Batch.Records.Select(record => record.Output.GetType().Name)];

    public Action? AfterEvent { get; set; }

    public EngineTurn Process(EngineEvent cause)
    {
        events.Add(cause);
        Turn = engine.Process(cause);
        journal.AddRange(Turn.Batch.Records);
        unanswered.AddRange(Turn.Requests.OfType<VenueRequest.Submit>().Select(request => request.Order));
        cancels.AddRange(Turn.Requests.OfType<VenueRequest.Cancel>().Select(request => request.Order));
        operations.AddRange(Turn.Requests.OfType<VenueRequest.Execute>().Select(request => request.Operation));
        AfterEvent?.Invoke();
        return Turn;
    }

    /// <summary>The process dies and recovers from its journal; what was only in memory is gone.</summary>
    public void Restart()
    {
        var folded = new EngineState(Account);
        foreach (var record in journal)
            folded.Apply(record);
        engine = new(folded, StrategyCatalog.CreateAll(), Venue);
        Process(new EngineEvent.Catalogued(Now, [Market]));
    }

    /// <summary>Orders that are to be canceled and were not answered for.</summary>
    public IReadOnlyList<PreparedOrder> Cancels => cancels;

    /// <summary>Operations on the chain that were asked for and not answered.</summary>
    public IReadOnlyList<ChainOperation> Operations => operations;

    /// <summary>The venue takes the oldest order: it rests.</summary>
    public PreparedOrder Accept()
    {
        var order = Take();
        Process(new EngineEvent.Answered(Now, order.Command.ClientOrderId, new(OrderStatus.Accepted, []), null));
        return order;
    }

    /// <summary>A resting order is executed at its limit.</summary>
    public EngineTurn Execute(PreparedOrder order, decimal shares)
    {
        var fill = Venue.Fill(order, shares, null, 0, Now.MarketTime) with { Liquidity = Liquidity.Maker };
        var rest = State.Orders[order.Command.ClientOrderId].Filled.ToDecimal() + shares;
        return Feed(new FeedEvent.Filled(
            Now.MarketTime, fill,
            rest >= order.Command.Quantity.ToDecimal() ? OrderStatus.Filled : OrderStatus.PartiallyFilled));
    }

    /// <summary>The venue cancels the oldest order that is to be.</summary>
    public EngineTurn Cancel()
    {
        var order = cancels[0];
        cancels.RemoveAt(0);
        var fills = State.Orders[order.Command.ClientOrderId].Fills;
        return Process(new EngineEvent.LookedUp(
            Now, order.Command.ClientOrderId, new(order.VenueOrderId, OrderStatus.Canceled, fills, "on request")));
    }

    /// <summary>The venue carries the oldest operation out, or refuses it.</summary>
    public EngineTurn Execute(string? refusal = null)
    {
        var operation = operations[0];
        operations.RemoveAt(0);
        var moved = (operation.Kind == ChainOperationKind.Split ? 1 : -1) * operation.Amount.ToMicros;
        return Process(new EngineEvent.Executed(
            Now, operation.Id,
            refusal is not null
                ? null
                : new(
                    Usdc.FromMicros(-moved),
                    new Dictionary<TokenId, long> { [Market.TokenYes] = moved, [Market.TokenNo] = moved }, "0x1"),
            refusal is null ? null : new(VenueErrorKind.Refused, refusal)));
    }

    /// <summary>Both clocks move on.</summary>
    public void Pass(double wallSeconds, double marketHours = 0) =>
        Now = new(Now.MarketTime.AddHours(marketHours).AddSeconds(wallSeconds), Now.RecordedAt.AddSeconds(wallSeconds));

    public EngineTurn Feed(FeedEvent report) => Process(new EngineEvent.Fed(Now, report));

    public EngineTurn Monitor() => Process(new EngineEvent.MonitorDue(Now));

    /// <summary>A whole book with one level a side.</summary>
    public EngineTurn Quote(Outcome outcome, decimal bid, decimal ask, decimal size = 10_000, Market? market = null) =>
        Feed(new FeedEvent.Snapshot(
            Now.MarketTime,
            new((market ?? Market).Token(outcome), [Level(bid, size)], [Level(ask, size)])));

    /// <summary>Both books around one half, as an entry wants them.</summary>
    public void QuoteEven(Market? market = null)
    {
        Quote(Outcome.Yes, 0.49m, 0.50m, market: market);
        Quote(Outcome.No, 0.49m, 0.50m, market: market);
    }

    /// <summary>Both books change in one report: one bid each, one cent below its ask.</summary>
    public EngineTurn Change(decimal bidYes, decimal bidNo)
    {
        var deltas = new List<BookDelta>();
        foreach (var (outcome, bid) in new[] { (Outcome.Yes, bidYes), (Outcome.No, bidNo) })
        {
            var book = State.Book(Market.Token(outcome));
            foreach (var level in book.Bids.Levels)
                deltas.Add(new(book.TokenId, BookSide.Bid, level.Price, Quantity.Zero));
            foreach (var level in book.Asks.Levels)
                deltas.Add(new(book.TokenId, BookSide.Ask, level.Price, Quantity.Zero));
            deltas.Add(new(book.TokenId, BookSide.Bid, Price.FromDecimal(bid), Quantity.FromDecimal(10_000)));
            deltas.Add(new(book.TokenId, BookSide.Ask, Price.FromDecimal(bid + 0.01m), Quantity.FromDecimal(10_000)));
        }

        return Feed(new FeedEvent.Changed(Now.MarketTime, Market.Id, deltas));
    }

    public EngineTurn Scan(params (Market Market, int Score)[] found) =>
        Process(new EngineEvent.Scanned(Now, MarketBuilder.Scan(Now.MarketTime, found)));

    public EngineTurn Enter(decimal? capital = 100, decimal? ratioYes = null, Market? market = null) =>
        Command(id => new OperatorCommand.Enter(
            id, (market ?? Market).Id, capital is { } dollars ? Usdc.FromDecimal(dollars) : null, ratioYes));

    public EngineTurn Close(Outcome? leg = null) => Command(id => new OperatorCommand.Close(id, Position.Id, leg));

    public EngineTurn Configure(TradingSettings settings) => Command(id => new OperatorCommand.Configure(
        id, settings with { Execution = settings.Execution with { UsesPairs = usesPairs } }));

    public EngineTurn Command(Func<string, OperatorCommand> command) =>
        Process(new EngineEvent.Commanded(Now, command($"command-{++commands}")));

    /// <summary>What refused the last command, if anything did.</summary>
    public DenyReason? Refusal => Turn.Answers.Values.Single().Denial?.Reason;

    /// <summary>Answers the oldest order: executed whole at its limit unless told.</summary>
    public EngineTurn Answer(decimal? shares = null, decimal? price = null) => Process(AnswerTo(Take(), shares, price));

    /// <summary>Answers the oldest order with a refusal.</summary>
    public EngineTurn Reject(string reason = "no") => Process(
        new EngineEvent.Answered(Now, Take().Command.ClientOrderId, new(OrderStatus.Rejected, [], reason), null));

    public EngineEvent.Answered AnswerTo(PreparedOrder order, decimal? shares = null, decimal? price = null)
    {
        var all = order.Command.Quantity.ToDecimal();
        var done = shares ?? all;
        Fill[] fills = done == 0
            ? []
            : [Venue.Fill(order, done, price, Market.Fees!.RateMicros, Now.MarketTime)];
        return new(
            Now, order.Command.ClientOrderId,
            new(done == all ? OrderStatus.Filled : OrderStatus.Canceled, fills), null);
    }

    /// <summary>Takes the oldest unanswered order.</summary>
    public PreparedOrder Take()
    {
        var order = unanswered[0];
        unanswered.RemoveAt(0);
        return order;
    }

    /// <summary>Both legs bought at one half and confirmed: an active position of 100 dollars.</summary>
    public Position EnterEven(decimal capital = 100)
    {
        QuoteEven();
        Enter(capital);
        Answer();
        Answer();
        Settle(true);
        return Position;
    }

    /// <summary>Settles every trade that is on its way.</summary>
    public void Settle(bool isConfirmed)
    {
        foreach (var trade in State.Ledger.Pending.Select(entry => entry.TradeId!.Value).Distinct().ToList())
            Feed(new FeedEvent.Settled(Now.MarketTime, trade, isConfirmed));
    }

    public EngineTurn Resolve(decimal payoutYes, ResolutionKind kind = ResolutionKind.Regular) => Feed(
        new FeedEvent.Resolved(Now.MarketTime, new(Market.Id, Price.FromDecimal(payoutYes), kind, Now.MarketTime)));

    /// <summary>The venue pays what it was asked to redeem.</summary>
    public EngineTurn Redeem()
    {
        var legs = Position.Legs.Where(leg => !leg.Settled.IsZero).ToList();
        var payout = legs.Aggregate(Usdc.Zero, (sum, leg) => sum + leg.Payout);
        var receipt = new ChainReceipt(
            payout, legs.ToDictionary(leg => leg.TokenId, leg => -leg.Settled.ToMicros), "0x01");
        return Process(new EngineEvent.Executed(Now, State.RedemptionOf(Market.Id).Id, receipt, null));
    }

    private static Level Level(decimal price, decimal size) =>
        new(Price.FromDecimal(price), Quantity.FromDecimal(size));
}
