using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Ports;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.Simulation;
using Equilibrage.Core.Simulation.Paper;
using Equilibrage.Core.State;
using Npgsql;

namespace Equilibrage.Sandbox.Paper;

/// <summary>
/// Paper mode's venue: live public books in, simulated executions out. It holds nothing that could sign, so it cannot
/// trade. Everything that happens to its account is on record before anybody hears of it; if the record fails, the
/// account is read from it again before the next call.
/// </summary>
public sealed class PaperExchange : IVenue, IEventSource, IDisposable
{
    private const int MostReportsWaiting = 10_000;

    private readonly DerivedOrderPreparer preparer = new();
    private readonly SemaphoreSlim gate = new(1);
    private readonly PaperRecord record;
    private readonly IEventSource outside;
    private readonly IMarketDirectory directory;
    private readonly Usdc capital;
    private readonly PaperVenue venue = new();
    private bool isTrusted;
    private Channel<FeedEvent>? reader;

    private PaperExchange(PaperRecord record, IEventSource outside, IMarketDirectory directory, Usdc capital) =>
        (this.record, this.outside, this.directory, this.capital) = (record, outside, directory, capital);

    /// <summary>Opens the account where its record left off, or with its first dollars.</summary>
    public static async Task<PaperExchange> StartAsync(
        NpgsqlDataSource database, AccountId account, Usdc capital, IEventSource outside, IMarketDirectory directory,
        CancellationToken cancellation)
    {
        var exchange = new PaperExchange(new(database, account), outside, directory, capital);
        await exchange.ReloadAsync(cancellation);
        return exchange;
    }

    /// <inheritdoc/>
    public PreparedOrder Prepare(OrderCommand command) => preparer.Prepare(command);

    /// <inheritdoc/>
    public Task<VenueResult<SubmitAnswer>> SubmitAsync(PreparedOrder order, CancellationToken cancellation) =>
        ChangeAsync(
            async () =>
            {
                ArgumentNullException.ThrowIfNull(order);
                if (venue.Find(order.Command.MarketId) is null)
                    venue.List(await directory.ListAsync(cancellation));
                return venue.Submit(order);
            },
            cancellation)!;

    /// <inheritdoc/>
    public Task<VenueResult<VenueOrder>> CancelAsync(VenueOrderId order, CancellationToken cancellation) =>
        ChangeAsync(
            () =>
            {
                var (found, facts) = venue.Cancel(order);
                // Nothing is on its way to a venue in this process: what it does not know will not come.
                return Task.FromResult<(VenueOrder, IReadOnlyList<PaperFact>, IReadOnlyList<FeedEvent>)>(
                    (found ?? new(order, OrderStatus.Canceled, [], "No order with this id was sent."), facts, []));
            },
            cancellation)!;

    /// <inheritdoc/>
    public Task<VenueResult<VenueOrder>> FindAsync(PreparedOrder order, CancellationToken cancellation) =>
        ReadAsync(() => venue.Account.Find(order.VenueOrderId)?.View(), cancellation);

    /// <inheritdoc/>
    public Task<VenueResult<VenueAccount>> GetAccountAsync(CancellationToken cancellation) =>
        ReadAsync(() => (VenueAccount?)venue.Account.View(), cancellation);

    /// <inheritdoc/>
    public Task<VenueResult<IReadOnlyDictionary<TradeId, bool>>> GetSettlementsAsync(
        IReadOnlyCollection<TradeId> trades, CancellationToken cancellation) => ReadAsync(
            () => (IReadOnlyDictionary<TradeId, bool>?)trades.Where(venue.Account.Knows).Distinct()
                .ToDictionary(trade => trade, _ => true),
            cancellation);

    /// <inheritdoc/>
    public Task<VenueResult<CancelAllAnswer>> CancelAllAsync(CancellationToken cancellation) =>
        ChangeAsync(
            () =>
            {
                var (answer, facts) = venue.CancelAll();
                return Task.FromResult<(CancelAllAnswer, IReadOnlyList<PaperFact>, IReadOnlyList<FeedEvent>)>(
                    (answer, facts, []));
            },
            cancellation);

    /// <inheritdoc/>
    public async Task<VenueResult<ChainReceipt>> ExecuteAsync(
        ChainOperation operation, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(operation);
        var ended = operation.Kind == ChainOperationKind.Redeem
            ? await directory.ResolvedAsync([operation.MarketId], cancellation)
            : [];
        if (await MarketAsync(operation.MarketId, cancellation) is not { } market)
        {
            return VenueResult<ChainReceipt>.Fail(
                VenueErrorKind.Unavailable, $"Market {operation.MarketId} is not known yet.");
        }

        var result = await ChangeAsync(
            () =>
            {
                var (done, facts) = venue.Execute(operation, market, ended is [var end] ? end : null);
                return Task.FromResult<(OperationResult, IReadOnlyList<PaperFact>, IReadOnlyList<FeedEvent>)>(
                    (done, facts, []));
            },
            cancellation);
        return new(result.Value?.Receipt, result.Error ?? result.Value?.Error);
    }

