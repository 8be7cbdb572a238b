using Equilibrage.Core.Markets;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.Simulation;

/// <summary>
/// An exchange in memory: order-level books, accounts, settlement, resolution and new listings, over simulated
/// participants. It has no clock and no thread: its caller moves market time and gets what happened. The same listings,
/// options and calls give the same results. One caller at a time.
/// </summary>
/// <remarks>
/// Prices move in fixed steps of market time. Only books that someone wants or has orders in are kept; quotes of all
/// others are computed when they are asked for, and are what the book would show. See docs/practice-exchange.md.
/// </remarks>
public sealed partial class SimulatedVenue
{
    private readonly VenueOptions options;
    private readonly ulong key;
    private readonly long start;
    private readonly ListingBoard board;
    private readonly VenueLedger ledger = new();
    private readonly Dictionary<AccountId, VenueAccountState> accounts = [];
    private readonly Dictionary<VenueOrderId, VenueOrderState> orders = [];
    private readonly List<VenueOrderState> open = [];
    private readonly HashSet<VenueOrderId> tombstones = [];
    private readonly Dictionary<TradeId, TradeState> trades = [];
    private readonly PriorityQueue<TradeState, (long At, long Sequence)> settling = new();
    private readonly List<VenueEvent> events = [];
    private readonly Changes changes = new();

    private long step;
    private long nextSequence = 1;

    /// <summary>Opens the universe at its start, without accounts.</summary>
    /// <exception cref="ArgumentException">A listing names no fees, or a market or token occurs twice.</exception>
    public SimulatedVenue(IReadOnlyList<ListingSeed> listings, VenueOptions options)
    {
        ArgumentNullException.ThrowIfNull(listings);
        ArgumentNullException.ThrowIfNull(options);
        if (options.StepSeconds < 1)
            throw new ArgumentException("A step lasts at least one second.", nameof(options));
        this.options = options;
        key = Noise.Key(options.Seed, "venue");
        start = options.Start.ToUnixTimeSeconds();
        board = new(listings, options.Seed, start, options.StepSeconds);
    }

    /// <summary>Steps since the start.</summary>
    public long Step => step;

    /// <summary>The venue's market time: that of its last step.</summary>
    public DateTimeOffset MarketTime => DateTimeOffset.FromUnixTimeSeconds(Second);

    private long Second => start + (step * options.StepSeconds);

    /// <summary>Opens an account with its first deposit.</summary>
    /// <exception cref="ArgumentException">It exists, or the deposit is negative.</exception>
    public void OpenAccount(AccountId account, Usdc deposit)
    {
        if (accounts.ContainsKey(account) || deposit < Usdc.Zero)
            throw new ArgumentException("The account exists, or its deposit is negative.", nameof(account));
        ledger.Open(account, deposit, deposit);
        accounts.Add(account, new(account, deposit));
        changes.Accounts.Add(account);
    }

    /// <summary>Opens an account with the practice capital unless it exists; true when it was opened now.</summary>
    public bool EnsureAccount(AccountId account)
    {
        if (accounts.ContainsKey(account))
            return false;
        OpenAccount(account, options.Capital);
        return true;
    }

    /// <summary>All accounts.</summary>
    public IReadOnlyCollection<AccountId> Accounts() => [.. accounts.Keys];

    /// <summary>All markets that are listed now.</summary>
    public IReadOnlyList<Market> Markets() => [.. board.All.Select(listing => listing.Market)];

    /// <summary>The listing behind a market that is listed now, or null.</summary>
    public Listing? Listing(MarketId market) => board.Find(market);

    /// <summary>The listing behind a token that is listed now, or null.</summary>
    public Listing? Listing(TokenId token) => board.Find(token);

    /// <summary>An order as the venue knows it, also after its end, or null.</summary>
    public VenueOrderView? Order(VenueOrderId order) => orders.GetValueOrDefault(order)?.View();

    /// <summary>All orders of an account ever, oldest first. To be read before anything else happens.</summary>
    public IEnumerable<VenueOrderView> OrdersOf(AccountId account) =>
        accounts.GetValueOrDefault(account)?.Orders.Select(order => order.View()) ?? [];

    /// <summary>An account's working orders, oldest first. To be read before anything else happens.</summary>
    public IEnumerable<VenueOrderView> OpenOrdersOf(AccountId account) =>
        accounts.GetValueOrDefault(account)?.Open.Select(order => order.View()) ?? [];

    /// <summary>A trade with a user's part in it, or null.</summary>
    public VenueTrade? Trade(TradeId trade) => trades.GetValueOrDefault(trade)?.Trade;

