using Equilibrage.Core.Accounting;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.State;

public sealed partial class EngineState
{
    /// <summary>Folds one record. Live and recovering use the same path.</summary>
    /// <exception cref="InvalidOperationException">
    /// The record does not follow the last one, or breaks an invariant.
    /// </exception>
    public void Apply(JournalRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        if (record.Sequence != Sequence + 1)
            throw new InvalidOperationException($"Journal record {record.Sequence} does not follow {Sequence}.");
        Sequence = record.Sequence;
        Observe(record.At);
        switch (record.Output)
        {
            case EngineOutput.AccountOpened opened:
                Ledger.Apply(opened.Deposit);
                (IsOpened, OpenedAt) = (true, record.At.MarketTime);
                BeginWatch(record.At);
                break;
            case EngineOutput.SettingsChanged changed: Settings = changed.Settings; break;
            case EngineOutput.CommandAnswered answer: Remember(answer); break;
            case EngineOutput.PositionOpened opened:
                Catalog.Add(opened.Market);
                positions.Add(opened.Position.Id, opened.Position);
                CountEntry(opened.Position, isEntered: false);
                break;
            case EngineOutput.PositionMoved moved: Move(moved, record.At); break;
            case EngineOutput.ExitBegun begun:
                ChangeLeg(begun.PositionId, begun.Outcome, leg => leg with
                {
                    Exiting = begun.Reason, TriggerPrice = begun.SellablePrice, ExitReason = null,
                });
                break;
            case EngineOutput.LegExited exited:
                ChangeLeg(exited.PositionId, exited.Outcome, leg => leg with { ExitReason = exited.Reason });
                break;
            case EngineOutput.OrderSubmitted submitted: Submit(submitted, record.At); break;
            case EngineOutput.OrderUpdated updated: Update(updated); break;
            case EngineOutput.FillBooked booked: Book(booked); break;
            case EngineOutput.PairRequested requested: Request(requested, record.At); break;
            case EngineOutput.PairBooked booked: Book(booked, record.At); break;
            case EngineOutput.PairFailed failed: Fail(failed, record.At); break;
            case EngineOutput.OneLegDecided decided: Decide(decided); break;
            case EngineOutput.OneLegEnded ended: End(ended); break;
            case EngineOutput.SharesMoved moved: Move(moved); break;
            case EngineOutput.ExternalBooked booked: Book(booked, record.At); break;
            case EngineOutput.ActivityRead read: ReadThrough(read.Through); break;
            case EngineOutput.LookUpRequested: break; // It only asks.
            case EngineOutput.TradeSettled settled: Settle(settled, record.At); break;
            case EngineOutput.MarketResolved resolved: End(resolved); break;
            case EngineOutput.LegSettled settled: Settle(settled); break;
            case EngineOutput.RedemptionRequested requested: redemptions.Add(requested.MarketId); break;
            case EngineOutput.RedemptionBooked redeemed: Redeem(redeemed); break;
            case EngineOutput.PermissionChanged: break; // A restart disarms: see Permission.
            case EngineOutput.IncidentRaised raised: Raise(raised, record.At); break;
            case EngineOutput.IncidentClosed closed: incidents.Remove(closed.Id); break;
            case EngineOutput.CancelRequested asked: SetCanceling(asked.ClientOrderId, record.At); break;
            case EngineOutput.CancelRefused refused: SetCanceling(refused.ClientOrderId, null); break;
            case EngineOutput.Halted halted: Fold(halted, record.At); break;
            case EngineOutput.HaltAcknowledged acknowledged: Fold(acknowledged, record.At); break;
            case EngineOutput.Resumed resumed: Fold(resumed); break;
            case EngineOutput.DayBegan began: Fold(began); break;
            case EngineOutput.PeakReached reached: Fold(reached); break;
            case EngineOutput.CallJudged judged: Fold(judged, record.At); break;
            default: throw new InvalidOperationException($"No rule folds {record.Output.GetType().Name}.");
        }
    }

    // A repeated command follows its first soon: the last ten thousand are enough.
    private void Remember(EngineOutput.CommandAnswered answer)
    {
        if (answered.TryAdd(answer.CommandId, answer))
            answers.Enqueue(answer.CommandId);
        else
            answered[answer.CommandId] = answer;
        if (answers.Count > RememberedCommands)
            answered.Remove(answers.Dequeue());
    }

    private void Move(EngineOutput.PositionMoved moved, Stamp at)
    {
        var position = positions[moved.PositionId];
        if (position.State != moved.From)
            throw new InvalidOperationException($"Position {position.Id} is {position.State}, not {moved.From}.");
        position = position with { State = moved.To };
        positions[position.Id] = moved.To switch
        {
            PositionState.Active => position with { EnteredAt = at.MarketTime },
            PositionState.Closed => Close(position, at),
            // A late execution, or a sale that failed, brought shares back.
            _ => position with { ClosedAt = null },
        };
        if (moved.To == PositionState.Active)
            CountEntry(position, isEntered: true);
    }

    private Position Close(Position position, Stamp at)
    {
        lastClosed[position.MarketId] = at.MarketTime;
        return position with
        {
            ClosedAt = at.MarketTime,
            Resolution = resolutions.GetValueOrDefault(position.MarketId),
        };
    }

