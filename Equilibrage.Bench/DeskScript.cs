using Equilibrage.Core.Books;
using Equilibrage.Core.Engine;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.Simulation;
using Equilibrage.Core.State;
using Equilibrage.Core.Strategies;

namespace Equilibrage.Bench;

/// <summary>
/// An engine that enters and closes positions in one market after the other, at a gain. Every order is filled at its
/// limit and settled at once.
/// </summary>
internal sealed class DeskScript
{
    private static readonly Usdc Capital = Usdc.FromDecimal(1_000_000);
    private static readonly DateTimeOffset Start = new(2026, 3, 11, 12, 0, 0, TimeSpan.Zero);

    private readonly TradingEngine engine;
    private readonly string name;
    private DateTimeOffset time = Start;
    private int markets;
    private int ids;

    /// <param name="account">Whose positions they are.</param>
    public DeskScript(AccountId account)
    {
        name = account.Value;
        engine = new(new(account), StrategyCatalog.CreateAll(), new DerivedOrderPreparer());
    }

    /// <summary>Called with every event; gives what it led to.</summary>
    public required Func<TradingEngine, EngineEvent, Task<EngineTurn>> Handle { get; init; }

    private Stamp Now => new(time, time);

    /// <summary>Opens the account and finds it equal to the venue's record.</summary>
    public async Task OpenAsync()
    {
        await GiveAsync(new EngineEvent.Opened(Now, Capital));
        await GiveAsync(new EngineEvent.Compared(Now, new(Capital, new Dictionary<TokenId, Quantity>(), [])));
    }

    /// <summary>One position from entry to exit.</summary>
    public async Task LiveAsync()
    {
        time += TimeSpan.FromHours(1);
        var market = NextMarket();
        await GiveAsync(new EngineEvent.Catalogued(Now, [market]));
        await QuoteAsync(market, 0.49m, 0.50m);
        await GiveAsync(Command(id => new OperatorCommand.Enter(id, market.Id, Usdc.FromDecimal(100), 0.5m)));
        if (engine.State.PositionIn(market.Id) is not { } position)
            throw new InvalidOperationException($"The engine did not enter {market.Id}.");
        time += TimeSpan.FromMinutes(1);
        await QuoteAsync(market, 0.51m, 0.52m);
        await GiveAsync(Command(id => new OperatorCommand.Close(id, position.Id, null)));
        if (engine.State.PositionIn(market.Id) is { } open)
            throw new InvalidOperationException($"The engine did not close {open.Id}, which is {open.State}.");
    }

    private async Task GiveAsync(EngineEvent cause)
    {
        var turn = await Handle(engine, cause);
        foreach (var order in turn.Requests.OfType<VenueRequest.Submit>().Select(submit => submit.Order))
        {
            var fill = FillOf(order);
            var answer = new SubmitAnswer(OrderStatus.Filled, [fill]);
            await GiveAsync(new EngineEvent.Answered(Now, order.Command.ClientOrderId, answer, null));
            await GiveAsync(new EngineEvent.Fed(Now, new FeedEvent.Settled(time, fill.TradeId, true)));
        }
    }

    private EngineEvent.Commanded Command(Func<string, OperatorCommand> make) => new(Now, make($"command-{++ids}"));

    private Fill FillOf(PreparedOrder order) => new()
    {
        TradeId = new($"{name}-trade-{++ids}"),
        VenueOrderId = order.VenueOrderId,
        TokenId = order.Command.TokenId,
        Side = order.Command.Side,
        Price = order.Command.Limit,
        Quantity = order.Command.Quantity,
        Notional = order.Command.Side == Side.Buy
            ? order.Command.Limit.CostOf(order.Command.Quantity)
            : order.Command.Limit.ProceedsOf(order.Command.Quantity),
        Fee = Usdc.Zero,
        Liquidity = Liquidity.Taker,
        ExecutedAt = time,
    };

    private async Task QuoteAsync(Market market, decimal bid, decimal ask)
    {
        foreach (var outcome in Outcomes.Both)
        {
            await GiveAsync(new EngineEvent.Fed(Now, new FeedEvent.Snapshot(
                time, new(market.Token(outcome), [Level(bid)], [Level(ask)]))));
        }
    }

    private static Level Level(decimal price) => new(Price.FromDecimal(price), Quantity.FromDecimal(100_000));

    private Market NextMarket()
    {
        var id = $"{name}-{++markets}";
        return new()
        {
            Id = new(id),
            Question = $"Will event {markets} happen before the end of the week?",
            Slug = $"event-{markets}",
            Category = "sports",
            TokenYes = new($"{id}-yes"),
            TokenNo = new($"{id}-no"),
            NameYes = "Yes",
            NameNo = "No",
            TickSize = TickSize.Cent,
            MinimumOrderSize = Quantity.FromDecimal(5),
            Fees = new FeeSchedule(0, true),
            ExpectedEnd = time.AddDays(7),
        };
    }
}
