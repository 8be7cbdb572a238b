using Equilibrage.Core.Accounting;
using Equilibrage.Core.Books;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.State;

/// <summary>
/// All that the engine knows, written by its one loop. The lasting part (settings, positions, orders, ledger) changes
/// only through <see cref="Apply"/>; books, catalogue and last bids are what the feeds say and start empty.
/// </summary>
public sealed partial class EngineState(AccountId accountId)
{
    private const int RememberedCommands = 10_000;

    private static readonly TimeSpan LongestReentryPause = TimeSpan.FromDays(31);
    private static readonly TimeSpan LongestReordering = TimeSpan.FromSeconds(30);

    private readonly Dictionary<PositionId, Position> positions = [];
    private readonly Dictionary<ClientOrderId, Order> orders = [];
    private readonly Dictionary<VenueOrderId, ClientOrderId> byVenueId = [];
    private readonly Dictionary<MarketId, DateTimeOffset> lastClosed = [];
    private readonly Dictionary<string, EngineOutput.CommandAnswered> answered = [];
    private readonly Queue<string> answers = new();
    private readonly Dictionary<MarketId, Resolution> resolutions = [];
    private readonly HashSet<MarketId> redemptions = [];

    /// <summary>The account.</summary>
    public AccountId AccountId { get; } = accountId;

    /// <summary>Sequence of the last journalled record; 0 before the first.</summary>
    public long Sequence { get; private set; }

    /// <summary>Both clocks of the last event.</summary>
    public Stamp Now { get; private set; }

    /// <summary>The settings in force for new positions.</summary>
    public TradingSettings Settings { get; private set; } = new();

    /// <summary>Money and shares.</summary>
    public Ledger Ledger { get; } = new();

    /// <summary>Known markets and their tokens.</summary>
    public MarketCatalog Catalog { get; } = new();

    /// <summary>Books by token.</summary>
    public Dictionary<TokenId, Book> Books { get; } = [];

    /// <summary>Last trusted bid by token, shown when there is no trusted one now.</summary>
    public Dictionary<TokenId, Price> LastBids { get; } = [];

    /// <summary>Tokens whose books are followed; null before anyone said so, which means all.</summary>
    public IReadOnlySet<TokenId>? Followed { get; private set; }

    /// <summary>
    /// Since when the venue has shown no trace of an order that may be absent, wall time; forgotten on a restart.
    /// </summary>
    public Dictionary<ClientOrderId, DateTimeOffset> AbsentSince { get; } = [];

    /// <summary>What the venue refused beside orders, with its words; forgotten on a restart.</summary>
    public Dictionary<string, string> Refusals { get; } = [];

    /// <summary>What may be sent; said by the host, and never remembered across a restart.</summary>
    public OrderPermission Permission { get; set; }

    /// <summary>Why the venue serves this place or account not at all; null when it does.</summary>
    public string? Restriction { get; set; }

    /// <summary>
    /// True once our books were found equal to the venue's record after the last start; entries wait for it.
    /// </summary>
    public bool IsReconciled { get; set; }

    /// <summary>True once the account's capital is booked.</summary>
    public bool IsOpened { get; private set; }

    /// <summary>Positions that use a slot, and closed ones that still hold dust or await settlement.</summary>
    public IReadOnlyDictionary<PositionId, Position> Positions => positions;

    /// <summary>Positions that use a slot.</summary>
    public IEnumerable<Position> OpenPositions => positions.Values.Where(position => position.IsOpen);

    /// <summary>Orders of the positions above.</summary>
    public IReadOnlyDictionary<ClientOrderId, Order> Orders => orders;

    /// <summary>When each market was last left, market time.</summary>
    public IReadOnlyDictionary<MarketId, DateTimeOffset> LastClosed => lastClosed;

    /// <summary>How markets that we held ended, while it matters.</summary>
    public IReadOnlyDictionary<MarketId, Resolution> Resolutions => resolutions;

