using Equilibrage.Core.Accounting;
using Equilibrage.Core.Engine;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;

namespace Equilibrage.Tests.Support;

/// <summary>
/// Journals the life of one two-sided position step by step, every kind of output included: bought at 0.50/0.40 with
/// 100 shares each, the second leg sold at 0.27, the first paid at the end.
/// </summary>
internal sealed class PositionLife
{
    public static readonly AccountId Account = new("sandbox:practice:0xabc");

    private static readonly StrategyId Strategy = new("equilibrage");
    private readonly string _name;
    private readonly Dictionary<Outcome, int> _orders = [];
    private DateTimeOffset _time;

    /// <param name="state">The account's state, which the records are folded into.</param>
    /// <param name="name">Makes ids and the question.</param>
    /// <param name="start">Market time of the first step; each step takes a minute.</param>
    public PositionLife(EngineState state, string name, DateTimeOffset start)
    {
        State = state;
        _name = name;
        _time = start;
        Market = new()
        {
            Id = new($"0x{name}"),
            Question = $"Will {name} happen?",
            Slug = name,
            Category = "sports",
            TokenYes = new($"{name}-1"),
            TokenNo = new($"{name}-2"),
            NameYes = "Up",
            NameNo = "Down",
            TickSize = TickSize.FromMicros(10_000),
            MinimumOrderSize = Quantity.FromDecimal(5),
            Fees = new FeeSchedule(50_000, true),
            ExpectedEnd = start.AddDays(3),
        };
    }

    public EngineState State { get; }

    public Market Market { get; }

    public PositionId Id => new($"position-{_name}");

    /// <summary>Capital, settings, a refused command, an incident.</summary>
    public JournalBatch OpenAccount() => Step(record =>
    {
        var deposit = Entries.Deposit("deposit", Usdc.FromDecimal(1000));
        record.Emit(new EngineOutput.AccountOpened(Account, deposit));
        record.Emit(new EngineOutput.SettingsChanged(new TradingSettings { MaxPositions = 5 }));
        record.Emit(
            new EngineOutput.CommandAnswered("command-1", null, new(DenyReason.PriceBand, "the YES ask 0.71 is high")),
            "operator", "command-1");
        record.Emit(new EngineOutput.IncidentRaised("cash", "ours 1, theirs 2"));
    });

    /// <summary>Both legs bought and confirmed, unless the first leg's trade is to fail.</summary>
    public IEnumerable<JournalBatch> Enter(bool isFirstConfirmed = true)
    {
        yield return Step(record => record.Emit(new EngineOutput.PositionOpened(Planned(), Market, "score 7")));
        yield return Move(PositionState.Planned, PositionState.EnteringLeg1);
        yield return Submit(Outcome.Yes, Side.Buy, 0.50m, null);
        yield return Fill(Outcome.Yes, Side.Buy, 0.50m, isFirstConfirmed);
        yield return Move(PositionState.EnteringLeg1, PositionState.EnteringLeg2);
        yield return Submit(Outcome.No, Side.Buy, 0.40m, null);
        yield return Fill(Outcome.No, Side.Buy, 0.40m);
        yield return Move(PositionState.EnteringLeg2, PositionState.Active);
    }

    /// <summary>The second leg sold at 0.27.</summary>
    public IEnumerable<JournalBatch> Liquidate()
    {
        yield return Step(record =>
        {
            record.Emit(new EngineOutput.ExitBegun(
                Id, Outcome.No, ExitReason.Divergence, Price.FromDecimal(0.28m), 0.2754321m, 0.40m, 0.28m));
            record.Emit(new EngineOutput.PositionMoved(Id, PositionState.Active, PositionState.Liquidating, "fell"));
        });
        yield return Submit(Outcome.No, Side.Sell, 0.27m, ExitReason.Divergence);
        yield return Fill(Outcome.No, Side.Sell, 0.27m);
        yield return Step(record =>
        {
            record.Emit(new EngineOutput.LegExited(Id, Outcome.No, ExitReason.Divergence));
            record.Emit(new EngineOutput.PositionMoved(
                Id, PositionState.Liquidating, PositionState.HoldingWinner, "sold"));
        });
    }

    /// <summary>The market ends, the first leg is paid and redeemed.</summary>
    public IEnumerable<JournalBatch> Resolve(decimal payoutYes = 1m)
    {
        yield return Step(record => record.Emit(new EngineOutput.MarketResolved(
            new(Market.Id, Price.FromDecimal(payoutYes), ResolutionKind.Regular, _time))));
        yield return Step(record =>
        {
            var leg = Position.Yes;
            var payout = Price.FromDecimal(payoutYes).ProceedsOf(leg.Held);
            record.Emit(new EngineOutput.LegSettled(Id, Outcome.Yes, Entries.Settle(Id, leg, payout), payout));
            record.Emit(new EngineOutput.PositionMoved(Id, PositionState.HoldingWinner, PositionState.Closed, "paid"));
        });
        yield return Step(record => record.Emit(new EngineOutput.RedemptionRequested(Market.Id)));
        yield return Step(record => record.Emit(
            new EngineOutput.RedemptionBooked(Market.Id, [Entries.Redeem(Id, Position.Yes)])));
    }

