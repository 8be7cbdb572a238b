using System.Runtime.CompilerServices;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Ports;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;

namespace Equilibrage.Tests.Support.Chaos;

/// <summary>
/// Desks that do one thing wrong. A run that does not notice one of them would not notice the same mistake in the desk.
/// </summary>
internal static class Mutants
{
    /// <summary>All of them by name.</summary>
    public static IReadOnlyDictionary<string, Func<ChaosPorts, ChaosPorts>> All { get; } =
        new Dictionary<string, Func<ChaosPorts, ChaosPorts>>
        {
            ["resends an order whose fate is unknown"] = ports => ports with { Venue = new Resending(ports.Venue) },
            ["takes an unanswered order for refused"] = ports => ports with { Venue = new Hasty(ports.Venue) },
            ["takes a lost order for absent at the first look"] =
                ports => ports with { Venue = new Careless(ports.Venue) },
            ["never looks an order up"] = ports => ports with { Venue = new Blind(ports.Venue) },
            ["sends before the journal has it"] = ports => ports with { Journal = new Eager(ports.Journal) },
            ["goes on when a write may have failed"] = ports => ports with { Journal = new Trusting(ports.Journal) },
            ["forgets a void"] = ports => ports with
            {
                Venue = new Optimist(ports.Venue), Source = new RosyFeed(ports.Source),
            },
            ["takes a copy of an event for another event"] =
                ports => ports with { Source = new Stammering(ports.Source) },
            ["believes in a lease that is over"] = ports => ports with { Lease = new Stubborn(ports.Lease) },
        };

    private abstract class OtherVenue(IVenue venue) : IVenue
    {
        public PreparedOrder Prepare(OrderCommand command) => venue.Prepare(command);

        public virtual Task<VenueResult<SubmitAnswer>> SubmitAsync(
            PreparedOrder order, CancellationToken cancellation) => venue.SubmitAsync(order, cancellation);

        public virtual Task<VenueResult<VenueOrder>> CancelAsync(
            VenueOrderId order, CancellationToken cancellation) => venue.CancelAsync(order, cancellation);

        public virtual Task<VenueResult<VenueOrder>> FindAsync(
            PreparedOrder order, CancellationToken cancellation) => venue.FindAsync(order, cancellation);

        public Task<VenueResult<VenueAccount>> GetAccountAsync(CancellationToken cancellation) =>
            venue.GetAccountAsync(cancellation);

        public virtual Task<VenueResult<IReadOnlyDictionary<TradeId, bool>>> GetSettlementsAsync(
            IReadOnlyCollection<TradeId> trades, CancellationToken cancellation) =>
            venue.GetSettlementsAsync(trades, cancellation);

        public Task<VenueResult<CancelAllAnswer>> CancelAllAsync(CancellationToken cancellation) =>
            venue.CancelAllAsync(cancellation);

        public Task<VenueResult<ChainReceipt>> ExecuteAsync(
            ChainOperation operation, CancellationToken cancellation) => venue.ExecuteAsync(operation, cancellation);

        public Task<VenueResult<AccountActivity>> GetActivityAsync(
            DateTimeOffset since, CancellationToken cancellation) => venue.GetActivityAsync(since, cancellation);
    }

    private sealed class Resending(IVenue venue) : OtherVenue(venue)
    {
        public override async Task<VenueResult<SubmitAnswer>> SubmitAsync(
            PreparedOrder order, CancellationToken cancellation)
        {
            var result = await base.SubmitAsync(order, cancellation);
            return result.Error?.Kind == VenueErrorKind.Unknown
                ? await base.SubmitAsync(order, cancellation)
                : result;
        }
    }

    private sealed class Hasty(IVenue venue) : OtherVenue(venue)
    {
        public override async Task<VenueResult<SubmitAnswer>> SubmitAsync(
            PreparedOrder order, CancellationToken cancellation)
        {
            var result = await base.SubmitAsync(order, cancellation);
            return result.Error is { Kind: VenueErrorKind.Unknown } error
                ? VenueResult<SubmitAnswer>.Fail(VenueErrorKind.Refused, error.Message)
                : result;
        }
    }