    /// <summary>All trades of an account ever, oldest first. To be read before anything else happens.</summary>
    public IEnumerable<VenueTrade> TradesOf(AccountId account) =>
        accounts.GetValueOrDefault(account)?.Trades.Select(trade => trade.Trade) ?? [];

    /// <summary>
    /// What an account did on the chain itself, oldest first. To be read before anything else happens.
    /// </summary>
    public IEnumerable<ChainActionRow> ActionsOf(AccountId account) =>
        accounts.GetValueOrDefault(account)?.Actions ?? [];

    /// <summary>An order with its executions as a desk's port shows it, or null.</summary>
    public VenueOrder? Find(VenueOrderId order) => orders.GetValueOrDefault(order)?.Summary();

    /// <summary>
    /// An account as the chain knows it, or null: balances include what is kept aside for orders and matches.
    /// </summary>
    public VenueAccount? Account(AccountId account) => !accounts.TryGetValue(account, out var state)
        ? null
        : new(ledger.Cash(account), ledger.Tokens(account), [.. state.Open.Select(order => order.Summary())]);

    /// <summary>
    /// What an order of this size over dollars (no token) or over a token's shares would be measured against, in
    /// micro-units; all zero for an account that does not exist.
    /// </summary>
    public BalanceFigures Figures(AccountId account, TokenId? token, long amount = 0)
    {
        if (!accounts.TryGetValue(account, out var state))
            return new(0, 0, 0, amount);
        return token is { } shares
            ? new(ledger.Shares(account, shares), state.ActiveShares(shares), state.MatchedShares(shares), amount)
            : new(ledger.Cash(account).ToMicros, state.ActiveCash().ToMicros, state.MatchedCash().ToMicros, amount);
    }

    /// <summary>How those of the given executions ended that did: true = confirmed, false = failed and void.</summary>
    public IReadOnlyDictionary<TradeId, bool> Settlements(IReadOnlyCollection<TradeId> executions)
    {
        ArgumentNullException.ThrowIfNull(executions);
        var ended = new Dictionary<TradeId, bool>();
        foreach (var execution in executions)
        {
            // Several executions of one account in one trade are told apart by what follows the slash.
            var text = execution.Value;
            var slash = text.IndexOf('/', StringComparison.Ordinal);
            var id = slash < 0 ? execution : new TradeId(text[..slash]);
            if (trades.TryGetValue(id, out var trade) && trade.Trade.IsFinal)
                ended[execution] = trade.Trade.Status == TradeStatus.Confirmed;
        }

        return ended;
    }

    /// <summary>How those of the given markets ended that did.</summary>
    public IReadOnlyList<Resolution> Resolutions(IReadOnlyCollection<MarketId> markets)
    {
        ArgumentNullException.ThrowIfNull(markets);
        return [.. markets.Distinct().Select(board.EndOf).OfType<Resolution>()];
    }

    /// <summary>
    /// Null when every dollar and share of the exchange is accounted for, and nobody has promised more than they have;
    /// else what is wrong.
    /// </summary>
    public string? Audit()
    {
        foreach (var account in accounts.Values)
        {
            if (FreeCash(account) < Usdc.Zero)
                return $"Account {account.Id} has promised more dollars than it has.";
            var sold = account.Open.Where(order => order.Request.Side == Side.Sell)
                .Select(order => order.Request.TokenId).Distinct();
            if (sold.Any(token => FreeShares(account, token) < 0))
                return $"Account {account.Id} has promised more shares than it has.";
        }

        return ledger.Audit();
    }

    /// <summary>What has happened since the last call, oldest first.</summary>
    public IReadOnlyList<VenueEvent> Drain()
    {
        VenueEvent[] drained = [.. events];
        events.Clear();
        return drained;
    }

    /// <summary>
    /// Moves market time forward, step by step, to the last step at or before <paramref name="marketTime"/>; answers
    /// all that happened since the last <see cref="Drain"/>. Time that is past changes nothing.
    /// </summary>
    public IReadOnlyList<VenueEvent> Advance(DateTimeOffset marketTime)
    {
        while (start + ((step + 1) * options.StepSeconds) <= marketTime.ToUnixTimeSeconds())
            NextStep();
        return Drain();
    }

    private Usdc FreeCash(VenueAccountState account, VenueOrderState? except = null) =>
        ledger.Cash(account.Id) - account.ActiveCash(except) - account.MatchedCash();

    private long FreeShares(VenueAccountState account, TokenId token, VenueOrderState? except = null) =>
        ledger.Shares(account.Id, token) - account.ActiveShares(token, except) - account.MatchedShares(token);
}
