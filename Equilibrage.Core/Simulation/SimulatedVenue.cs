using Equilibrage.Core.Markets;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;

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
    private readonly Dictionary<VenueOrderId, VenueOrderState> orders = [];
    private readonly List<VenueOrderState> open = [];
    private readonly HashSet<VenueOrderId> tombstones = [];
    private readonly PriorityQueue<Settling, (long At, long Sequence)> settling = new();
    private readonly Dictionary<TradeId, bool> settled = [];
    private readonly List<FeedEvent> events = [];
    private readonly Changes changes = new();
    private readonly Dictionary<AccountId, Usdc> capital = [];

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
        if (ledger.Has(account) || deposit < Usdc.Zero)
            throw new ArgumentException("The account exists, or its deposit is negative.", nameof(account));
        ledger.Open(account, deposit, deposit);
        capital[account] = deposit;
        changes.Accounts.Add(account);
    }

    /// <summary>All markets that are listed now.</summary>
    public IReadOnlyList<Market> Markets() => [.. board.All.Select(listing => listing.Market)];

    /// <summary>The listing behind a market that is listed now, or null.</summary>
    public Listing? Listing(MarketId market) => board.Find(market);

    /// <summary>An order as the venue knows it, or null.</summary>
    public VenueOrder? Find(VenueOrderId order) => orders.GetValueOrDefault(order)?.View();

    /// <summary>An account as the venue knows it, or null.</summary>
    public VenueAccount? Account(AccountId account) => !ledger.Has(account)
        ? null
        : new(ledger.Cash(account), ledger.Tokens(account),
            [.. open.Where(order => order.Account == account).Select(order => order.View())]);

    /// <summary>
    /// Burns all shares that the account holds of a resolved market and credits their payout; null when the market has
    /// not ended, or never was. What is gone pays nothing.
    /// </summary>
    public RedemptionReceipt? Redeem(AccountId account, MarketId market)
    {
        if (!ledger.Has(account) || board.EndOf(market) is null)
            return null;
        if (ledger.MarketOf(market) is not { } known)
            return new(Usdc.Zero, new Dictionary<TokenId, Quantity>());
        var (payout, yes, no) = ledger.Redeem(account, market);
        var burned = new Dictionary<TokenId, Quantity>();
        if (yes > 0)
            burned.Add(known.TokenYes, Quantity.FromMicros(yes));
        if (no > 0)
            burned.Add(known.TokenNo, Quantity.FromMicros(no));
        if (burned.Count > 0)
        {
            changes.Touch(account, known);
            changes.Redemptions.Add(new(
                account, market, payout, Quantity.FromMicros(yes), Quantity.FromMicros(no), MarketTime));
        }

        return new(payout, burned);
    }

    /// <summary>How those of the given trades ended that did: true = confirmed, false = failed and void.</summary>
    public IReadOnlyDictionary<TradeId, bool> Settlements(IReadOnlyCollection<TradeId> trades)
    {
        ArgumentNullException.ThrowIfNull(trades);
        return trades.Where(settled.ContainsKey).Distinct().ToDictionary(trade => trade, trade => settled[trade]);
    }

    /// <summary>How those of the given markets ended that did.</summary>
    public IReadOnlyList<Resolution> Resolutions(IReadOnlyCollection<MarketId> markets)
    {
        ArgumentNullException.ThrowIfNull(markets);
        return [.. markets.Distinct().Select(board.EndOf).OfType<Resolution>()];
    }

    /// <summary>Null when every dollar and share of the exchange is accounted for, else what is wrong.</summary>
    public string? Audit() => ledger.Audit();

    /// <summary>What has happened since the last call, oldest first.</summary>
    public IReadOnlyList<FeedEvent> Drain()
    {
        FeedEvent[] drained = [.. events];
        events.Clear();
        return drained;
    }

    /// <summary>
    /// Moves market time forward, step by step, to the last step at or before <paramref name="marketTime"/>; answers
    /// all that happened since the last <see cref="Drain"/>. Time that is past changes nothing.
    /// </summary>
    public IReadOnlyList<FeedEvent> Advance(DateTimeOffset marketTime)
    {
        while (start + ((step + 1) * options.StepSeconds) <= marketTime.ToUnixTimeSeconds())
            NextStep();
        return Drain();
    }

    private Usdc FreeCash(AccountId account, VenueOrderState? except = null)
    {
        var free = ledger.Cash(account);
        foreach (var order in open)
        {
            if (order.Account == account && !ReferenceEquals(order, except))
                free -= order.ReservedCash;
        }

        return free;
    }

    private long FreeShares(AccountId account, TokenId token, VenueOrderState? except = null)
    {
        var free = ledger.Shares(account, token);
        foreach (var order in open)
        {
            if (order.Account == account && order.Command.TokenId == token && !ReferenceEquals(order, except))
                free -= order.ReservedShares;
        }

        return free;
    }
}