    private sealed class Careless(IVenue venue) : OtherVenue(venue)
    {
        public override async Task<VenueResult<VenueOrder>> FindAsync(
            PreparedOrder order, CancellationToken cancellation)
        {
            var result = await base.FindAsync(order, cancellation);
            return result is { Value: null, Error: null }
                ? VenueResult<VenueOrder>.Ok(new(order.VenueOrderId, OrderStatus.Rejected, [], "no trace of it"))
                : result;
        }
    }

    private sealed class Blind(IVenue venue) : OtherVenue(venue)
    {
        public override Task<VenueResult<VenueOrder>> FindAsync(
            PreparedOrder order, CancellationToken cancellation) =>
            new TaskCompletionSource<VenueResult<VenueOrder>>().Task.WaitAsync(cancellation);
    }

    private sealed class Optimist(IVenue venue) : OtherVenue(venue)
    {
        public override async Task<VenueResult<IReadOnlyDictionary<TradeId, bool>>> GetSettlementsAsync(
            IReadOnlyCollection<TradeId> trades, CancellationToken cancellation)
        {
            var result = await base.GetSettlementsAsync(trades, cancellation);
            return result.Value is { } settled
                ? VenueResult<IReadOnlyDictionary<TradeId, bool>>.Ok(
                    settled.ToDictionary(trade => trade.Key, _ => true))
                : result;
        }
    }

    private abstract class OtherFeed(IEventSource source) : IEventSource
    {
        public void Want(IReadOnlyCollection<TokenId> tokens) => source.Want(tokens);

        public void Reseed(IReadOnlyCollection<TokenId> tokens) => source.Reseed(tokens);

        public async IAsyncEnumerable<FeedEvent> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
        {
            await foreach (var report in source.ReadAsync(cancellation))
                yield return Change(report);
        }

        protected abstract FeedEvent Change(FeedEvent report);
    }

    private sealed class RosyFeed(IEventSource source) : OtherFeed(source)
    {
        protected override FeedEvent Change(FeedEvent report) =>
            report is FeedEvent.Settled settled ? settled with { IsConfirmed = true } : report;
    }

    private sealed class Stammering(IEventSource source) : OtherFeed(source)
    {
        private readonly HashSet<TradeId> told = [];

        protected override FeedEvent Change(FeedEvent report) =>
            report is FeedEvent.Filled { Fill: var fill } filled && !told.Add(fill.TradeId)
                ? filled with { Fill = fill with { TradeId = new($"{fill.TradeId} again") } }
                : report;
    }

    private abstract class OtherJournal(IJournal journal) : IJournal
    {
        public abstract Task AppendAsync(JournalBatch batch, CancellationToken cancellation);

        public IAsyncEnumerable<JournalRecord> ReadAsync(
            AccountId account, long afterSequence, CancellationToken cancellation) =>
            journal.ReadAsync(account, afterSequence, cancellation);

        public Task<IReadOnlyDictionary<TokenId, Price>> ReadLastBidsAsync(
            AccountId account, CancellationToken cancellation) => journal.ReadLastBidsAsync(account, cancellation);

        protected Task WriteAsync(JournalBatch batch, CancellationToken cancellation) =>
            journal.AppendAsync(batch, cancellation);
    }

    private sealed class Eager(IJournal journal) : OtherJournal(journal)
    {
        public override Task AppendAsync(JournalBatch batch, CancellationToken cancellation)
        {
            _ = WriteAsync(batch, cancellation);
            return Task.CompletedTask;
        }
    }

    private sealed class Trusting(IJournal journal) : OtherJournal(journal)
    {
        public override async Task AppendAsync(JournalBatch batch, CancellationToken cancellation) =>
            await WriteAsync(batch, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private sealed class Stubborn(ILease lease) : ILease
    {
        private long epoch;

        public string? Leader => lease.Leader;

        public long Epoch => Math.Max(epoch, lease.Epoch);

        public bool MaySend() => true;

        public async Task<bool> TakeAsync(CancellationToken cancellation)
        {
            var isTaken = await lease.TakeAsync(cancellation);
            epoch = lease.Epoch;
            return isTaken;
        }

        public Task KeepAsync(CancellationToken cancellation) =>
            new TaskCompletionSource().Task.WaitAsync(cancellation);

        public Task ReleaseAsync(CancellationToken cancellation) => lease.ReleaseAsync(cancellation);
    }
}