    /// <summary>All of it.</summary>
    public IEnumerable<JournalBatch> Whole(decimal payoutYes = 1m) =>
        Enter().Concat(Liquidate()).Concat(Resolve(payoutYes));

    /// <summary>A mark of the open position with its point of the equity curve.</summary>
    public JournalBatch Mark(decimal bidYes, decimal bidNo)
    {
        _time = _time.AddMinutes(1);
        var at = new Stamp(_time, _time.AddYears(-1));
        var (yes, no) = (Price.FromDecimal(bidYes), Price.FromDecimal(bidNo));
        var cash = State.Ledger.Cash;
        return new()
        {
            Marks = [new(Id, at, Market.TokenYes, Market.TokenNo, yes, no, Position.Pnl(yes, no))],
            Equity = [new(at, Account, cash + Usdc.FromDecimal(1), cash, Usdc.FromDecimal(1), Usdc.Zero)],
        };
    }

    /// <summary>The order for the first leg.</summary>
    public JournalBatch Order() => Submit(Outcome.Yes, Side.Buy, 0.50m, null);

    public Position Position => State.Positions[Id];

    private JournalBatch Move(PositionState from, PositionState to) =>
        Step(record => record.Emit(new EngineOutput.PositionMoved(Id, from, to, "next")));

    private JournalBatch Submit(Outcome outcome, Side side, decimal price, ExitReason? reason) => Step(record =>
    {
        _orders[outcome] = _orders.GetValueOrDefault(outcome) + 1;
        var order = OrderId(outcome);
        var reserve = Usdc.FromDecimal((100 * price) + 2);
        record.Emit(new EngineOutput.OrderSubmitted(
            new(new OrderCommand
            {
                ClientOrderId = order,
                AccountId = Account,
                StrategyId = Strategy,
                PositionId = Id,
                MarketId = Market.Id,
                TokenId = Market.Token(outcome),
                Outcome = outcome,
                Side = side,
                Limit = Price.FromDecimal(price),
                Quantity = Quantity.FromDecimal(100),
                Type = OrderType.Fak,
                Salt = 9_007_199_254_740_991,
                TimestampMs = 1_790_000_000_000,
            }, new($"venue-{order}")),
            reason,
            side == Side.Buy ? Entries.Reserve(order, Id, reserve) : null));
    });

    private JournalBatch Fill(Outcome outcome, Side side, decimal price, bool isConfirmed = true) => Step(record =>
    {
        var order = OrderId(outcome);
        var fill = new Fill
        {
            TradeId = new($"trade-{order}"),
            VenueOrderId = new($"venue-{order}"),
            TokenId = Market.Token(outcome),
            Side = side,
            Price = Price.FromDecimal(price),
            Quantity = Quantity.FromDecimal(100),
            Notional = Usdc.FromDecimal(100 * price),
            Fee = Usdc.FromDecimal(1.25m),
            Liquidity = Liquidity.Taker,
            ExecutedAt = _time.AddTicks(7),
        };
        var entry = side == Side.Buy
            ? Entries.Buy(fill, Id)
            : Entries.Sell(fill, Id, Position.Leg(outcome).BasisOf(fill.Quantity));
        var reserved = State.Orders[order].Reserved;
        record.Emit(
            new EngineOutput.FillBooked(
                order, Id, outcome, fill, entry,
                side == Side.Buy ? Entries.Release("fill", order, Id, reserved) : null),
            "venue", $"fill:{order}");
        record.Emit(new EngineOutput.OrderUpdated(order, Id, OrderStatus.Filled, null, null));
        record.Emit(new EngineOutput.TradeSettled(fill.TradeId, Id, isConfirmed));
    });

    private ClientOrderId OrderId(Outcome outcome) => new($"{_name}-{outcome}-{_orders[outcome]}");

    private JournalBatch Step(Action<Recorder> act)
    {
        _time = _time.AddMinutes(1);
        var record = new Recorder(State, new Stamp(_time, _time.AddYears(-1).AddTicks(3)));
        act(record);
        return new()
        {
            Records = [.. record.Records],
            Positions = [.. record.Touched.Select(id => State.Positions.GetValueOrDefault(id)).OfType<Position>()],
        };
    }

    private Position Planned() => new()
    {
        Id = Id,
        AccountId = Account,
        StrategyId = Strategy,
        MarketId = Market.Id,
        State = PositionState.Planned,
        Capital = Usdc.FromDecimal(100),
        Rules = new ExitRules(),
        Yes = Leg(Outcome.Yes),
        No = Leg(Outcome.No),
        FirstLeg = Outcome.Yes,
        Score = 7,
        OpenedAt = _time,
        EntryDeadline = _time.AddSeconds(15),
    };

    private Leg Leg(Outcome outcome) => new()
    {
        Outcome = outcome,
        TokenId = Market.Token(outcome),
        Budget = Usdc.FromDecimal(50),
        Planned = Quantity.FromDecimal(100),
    };
}
