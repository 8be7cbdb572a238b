using Equilibrage.Core.Accounting;
using Equilibrage.Core.Books;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;

namespace Equilibrage.Core.Engine;

/// <summary>Takes facts in: books and catalogue directly, everything that lasts as recorded outputs.</summary>
internal static class Absorber
{
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
            case EngineEvent.Answered answered: OrderReports.Answer(state, record, answered); break;
            case EngineEvent.LookedUp looked: OrderReports.LookUp(state, record, looked); break;
            case EngineEvent.Sought sought when Absences.IsProven(state, sought):
                OrderReports.EndAbsent(state, record, sought.ClientOrderId);
                break;
            case EngineEvent.CancelFailed failed: Cancellations.Refuse(state, failed, record); break;
            case EngineEvent.Permitted permitted when permitted.Permission != state.Permission:
                state.Permission = permitted.Permission;
                record.Emit(new EngineOutput.PermissionChanged(permitted.Permission, permitted.Why));
                break;
            case EngineEvent.Declined declined: Decline(state, record, declined.Subject, declined.Error); break;
            case EngineEvent.Executed executed: Conclude(state, record, executed); break;
            case EngineEvent.ClockJumped jumped: ClockJumps.Absorb(state, jumped, record); break;
        }
    }

    /// <summary>
    /// A refusal is news once; a restriction of place or account ends all trading until the next start.
    /// </summary>
    public static void Decline(EngineState state, Recorder record, string subject, VenueError error)
    {
        if (error.Kind == VenueErrorKind.Restricted)
            state.Restriction = error.Message;
        if (state.Refusals.GetValueOrDefault(subject) == error.Message)
            return;
        state.Refusals[subject] = error.Message;
        record.Emit(new EngineOutput.IncidentRaised($"the venue refused: {subject}", error.Message));
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
            case FeedEvent.Filled filled: OrderReports.Fill(state, record, filled); break;
            case FeedEvent.OrderEnded ended: OrderReports.End(state, record, ended); break;
            case FeedEvent.Settled settled:
                Settlements.Settle(state, record, settled.TradeId, settled.IsConfirmed);
                break;
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
        if (state.Settings.Limits.SizesByVolatility)
            state.ObserveMid(book);
    }

    private static void Conclude(EngineState state, Recorder record, EngineEvent.Executed executed)
    {
        PairOperations.Conclude(state, executed, record);
        if (Redemptions.MarketOf(state, executed.OperationId) is not { } market)
            return;
        if (executed.Receipt is { } receipt)
            Redemptions.Book(state, record, market, receipt);
        else if (executed.Error is { } error)
            Decline(state, record, $"redemption of {market}", error);
    }

    private static void Resolve(EngineState state, FeedEvent.Resolved resolved, Recorder record)
    {
        var id = resolved.Resolution.MarketId;
        var isHeld = state.Positions.Values.Any(position => position.MarketId == id);
        if (isHeld && !state.HasEnded(id))
            record.Emit(new EngineOutput.MarketResolved(resolved.Resolution), "venue", $"resolved:{id}");
        if (!isHeld)
            state.Forget(id);
    }
}