    /// <summary>Markets whose redemption was asked for and not booked yet.</summary>
    public IReadOnlyCollection<MarketId> PendingRedemptions => redemptions;

    /// <summary>
    /// Moves both clocks. Neither runs backwards when reports overtake each other, but the wall clock follows one that
    /// was set back: else nothing would be recent until it caught up.
    /// </summary>
    public void Observe(Stamp at)
    {
        var isOvertaken = at.RecordedAt < Now.RecordedAt && Now.RecordedAt - at.RecordedAt <= LongestReordering;
        Now = new(
            at.MarketTime > Now.MarketTime ? at.MarketTime : Now.MarketTime,
            isOvertaken ? Now.RecordedAt : at.RecordedAt);
    }

    /// <summary>Our order by the venue's id, also when its position was closed within the last day.</summary>
    public Order? FindOrder(VenueOrderId id) => byVenueId.TryGetValue(id, out var own) ? Recall(own) : null;

    /// <summary>A position's orders that may still execute.</summary>
    public IEnumerable<Order> WorkingOrders(PositionId position) =>
        orders.Values.Where(order => order.Command.PositionId == position && order.IsWorking);

    /// <summary>The answer that a command got, if it was seen before.</summary>
    public EngineOutput.CommandAnswered? AnswerTo(string commandId) => answered.GetValueOrDefault(commandId);

    /// <summary>The open position in a market, if any.</summary>
    public Position? PositionIn(MarketId market) =>
        OpenPositions.FirstOrDefault(position => position.MarketId == market);

    /// <summary>The book of a token, made when first asked for.</summary>
    public Book Book(TokenId token)
    {
        if (!Books.TryGetValue(token, out var book))
            Books.Add(token, book = new(token));
        return book;
    }

    /// <summary>
    /// Follows these books from now on and forgets all others, so that a silent one is never believed.
    /// </summary>
    public void Follow(IReadOnlySet<TokenId> tokens)
    {
        Followed = tokens;
        foreach (var token in Books.Keys.Where(token => !tokens.Contains(token)).ToList())
        {
            Books.Remove(token);
            Moves.Remove(token);
        }
    }

    /// <summary>
    /// Sets closed positions and their orders aside once nothing is awaited of them any more, forgets them a day later,
    /// and re-entry pauses that are over. Called between events, so that what an event closed can still be written.
    /// </summary>
    public void Prune()
    {
        foreach (var position in positions.Values.Where(position => !position.IsOpen && !IsAwaited(position)).ToList())
        {
            positions.Remove(position.Id);
            var theirs = orders.Values.Where(order => order.Command.PositionId == position.Id).ToList();
            foreach (var order in theirs)
            {
                orders.Remove(order.Command.ClientOrderId);
                AbsentSince.Remove(order.Command.ClientOrderId);
            }

            SetAside(position, theirs);
            if (position.Resolution is not null)
                Forget(position.MarketId);
        }

        DropPast();
        var longAgo = Now.MarketTime - LongestReentryPause;
        foreach (var market in lastClosed.Where(closed => closed.Value < longAgo).Select(closed => closed.Key).ToList())
            lastClosed.Remove(market);
    }

    /// <summary>Drops a market that has ended, with its books.</summary>
    public void Forget(MarketId id)
    {
        if (Catalog.Find(id) is not { } market)
            return;
        foreach (var outcome in Outcomes.Both)
        {
            Books.Remove(market.Token(outcome));
            LastBids.Remove(market.Token(outcome));
        }

        Catalog.Remove(id);
    }

    private bool IsAwaited(Position position) =>
        redemptions.Contains(position.MarketId)
        || resolutions.ContainsKey(position.MarketId)
        || position.Legs.Any(leg => !leg.Held.IsZero)
        || Ledger.Pending.Any(entry => entry.PositionId == position.Id)
        || IsBusy(position.Id);
}