    private void ChangeLeg(PositionId id, Outcome outcome, Func<Leg, Leg> change)
    {
        var position = positions[id];
        var leg = change(position.Leg(outcome));
        var isFirstExit = leg.ExitReason is not (null or ExitReason.Resolution or ExitReason.EntryFailed)
            && position.LiquidatedSide is null && position.Leg(outcome.Other()) is { IsHeld: true, Exiting: null };
        position = position.With(leg) with { ExitReason = leg.ExitReason ?? position.ExitReason };
        positions[id] = isFirstExit
            ? position with { LiquidatedSide = outcome, LiquidatedAt = Now.MarketTime }
            : position;
    }

    private void Submit(EngineOutput.OrderSubmitted submitted, Stamp at)
    {
        if (submitted.Reservation is { } reservation)
            Ledger.Apply(reservation);
        var command = submitted.Order.Command;
        orders.Add(command.ClientOrderId, new()
        {
            Prepared = submitted.Order,
            Status = OrderStatus.Submitted,
            Reason = submitted.Reason,
            Reserved = Reservation(submitted.Reservation),
            SubmittedAt = at,
        });
        byVenueId.Add(submitted.Order.VenueOrderId, command.ClientOrderId);
        Count(orders[command.ClientOrderId]);
    }

    private void Update(EngineOutput.OrderUpdated updated)
    {
        Revive(updated.PositionId);
        var order = orders[updated.ClientOrderId];
        if (!order.IsWorking)
            throw new InvalidOperationException($"Order {updated.ClientOrderId} is {order.Status}, which is final.");
        if (updated.From is { } from && from != order.Status)
            throw new InvalidOperationException($"Order {updated.ClientOrderId} is {order.Status}, not {from}.");
        if (updated.Release is { } release)
            Ledger.Apply(release);
        orders[updated.ClientOrderId] = order with
        {
            Status = updated.Status,
            Why = updated.Why ?? order.Why,
            Reserved = order.Reserved + Reservation(updated.Release),
        };
    }

    private void SetCanceling(ClientOrderId id, Stamp? at) => orders[id] = orders[id] with { CancelRequestedAt = at };

    private void Book(EngineOutput.FillBooked booked)
    {
        Revive(booked.PositionId);
        // The reservation is freed first: the purchase is paid out of free cash.
        if (booked.Release is { } release)
            Ledger.Apply(release);
        Ledger.Apply(booked.Entry);
        var order = orders[booked.ClientOrderId];
        orders[booked.ClientOrderId] = order with
        {
            Fills = order.Fills.Add(booked.Fill),
            Reserved = order.Reserved + Reservation(booked.Release),
        };
        ChangeLeg(booked.PositionId, booked.Outcome, leg => leg.Apply(booked.Fill));
        AwaitPayout(booked.PositionId);
    }

    private void Move(EngineOutput.SharesMoved moved)
    {
        Revive(moved.PositionId);
        Ledger.Apply(moved.Entry);
        var cost = moved.Entry.Postings
            .Where(posting => posting.Account == LedgerAccount.Inventory)
            .Sum(posting => posting.Micros);
        ChangeLeg(moved.PositionId, moved.Outcome, leg => leg.Move(moved.Micros, Usdc.FromMicros(cost)));
    }

    private void Settle(EngineOutput.TradeSettled settled, Stamp at)
    {
        if (settled.IsConfirmed)
        {
            Ledger.Post(settled.TradeId);
            return;
        }

        foreach (var entry in Ledger.Void(settled.TradeId))
            TakeBack(entry, at);
    }

    /// <summary>
    /// A failed execution counts for nothing: neither in its order nor in its leg, whose sale begins again.
    /// </summary>
    private void TakeBack(Entry entry, Stamp at)
    {
        if (FindFill(entry) is not ({ } order, { } fill))
            throw new InvalidOperationException($"Entry {entry.Id} books no execution that is known.");
        var command = order.Command;
        Quarantine(new(command.ClientOrderId, command.PositionId, command.MarketId, command.Outcome, fill, at));
        orders[command.ClientOrderId] = order with { Voided = order.Voided.Add(fill.TradeId) };
        var basis = entry.Postings
            .Where(posting => posting.Account == LedgerAccount.Inventory)
            .Sum(posting => posting.Micros);
        ChangeLeg(command.PositionId, command.Outcome, leg => leg.TakeBack(fill, Usdc.FromMicros(basis)));
        AwaitPayout(command.PositionId);
    }

    private void Settle(EngineOutput.LegSettled settled)
    {
        Ledger.Apply(settled.Entry);
        ChangeLeg(settled.PositionId, settled.Outcome, leg => leg.Settle(settled.Payout));
        var position = positions[settled.PositionId];
        positions[position.Id] = position with { Resolution = resolutions.GetValueOrDefault(position.MarketId) };
    }

    private void Redeem(EngineOutput.RedemptionBooked redeemed)
    {
        foreach (var entry in redeemed.Entries)
            Ledger.Apply(entry);
        Remember(redeemed);
        foreach (var position in positions.Values.Where(known => known.MarketId == redeemed.MarketId).ToList())
        {
            positions[position.Id] = position with { Yes = position.Yes.Redeem(), No = position.No.Redeem() };
        }

        if (redeemed.Entries.Count > 0)
            ended[redeemed.MarketId] = ended.GetValueOrDefault(redeemed.MarketId) + 1;
        redemptions.Remove(redeemed.MarketId);
        resolutions.Remove(redeemed.MarketId);
    }

    private static Usdc Reservation(Entry? entry) => Usdc.FromMicros(entry?.Postings
        .Where(posting => posting.Account == LedgerAccount.Reserved)
        .Sum(posting => posting.Micros) ?? 0);
}
