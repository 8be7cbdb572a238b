using Equilibrage.Core.Accounting;
using Equilibrage.Core.Execution;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Ports;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.Projections;
using Equilibrage.Core.Risk;
using Equilibrage.Core.State;
using Equilibrage.Core.Strategies;

namespace Equilibrage.Core.Engine;

/// <summary>
/// The one writer. <see cref="Process"/> absorbs an event, asks the strategies, checks, plans and records; it does no
/// I/O, knows no clock, and gives the same outputs for the same events.
/// </summary>
public sealed partial class TradingEngine(
    EngineState state, IReadOnlyList<IStrategy> strategies, IOrderPreparer preparer)
{
    // A position takes at most a handful of steps per event; more means that a strategy never comes to rest.
    private const int MaxRounds = 64;

    private readonly Verdicts verdicts = new();

    /// <summary>The state; read it on the loop's thread only.</summary>
    public EngineState State => state;

    /// <summary>
    /// What refused an eligible market at the latest scan; null when nothing did or it was not eligible.
    /// </summary>
    public Denial? VerdictOf(MarketId market) => verdicts.DenialOf(market);

    /// <summary>Handles one event.</summary>
    /// <exception cref="InvalidOperationException">An invariant is broken: the process ends and recovers.</exception>
    public EngineTurn Process(EngineEvent cause)
    {
        ArgumentNullException.ThrowIfNull(cause);
        state.Observe(cause.At);
        state.Prune();
        var record = new Recorder(state, state.Now);
        var called = CallJudge.Concerned(state, cause);
        Absorber.Absorb(state, cause, record);
        Reconciliation.Compare(state, cause, record);
        Incidents.Watch(state, cause, record);
        CallJudge.Judge(state, cause, called, record);
        LossWatch.Look(state, cause, record);
        KillSwitch.Absorb(state, cause, record);
        if (cause is EngineEvent.Commanded commanded)
            Obey(commanded.Command, record);
        Decide(cause, record);
        Redemptions.Request(state, record);
        return Finish(cause, record);
    }

    /// <summary>Asks every strategy until none wants more.</summary>
    private void Decide(EngineEvent cause, Recorder record)
    {
        foreach (var strategy in strategies)
        {
            var rounds = 0;
            while (CarryOut(strategy.Decide(state, cause), record))
            {
                if (++rounds > MaxRounds)
                {
                    throw new InvalidOperationException(
                        $"{strategy.Id} does not come to rest after {cause.GetType().Name}.");
                }
            }
        }
    }

    /// <summary>
    /// Carries intents out in order and says whether that recorded anything. Of several entries the first that the gate
    /// lets pass is taken.
    /// </summary>
    private bool CarryOut(IReadOnlyList<Intent> intents, Recorder record)
    {
        var before = record.Records.Count;
        var isOpening = false;
        foreach (var intent in intents)
        {
            switch (intent)
            {
                case Intent.Open open:
                    isOpening = isOpening || Open(open, record).Denial is null;
                    break;
                case Intent.Move move:
                    var from = state.Positions[move.Position.Id].State;
                    record.Emit(new EngineOutput.PositionMoved(move.Position.Id, from, move.To, move.Why));
                    break;
                case Intent.CancelOrder cancel:
                    Cancellations.Request(state, cancel.ClientOrderId, cancel.Why, record);
                    break;
                case Intent.BeginExit begin: record.Emit(begin.Exit); break;
                case Intent.EndExit end:
                    record.Emit(new EngineOutput.LegExited(end.Position.Id, end.Outcome, end.Reason));
                    break;
                case Intent.SettleLeg settle: Settle(settle, record); break;
                case Intent.BuyLeg buy: Send(OrderPlanner.Buy(state, buy), null, record); break;
                case Intent.SellLeg sell: Send(OrderPlanner.Sell(state, sell), sell.Reason, record); break;
                default: Work(intent, record); break;
            }
        }

        return record.Records.Count > before;
    }

    private (PositionId? Id, Denial? Denial) Open(Intent.Open intent, Recorder record)
    {
        var verdict = RiskGate.Check(state, intent);
        if (verdict.Approved is not { } approved)
            return (null, verdict.Denial);
        var position = PositionFactory.Create(state, approved);
        var why = intent.CommandId is null
            ? $"score {intent.Opportunity?.Score} reaches the threshold of {state.Settings.OpportunityThreshold}"
            : "entered by the operator";
        record.Emit(new EngineOutput.PositionOpened(position, intent.Market, why) { Sizes = verdict.Layers });
        verdicts.Entered(approved.Intent, position.Id, state, verdict.Layers);
        return (position.Id, null);
    }

    private void Settle(Intent.SettleLeg settle, Recorder record)
    {
        var leg = state.Positions[settle.Position.Id].Leg(settle.Outcome);
        var payout = settle.Payout.ProceedsOf(leg.Held);
        record.Emit(new EngineOutput.LegSettled(
            settle.Position.Id, settle.Outcome, Entries.Settle(settle.Position.Id, leg, payout), payout));
    }

    private void Send(OrderCommand? command, ExitReason? reason, Recorder record)
    {
        if (command is null || RiskGate.Check(state, command).Approved is not { } approved)
            return;
        command = approved.Intent;
        var order = preparer.Prepare(command);
        var market = state.Catalog.Find(command.MarketId)!;
        var reserve = command.Side == Side.Buy ? OrderPlanner.Reservation(command, market) : Usdc.Zero;
        var reservation = reserve == Usdc.Zero
            ? null
            : Entries.Reserve(command.ClientOrderId, command.PositionId, Usdc.Min(reserve, state.Ledger.Available));
        record.Emit(new EngineOutput.OrderSubmitted(order, reason, reservation)
        {
            Book = BookTop.Of(state.Books.GetValueOrDefault(command.TokenId), state.Now.MarketTime),
        });
    }

    private EngineTurn Finish(EngineEvent cause, Recorder record)
    {
        var requests = record.Records.Select(Request).OfType<VenueRequest>().ToList();
        if (KillSwitch.AsksAgain(state, cause) && !requests.OfType<VenueRequest.CancelAll>().Any())
            requests.Add(new VenueRequest.CancelAll());
        var answers = new Dictionary<string, CommandOutcome>();
        if (cause is EngineEvent.Commanded commanded && state.AnswerTo(commanded.Command.CommandId) is { } answer)
            answers[answer.CommandId] = Projector.Outcome(state, answer);
        var isMonitor = cause is EngineEvent.MonitorDue;
        var batch = new JournalBatch
        {
            Records = record.Records,
            Decisions = cause is EngineEvent.Scanned scanned
                ? verdicts.Changed(state, scanned.Scan, strategies[0])
                : verdicts.Take(),
            Scans = cause is EngineEvent.Scanned counted ? [Verdicts.Count(state, counted.Scan)] : [],
            Marks = isMonitor ? Projector.Marks(state) : [],
            Equity = isMonitor || record.Records.Count > 0 ? [Projector.EquityPoint(state)] : [],
            Positions = [.. record.Touched.Select(id => state.Positions.GetValueOrDefault(id)).OfType<Position>()],
        };
        return new(batch, requests, answers);
    }

    private VenueRequest? Request(JournalRecord record) => record.Output switch
    {
        EngineOutput.LookUpRequested asked => new VenueRequest.LookUp(state.Recall(asked.ClientOrderId)!.Prepared),
        EngineOutput.CancelRequested asked => new VenueRequest.Cancel(state.Orders[asked.ClientOrderId].Prepared),
        EngineOutput.OrderSubmitted submitted => new VenueRequest.Submit(submitted.Order),
        EngineOutput.RedemptionRequested requested => new VenueRequest.Execute(
            state.RedemptionOf(requested.MarketId)),
        EngineOutput.PairRequested requested => new VenueRequest.Execute(requested.Operation),
        EngineOutput.Halted => new VenueRequest.CancelAll(),
        _ => null,
    };
}
