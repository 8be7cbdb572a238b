using Equilibrage.Adapters.Crypto;
using Equilibrage.Adapters.Polymarket.Operations;
using Equilibrage.Adapters.Storage;
using Equilibrage.Adapters.Transport;
using Equilibrage.Core.Ports;
using Equilibrage.Core.Primitives;
using Equilibrage.Polymarket.Chain;
using Equilibrage.Polymarket.Orders;
using Equilibrage.Polymarket.Rest;
using Equilibrage.Polymarket.Socket;
using Microsoft.Extensions.Logging;

namespace Equilibrage.Adapters.Polymarket;

/// <summary>
/// The exchange, connected: its markets, and with a key also the account. The two are made by two methods, so that
/// without a key nothing exists that could sign.
/// </summary>
public sealed class PolymarketConnection : IAsyncDisposable
{
    private static readonly TimeSpan ClockInterval = TimeSpan.FromMinutes(5);

    private readonly ExchangeAccess access;
    private readonly PolymarketDirectory directory;
    private readonly PolymarketVenue? venue;
    private readonly AccountSession? session;
    private readonly PolymarketFeed feed;
    private readonly FrameRecorder? recorder;

    private PolymarketConnection(
        ExchangeAccess access, PolymarketDirectory directory, AccountSession? session, PolymarketVenue? venue,
        MarketFees fees, string wallet = "")
    {
        (this.access, this.directory, this.session, this.venue) = (access, directory, session, venue);
        recorder = FeedWiring.Recorder(access);
        feed = FeedWiring.Open(access, directory, fees, session, wallet, recorder);
    }

    /// <summary>Markets, quotes, ends, histories.</summary>
    public IMarketDirectory Markets => directory;

    /// <summary>Where orders go; null without a key.</summary>
    public IVenue? Venue => venue;

    /// <summary>Market seconds per wall second; 1 on Polymarket.</summary>
    public decimal MarketSpeed => access.MarketSpeed;

    /// <summary>What the parts share.</summary>
    internal ExchangeAccess Access => access;

    /// <summary>The account's key; null without one.</summary>
    internal AccountSession? Session => session;

    /// <summary>Books as they change and, with a key, what becomes of the account's orders.</summary>
    public IEventSource Feed => feed;

    /// <summary>Prices of crypto currencies from the exchange's live data.</summary>
    public ISpotPrices SpotPrices => new SpotPriceFeed(
        access.Options.Endpoints.LiveSocket, new RtdsProtocol(),
        new ClientFrameSocketFactory(MarketFrameDecoder.LargestFrame), access.Clock);

    /// <summary>How the feed is doing.</summary>
    public IFeedStatus FeedStatus => feed;

    /// <summary>Fields of answers that are not as they were, with how often that was seen.</summary>
    public IReadOnlyList<KeyValuePair<DriftedField, long>> Drift => access.Drift.Counts;

    /// <summary>Connects for looking only: paper trading and recording.</summary>
    public static PolymarketConnection OpenPublic(
        PolymarketOptions options, TimeProvider clock, ILoggerFactory loggers)
    {
        var shared = new ExchangeAccess(options, clock, loggers);
        return new(shared, Directory(shared), null, null, Fees(shared));
    }

    /// <summary>Connects for trading.</summary>
    /// <param name="options">How the exchange is reached.</param>
    /// <param name="wallet">Who trades; its key stays the caller's.</param>
    /// <param name="relayer">Authenticates calls of the relayer; null where it asks for none.</param>
    /// <param name="storage">Keeps the operations on the chain.</param>
    /// <param name="account">Whose operations they are.</param>
    /// <param name="clock">Wall time.</param>
    /// <param name="loggers">Logs.</param>
    public static PolymarketConnection OpenTrading(
        PolymarketOptions options, PolymarketWalletOptions wallet, IRequestAuthorizer? relayer, StorageHost storage,
        AccountId account, TimeProvider clock, ILoggerFactory loggers)
    {
        ArgumentNullException.ThrowIfNull(wallet);
        ArgumentNullException.ThrowIfNull(storage);
        var operations = new PostgresOperations(storage.Connections, account);
        return Trading(new ExchangeAccess(options, clock, loggers), wallet, relayer, operations, loggers);
    }

    /// <summary>
    /// Connects for orders alone, without a database: for commands that work beside the desk, or when it hangs.
    /// </summary>
    /// <param name="options">How the exchange is reached.</param>
    /// <param name="wallet">Who trades; its key stays the caller's.</param>
    /// <param name="clock">Wall time.</param>
    /// <param name="loggers">Logs.</param>
    public static PolymarketConnection OpenForOrders(
        PolymarketOptions options, PolymarketWalletOptions wallet, TimeProvider clock, ILoggerFactory loggers)
    {
        ArgumentNullException.ThrowIfNull(wallet);
        return Trading(new ExchangeAccess(options, clock, loggers), wallet, null, new NoOperations(), loggers);
    }

