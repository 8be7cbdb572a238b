using System.Runtime.CompilerServices;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Observations;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Ports;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.Simulation;
using Equilibrage.Core.State;
using Equilibrage.Sandbox.Hosting;
using Equilibrage.Sandbox.Record;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Equilibrage.Sandbox;

/// <summary>
/// The practice exchange: a simulated venue with a market clock of its own, which puts everything on record before it
/// answers and comes back from its record. Serves any number of accounts and listeners.
/// </summary>
public sealed class PracticeExchange : IVenue, IMarketDirectory, IEventSource, IAsyncDisposable
{
    private readonly DerivedOrderPreparer preparer = new();
    private readonly PracticeExchangeOptions options;
    private readonly ExchangeLoop loop;

    // The ports of a desk in this process are one account's.
    private AccountId Own => options.Account
        ?? throw new InvalidOperationException("This exchange was started without an account of its own.");

    private PracticeExchange(PracticeExchangeOptions options, ExchangeLoop loop) =>
        (this.options, this.loop) = (options, loop);

    /// <summary>Market seconds per wall second.</summary>
    public decimal Speed => options.Speed;

    /// <summary>Market time of the last step on record.</summary>
    public DateTimeOffset MarketTime => loop.MarketTime;

    /// <summary>Ends with the exchange; faulted when something broke that must not.</summary>
    public Task Completion => loop.Completion;

    /// <summary>
    /// Opens the record, begins the universe or goes on where the record left off, and starts the market clock.
    /// </summary>
    /// <exception cref="UniverseMismatchException">The record belongs to another universe; the message says what to
    /// do.</exception>
    /// <exception cref="ArgumentException">The options name no universe that can be run.</exception>
    public static async Task<PracticeExchange> StartAsync(
        PracticeExchangeOptions options, NpgsqlDataSource database, TimeProvider clock,
        ILogger<PracticeExchange> logger, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(clock);
        if (options.Speed < 1)
            throw new ArgumentException("The practice speed is at least 1.", nameof(options));
        var record = new PracticeRecord(database);
        await record.PrepareAsync(cancellation);
        var asked = new UniverseIdentity(
            options.Seed, options.Identity, options.Capital,
            DateTimeOffset.FromUnixTimeSeconds(options.Start.ToUnixTimeSeconds()),
            VenueOptions.StepFor((double)options.Speed));
        var known = await record.ReadIdentityAsync(cancellation);
        known?.RequireSameAs(asked);
        var identity = known ?? asked;
        var rules = options.Rules with
        {
            Seed = identity.Seed,
            Start = identity.Start,
            StepSeconds = identity.StepSeconds,
            Capital = identity.Capital,
        };
        ExchangeState state;
        if (known is null)
        {
            state = new(new(options.Listings, rules), new([]), new(new()));
            await record.BeginAsync(identity, state.TakeChanges(), clock.GetUtcNow(), cancellation);
        }
        else
        {
            state = Restore(await record.LoadAsync(cancellation));
        }

        if (options.Account is { } account && state.Venue.EnsureAccount(account))
            await record.CommitAsync(state.TakeChanges(), cancellation);
        return new(
            options,
            new(state, record, Restore, identity.StepSeconds, options.Speed, options.Account, clock, logger));

        ExchangeState Restore(ExchangeRecord from) =>
            new(SimulatedVenue.Restore(options.Listings, rules, from.Venue), new(from.Keys), new(from.Chain));
    }

    /// <summary>
    /// Has the one writer do something with the venue, and answers once all of it is on record.
    /// </summary>
    /// <param name="work">
    /// What to do; it runs on the writer, must be quick and must not keep what it was given.
    /// </param>
    /// <param name="isChange">True when it may change something: then a lost record makes the outcome unknown.</param>
    /// <param name="cancellation">Gives up waiting; what was asked may still be done.</param>
    public async Task<Asked<T>> AskAsync<T>(
        Func<SimulatedVenue, T> work, bool isChange, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(work);
        var call = await loop.AskAsync(state => work(state.Venue), isChange, cancellation);
        var (value, error) = await call.Answer.WaitAsync(cancellation);
        return new(value, error);
    }

    /// <summary>The same for the credentials that the exchange gave out.</summary>
    public async Task<Asked<T>> AskKeysAsync<T>(
        Func<ApiKeys, T> work, bool isChange, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(work);
        var call = await loop.AskAsync(state => work(state.Keys), isChange, cancellation);
        var (value, error) = await call.Answer.WaitAsync(cancellation);
        return new(value, error);
    }

    /// <summary>The same for venue and chain together.</summary>
    internal async Task<Asked<T>> AskChainAsync<T>(
        Func<SimulatedVenue, ChainState, T> work, bool isChange, CancellationToken cancellation)
    {
        var call = await loop.AskAsync(state => work(state.Venue, state.Chain), isChange, cancellation);
        var (value, error) = await call.Answer.WaitAsync(cancellation);
        return new(value, error);
    }

    /// <summary>
    /// Listens to everything that happens from now on. Events come after they are on record.
    /// </summary>
    /// <param name="capacity">Most events that may wait before the reader is cut off.</param>
    public ExchangeSubscription Subscribe(int capacity = 100_000) => loop.Subscribers.Join(capacity);

