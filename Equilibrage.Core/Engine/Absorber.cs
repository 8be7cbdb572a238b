using Equilibrage.Core.Accounting;
using Equilibrage.Core.Books;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;

namespace Equilibrage.Core.Engine;

/// <summary>Takes facts in: books and catalogue directly, everything that lasts as recorded outputs.</summary>
internal static class Absorber
{
    private const int MostEarlySettlements = 1_000;

    /// <summary>Absorbs one event.</summary>
    public static void Absorb(EngineState state, EngineEvent cause, Recorder record)
    {
        switch (cause)
        {
            case EngineEvent.Opened opened when !state.IsOpened:
                var deposit = Entries.Deposit("capital", opened.Capital);
                record.Emit(new EngineOutput.AccountOpened(state.AccountId, deposit));
                break;
            case EngineEvent.Catalogued catalogued:
                foreach (var market in catalogued.Markets)
                    state.Catalog.Add(market);
                break;
            case EngineEvent.Followed followed: state.Follow(followed.Tokens); break;
            case EngineEvent.Fed fed: Feed(state, fed, record); break;
            case EngineEvent.Answered { Answer: { } answer } answered:
                Execute(
                    state, record, answered.ClientOrderId, answer.Fills,
                    new(OrderCause.Answer, answer.Status, answer.Reason));
                break;
            case EngineEvent.Answered { Error: { } error } answered:
                Fail(state, record, answered.ClientOrderId, error);
                break;
            case EngineEvent.LookedUp looked: LookUp(state, record, looked); break;
            case EngineEvent.CancelFailed failed: Cancellations.Refuse(state, failed, record); break;
            case EngineEvent.Sought sought when Absences.IsProven(state, sought):
                const string Absent = "the venue shows no trace of it, and the balances agree";
                Execute(
                    state, record, sought.ClientOrderId, [], new(OrderCause.Absence, OrderStatus.Rejected, Absent));
                break;
            case EngineEvent.Permitted permitted when permitted.Permission != state.Permission:
                state.Permission = permitted.Permission;
                record.Emit(new EngineOutput.PermissionChanged(permitted.Permission, permitted.Why));
                break;
            case EngineEvent.Declined declined: Decline(state, record, declined.Subject, declined.Error); break;
            case EngineEvent.Executed executed: Conclude(state, record, executed); break;
            case EngineEvent.ClockJumped jumped: ClockJumps.Absorb(state, jumped, record); break;
        }
    }

    private static void Feed(EngineState state, EngineEvent.Fed fed, Recorder record)
    {
        switch (fed.Report)
        {
            case FeedEvent.Snapshot snapshot when IsFollowed(state, snapshot.Book.TokenId):
                var seeded = state.Book(snapshot.Book.TokenId);
                seeded.Apply(snapshot.Book, snapshot.MarketTime, fed.At.RecordedAt);
                Remember(state, seeded);
                break;
            case FeedEvent.Changed changed:
                foreach (var delta in changed.Deltas.Where(delta => IsFollowed(state, delta.TokenId)))
                {
                    var book = state.Book(delta.TokenId);
                    book.Apply(delta, changed.MarketTime, fed.At.RecordedAt);
                    Remember(state, book);
                }

                break;
            case FeedEvent.Lost lost:
                foreach (var token in lost.Tokens)
                    state.Book(token).Distrust(BookTrust.Untrusted);
                break;
            case FeedEvent.Stale stale:
                foreach (var book in stale.Tokens.Select(state.Book).Where(book => book.Trust == BookTrust.Current))
                    book.Distrust(BookTrust.Stale);
                break;
            case FeedEvent.Filled filled when state.FindOrder(filled.Fill.VenueOrderId) is { } order:
                Execute(
                    state, record, order.Command.ClientOrderId, [filled.Fill],
                    new(OrderCause.Feed, filled.Status, null));
                break;
            case FeedEvent.OrderEnded ended when state.FindOrder(ended.VenueOrderId) is { } order:
                Execute(
                    state, record, order.Command.ClientOrderId, [], new(OrderCause.Feed, ended.Status, ended.Reason));
                break;
            case FeedEvent.Settled settled: SettleTrade(state, settled, record); break;
            case FeedEvent.Listed listed:
                foreach (var market in listed.Markets)
                    state.Catalog.Add(market);
                break;
            case FeedEvent.Resolved resolved: Resolve(state, resolved, record); break;
        }
    }

    private static bool IsFollowed(EngineState state, TokenId token) => state.Followed?.Contains(token) ?? true;

    private static void Remember(EngineState state, Book book)
    {
        if (book is { IsGhost: false, Trust: BookTrust.Current, BestBid: { } bid })
            state.LastBids[book.TokenId] = bid;
    }