    /// <inheritdoc/>
    public Task<VenueResult<AccountActivity>> GetActivityAsync(
        DateTimeOffset since, CancellationToken cancellation) => ReadAsync(
            () => (AccountActivity?)new AccountActivity(venue.Account.Activity(since), venue.MarketTime),
            cancellation);

    /// <inheritdoc/>
    public void Want(IReadOnlyCollection<TokenId> tokens) => outside.Want(tokens);

    /// <inheritdoc/>
    public void Reseed(IReadOnlyCollection<TokenId> tokens) => outside.Reseed(tokens);

    /// <inheritdoc/>
    public async IAsyncEnumerable<FeedEvent> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await DoubtAsync(cancellation);
        var channel = Channel.CreateBounded<FeedEvent>(MostReportsWaiting);
        reader = channel;
        using var reading = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var pump = PumpAsync(channel.Writer, reading.Token);
        try
        {
            await foreach (var report in channel.Reader.ReadAllAsync(cancellation))
                yield return report;
        }
        finally
        {
            reader = null;
            channel.Writer.TryComplete();
            await reading.CancelAsync();
            await pump.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => gate.Dispose();

    /// <summary>Before this reader began, another process may have written to the account's record.</summary>
    private async Task DoubtAsync(CancellationToken cancellation)
    {
        await gate.WaitAsync(cancellation);
        isTrusted = false;
        gate.Release();
    }

    private async Task PumpAsync(ChannelWriter<FeedEvent> writer, CancellationToken cancellation)
    {
        try
        {
            await foreach (var report in outside.ReadAsync(cancellation))
                await TakeAsync(report, writer, cancellation);
            writer.TryComplete();
        }
        catch (Exception error)
        {
            writer.TryComplete(error);
        }
    }

    private async Task TakeAsync(FeedEvent report, ChannelWriter<FeedEvent> writer, CancellationToken cancellation)
    {
        await gate.WaitAsync(cancellation);
        try
        {
            await ReloadAsync(cancellation);
            var (reports, facts) = venue.Absorb(report);
            await CommitAsync(facts, cancellation);
            foreach (var each in reports)
                await writer.WriteAsync(each, cancellation);
        }
        catch (Exception error) when (error is NpgsqlException or TimeoutException)
        {
            throw new VenueUnavailableException($"The paper account's record failed: {error.Message}");
        }
        finally
        {
            gate.Release();
        }
    }

    private async Task<VenueResult<T>> ChangeAsync<T>(
        Func<Task<(T Answer, IReadOnlyList<PaperFact> Facts, IReadOnlyList<FeedEvent> Reports)>> work,
        CancellationToken cancellation)
        where T : class
    {
        await gate.WaitAsync(cancellation);
        try
        {
            await ReloadAsync(cancellation);
            var (answer, facts, reports) = await work();
            await CommitAsync(facts, cancellation);
            foreach (var report in reports)
            {
                if (reader is { } channel)
                    await channel.Writer.WriteAsync(report, cancellation);
            }

            return VenueResult<T>.Ok(answer);
        }
        catch (Exception error) when (error is NpgsqlException or TimeoutException)
        {
            return VenueResult<T>.Fail(VenueErrorKind.Unknown, $"The paper account's record failed: {error.Message}");
        }
        finally
        {
            gate.Release();
        }
    }

    private async Task<VenueResult<T>> ReadAsync<T>(Func<T?> read, CancellationToken cancellation)
        where T : class
    {
        await gate.WaitAsync(cancellation);
        try
        {
            await ReloadAsync(cancellation);
            return new(read(), null);
        }
        catch (Exception error) when (error is NpgsqlException or TimeoutException)
        {
            return VenueResult<T>.Fail(
                VenueErrorKind.Unavailable, $"The paper account's record failed: {error.Message}");
        }
        finally
        {
            gate.Release();
        }
    }

    private async Task<Market?> MarketAsync(MarketId market, CancellationToken cancellation)
    {
        if (venue.Find(market) is { } known)
            return known;
        venue.List(await directory.ListAsync(cancellation));
        return venue.Find(market);
    }

    // What is applied but not on record must not be believed: until the write has succeeded the account counts as lost.
    private async Task CommitAsync(IReadOnlyList<PaperFact> facts, CancellationToken cancellation)
    {
        if (facts.Count == 0)
            return;
        isTrusted = false;
        await record.AppendAsync(facts, cancellation);
        isTrusted = true;
    }

    private async Task ReloadAsync(CancellationToken cancellation)
    {
        if (isTrusted)
            return;
        var facts = await record.OpenAsync(cancellation);
        venue.Restore(facts);
        isTrusted = true;
        if (facts.Count == 0)
            await CommitAsync([venue.Open(capital)], cancellation);
    }
}