    /// <summary>Where the market clock of the universe on record began, or null when there is none yet.</summary>
    public static async Task<DateTimeOffset?> RecordedStartAsync(
        NpgsqlDataSource database, CancellationToken cancellation)
    {
        var record = new PracticeRecord(database);
        await record.PrepareAsync(cancellation);
        return (await record.ReadIdentityAsync(cancellation))?.Start;
    }

    /// <inheritdoc/>
    public PreparedOrder Prepare(OrderCommand command) => preparer.Prepare(command);

    /// <inheritdoc/>
    public Task<VenueResult<SubmitAnswer>> SubmitAsync(PreparedOrder order, CancellationToken cancellation) =>
        ResultAsync(venue => venue.Submit(Own, order), true, cancellation)!;

    /// <inheritdoc/>
    public Task<VenueResult<VenueOrder>> CancelAsync(VenueOrderId order, CancellationToken cancellation) =>
        ResultAsync(venue => venue.Cancel(order), true, cancellation)!;

    /// <inheritdoc/>
    public Task<VenueResult<VenueOrder>> FindAsync(PreparedOrder order, CancellationToken cancellation) =>
        ResultAsync(venue => venue.Find(order.VenueOrderId), false, cancellation);

    /// <inheritdoc/>
    public Task<VenueResult<VenueAccount>> GetAccountAsync(CancellationToken cancellation) =>
        ResultAsync(venue => venue.Account(Own), false, cancellation);

    /// <inheritdoc/>
    public Task<VenueResult<IReadOnlyDictionary<TradeId, bool>>> GetSettlementsAsync(
        IReadOnlyCollection<TradeId> trades, CancellationToken cancellation) =>
        ResultAsync(venue => (IReadOnlyDictionary<TradeId, bool>?)venue.Settlements(trades), false, cancellation);

    /// <inheritdoc/>
    public Task<VenueResult<CancelAllAnswer>> CancelAllAsync(CancellationToken cancellation) => ResultAsync(
        venue =>
        {
            var (canceled, others) = venue.CancelAll(Own);
            return (CancelAllAnswer?)new CancelAllAnswer(canceled, others);
        },
        true,
        cancellation);

    /// <inheritdoc/>
    public async Task<VenueResult<ChainReceipt>> ExecuteAsync(
        ChainOperation operation, CancellationToken cancellation)
    {
        var (result, error) = await AskAsync(venue => venue.Execute(Own, operation), true, cancellation);
        return new(result?.Receipt, error ?? result?.Error);
    }

    /// <inheritdoc/>
    public Task<VenueResult<AccountActivity>> GetActivityAsync(
        DateTimeOffset since, CancellationToken cancellation) =>
        ResultAsync(venue => (AccountActivity?)venue.Activity(Own, since), false, cancellation);

    /// <inheritdoc/>
    public Task<DateTimeOffset> MarketTimeAsync(CancellationToken cancellation) =>
        ReadAsync(venue => venue.MarketTime, cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Market>> ListAsync(CancellationToken cancellation) =>
        ReadAsync(venue => venue.Markets(), cancellation);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<MarketQuote>> QuoteAllAsync(CancellationToken cancellation)
    {
        // The writer only takes the picture; tens of thousands of quotes are computed beside it.
        var frame = await ReadAsync(venue => venue.CaptureQuotes(), cancellation);
        return await Task.Run(frame.Compute, cancellation);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<Resolution>> ResolvedAsync(
        IReadOnlyCollection<MarketId> markets, CancellationToken cancellation) =>
        ReadAsync(venue => venue.Resolutions(markets), cancellation);

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<MarketId, IReadOnlyList<long>>> HourlyMidsAsync(
        IReadOnlyCollection<MarketId> markets, int hours, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(markets);
        var (second, listings) = await ReadAsync(
            venue => (venue.MarketTime.ToUnixTimeSeconds(), markets.Select(venue.Listing).OfType<Listing>().ToList()),
            cancellation);
        return await Task.Run(
            () => listings.ToDictionary(each => each.Market.Id, each => each.HourlyMids(second, hours)), cancellation);
    }

    /// <inheritdoc/>
    public void Want(IReadOnlyCollection<TokenId> tokens) => loop.Wants.Set(tokens);

    /// <inheritdoc/>
    public void Reseed(IReadOnlyCollection<TokenId> tokens) => loop.Wants.Refresh(tokens);

    /// <inheritdoc/>
    public async IAsyncEnumerable<FeedEvent> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var reader = await loop.AttachAsync(cancellation);
        try
        {
            await foreach (var report in reader.ReadAllAsync(cancellation))
                yield return report;
        }
        finally
        {
            loop.Detach();
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => loop.DisposeAsync();

    private async Task<VenueResult<T>> ResultAsync<T>(
        Func<SimulatedVenue, T?> work, bool isChange, CancellationToken cancellation)
        where T : class
    {
        var (value, error) = await AskAsync(work, isChange, cancellation);
        return new(value, error);
    }

    private async Task<T> ReadAsync<T>(Func<SimulatedVenue, T> work, CancellationToken cancellation)
    {
        var (value, error) = await AskAsync(work, isChange: false, cancellation);
        return error is null ? value! : throw new VenueUnavailableException(error.Message);
    }
}