    /// <summary>
    /// Books executions that are new and the status when it moves on. Duplicates change nothing; a terminal status
    /// never reopens, but a late execution is still booked.
    /// </summary>
    private static void Execute(
        EngineState state, Recorder record, ClientOrderId id,
        IReadOnlyList<Fill> fills, OrderReport report)
    {
        if (!state.Orders.TryGetValue(id, out var order))
            return;
        var position = order.Command.PositionId;
        foreach (var fill in fills.Where(fill => order.Fills.All(known => known.TradeId != fill.TradeId)))
        {
            order = state.Orders[id];
            var entry = fill.Side == Side.Buy
                ? Entries.Buy(fill, position)
                : Entries.Sell(
                    fill, position, state.Positions[position].Leg(order.Command.Outcome).BasisOf(fill.Quantity));
            var used = fill.Side == Side.Buy ? Usdc.Min(order.Reserved, fill.Notional + fill.Fee) : Usdc.Zero;
            record.Emit(
                new EngineOutput.FillBooked(id, position, order.Command.Outcome, fill, entry,
                    Release(fill.TradeId.Value, order, used)),
                "venue", $"{fill.TradeId}:{fill.VenueOrderId}");
            if (state.EarlySettlements.Remove(fill.TradeId, out var isConfirmed))
                SettleTrade(state, new(state.Now.MarketTime, fill.TradeId, isConfirmed), record);
        }

        order = state.Orders.GetValueOrDefault(id, order);
        if (OrderLife.Next(order.Status, report.Cause, report.Status) is not { } status)
            return;
        var rest = status.IsTerminal() ? order.Reserved : Usdc.Zero;
        record.Emit(new EngineOutput.OrderUpdated(id, position, status, report.Why, Release("rest", order, rest))
        {
            From = order.Status, Cause = report.Cause,
        });
    }

    private static Entry? Release(string cause, Order order, Usdc amount) => amount == Usdc.Zero
        ? null
        : Entries.Release(cause, order.Command.ClientOrderId, order.Command.PositionId, amount);

    private static void Fail(EngineState state, Recorder record, ClientOrderId id, VenueError error)
    {
        // Only an order that is known not to exist may end here; no answer at all is Unknown and will be looked up.
        Execute(state, record, id, [], error.Kind == VenueErrorKind.Unknown
            ? new(OrderCause.NoAnswer, OrderStatus.Unknown, error.Message)
            : new(OrderCause.NotSent, OrderStatus.Rejected, error.Message));
        if (error.Kind == VenueErrorKind.Restricted)
            Decline(state, record, "orders", error);
    }

    // A refusal is news once; a restriction of place or account ends all trading until the next start.
    private static void Decline(EngineState state, Recorder record, string subject, VenueError error)
    {
        if (error.Kind == VenueErrorKind.Restricted)
            state.Restriction = error.Message;
        if (state.Refusals.GetValueOrDefault(subject) == error.Message)
            return;
        state.Refusals[subject] = error.Message;
        record.Emit(new EngineOutput.IncidentRaised($"the venue refused: {subject}", error.Message));
    }

    private static void Conclude(EngineState state, Recorder record, EngineEvent.Executed executed)
    {
        if (Redemptions.MarketOf(state, executed.OperationId) is not { } market)
            return;
        if (executed.Receipt is { } receipt)
            Redemptions.Book(state, record, market, receipt);
        else if (executed.Error is { } error)
            Decline(state, record, $"redemption of {market}", error);
    }

    private static void LookUp(EngineState state, Recorder record, EngineEvent.LookedUp looked)
    {
        if (looked.Order is { } order)
            Execute(
                state, record, looked.ClientOrderId, order.Fills, new(OrderCause.LookUp, order.Status, order.Reason));
        else
        {
            const string Why = "the venue has no such order and refuses it";
            Execute(state, record, looked.ClientOrderId, [], new(OrderCause.LookUp, OrderStatus.Rejected, Why));
        }
    }

    private static void SettleTrade(EngineState state, FeedEvent.Settled settled, Recorder record)
    {
        var entry = state.Ledger.Pending.FirstOrDefault(pending => pending.TradeId == settled.TradeId);
        if (entry?.PositionId is not { } position)
        {
            // The answer to our submit travels another way than the feed and may come later.
            if (state.EarlySettlements.Count < MostEarlySettlements)
                state.EarlySettlements[settled.TradeId] = settled.IsConfirmed;
            return;
        }

        record.Emit(
            new EngineOutput.TradeSettled(settled.TradeId, position, settled.IsConfirmed),
            "venue", $"settled:{settled.TradeId}");
    }

    private static void Resolve(EngineState state, FeedEvent.Resolved resolved, Recorder record)
    {
        var id = resolved.Resolution.MarketId;
        var isHeld = state.Positions.Values.Any(position => position.MarketId == id);
        if (isHeld && !state.Resolutions.ContainsKey(id))
            record.Emit(new EngineOutput.MarketResolved(resolved.Resolution), "venue", $"resolved:{id}");
        if (!isHeld)
            state.Forget(id);
    }

    /// <summary>What somebody says about where an order stands.</summary>
    private readonly record struct OrderReport(OrderCause Cause, OrderStatus Status, string? Why);
}