    /// <summary>
    /// What forbids trading from here: the place, or an account that may only reduce. Null when nothing does, or when
    /// nothing could be learned.
    /// </summary>
    public async Task<string?> FindRestrictionAsync(CancellationToken cancellation)
    {
        await access.SynchronizeAsync(cancellation);
        var place = await access.IsPlaceBlockedAsync(cancellation);
        if (place.Value)
            return "The exchange takes no orders from this place: only looking is possible.";
        if (session is null)
            return null;
        var account = await session.CallAsync(open => open.Clob.GetClosedOnlyAsync(cancellation), cancellation);
        return account.Value is { IsClosedOnly: true } ? "The exchange lets this account only reduce." : null;
    }

    /// <summary>
    /// Keeps the connection fit until it is canceled: compares the clocks now and then, and, where it is wanted and
    /// there is a key, beats the dead man's switch, after which orders rest only as long as this runs.
    /// </summary>
    /// <param name="beats">True to beat.</param>
    /// <param name="loggers">Logs.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task MaintainAsync(bool beats, ILoggerFactory loggers, CancellationToken cancellation)
    {
        var beating = beats && session is not null
            ? new Heartbeat(session, access.Clock, loggers.CreateLogger<Heartbeat>())
                .RunAsync(access.Options.MaySend, cancellation)
            : Task.CompletedTask;
        using var timer = new PeriodicTimer(ClockInterval, access.Clock);
        do
        {
            await access.SynchronizeAsync(cancellation);
        }
        while (!beating.IsFaulted && await timer.WaitForNextTickAsync(cancellation));
        await beating;
    }

    /// <summary>Compares the clocks, the market clock of a practice exchange included.</summary>
    /// <exception cref="VenueUnavailableException">The exchange does not answer.</exception>
    public async Task SynchronizeAsync(CancellationToken cancellation)
    {
        if (await access.SynchronizeAsync(cancellation) is { } error)
            throw new VenueUnavailableException($"The exchange does not tell its time: {error.Message}");
        await access.HearMarketTimeAsync(cancellation);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (recorder is not null)
            await recorder.DisposeAsync();
        venue?.Dispose();
        session?.Dispose();
        access.Dispose();
    }

    /// <summary>Connects for trading over connections of the caller's.</summary>
    internal static PolymarketConnection Trading(
        ExchangeAccess shared, PolymarketWalletOptions wallet, IRequestAuthorizer? relayer, IOperationStore store,
        ILoggerFactory loggers)
    {
        var keys = new AccountSession(shared, wallet, loggers.CreateLogger<AccountSession>());
        var contracts = Contracts.For(shared.Options.Endpoints.ChainId);
        var chain = new JsonRpcClient(shared.Http);
        var account = ChainWallet.Of(
            wallet.Wallet, wallet.Signer, chain,
            wallet.Wallet.Type == SignatureType.Eoa
                ? null
                : new RelayerClient(shared.Http, relayer ?? OpenRelayer.Instance, shared.Clock),
            contracts, shared.Clock);
        var runner = new OperationRunner(
            store, new(shared.Clob, shared.Gamma, account.Reader, contracts),
            new(chain, contracts, wallet.Wallet.Funder), account.Actions, chain, contracts, wallet.Wallet.Funder,
            shared.Clock, loggers.CreateLogger<OperationRunner>());
        var queue = new OperationQueue(
            store, runner, shared.MarketClock, shared.Clock, loggers.CreateLogger<OperationQueue>());
        var fees = Fees(shared);
        IWalletFunds funds = shared.Options.ReadsChain ? new ChainFunds(account.Reader) : new ExchangeFunds(keys);
        var held = new HeldTokens(shared.Data, store, shared.Clock, wallet.Wallet.Funder.ToLowerString());
        var trading = new PolymarketVenue(
            shared, wallet, keys, fees, funds, queue,
            new(shared, keys, fees, held, chain, contracts, wallet.Wallet.Funder), held,
            loggers.CreateLogger<PolymarketVenue>());
        return new(shared, Directory(shared), keys, trading, fees, wallet.Wallet.Funder.ToString());
    }

    private static PolymarketDirectory Directory(ExchangeAccess access) =>
        new(access.Gamma, access.Clob, access.MarketClock, access.Clock, access.HearMarketTimeAsync);

    private static MarketFees Fees(ExchangeAccess access) => new(access.Clob, access.Gamma, access.Clock);

    /// <summary>For a relayer that asks for no key, as that of the practice exchange.</summary>
    private sealed class OpenRelayer : IRequestAuthorizer
    {
        public static readonly OpenRelayer Instance = new();

        public void Authorize(HttpRequestMessage request, RestCall call, DateTimeOffset now)
        {
            // It knows its callers by the signatures in what they ask for.
        }
    }
}
