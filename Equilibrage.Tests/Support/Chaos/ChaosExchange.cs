using Equilibrage.Core.Markets;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.Simulation;

namespace Equilibrage.Tests.Support.Chaos;

/// <summary>
/// The other party: the simulated venue with its own clock and record. It remembers how often each order reached it.
/// </summary>
internal sealed class ChaosExchange
{
    /// <summary>What the account starts with.</summary>
    public static readonly Usdc Capital = Usdc.FromDecimal(1_000);

    private readonly Timeline time;
    private readonly ChaosPlan plan;
    private readonly List<ChaosFeed> feeds = [];
    private bool isStanding;
    private long round;

    public ChaosExchange(Timeline time, ChaosPlan plan)
    {
        (this.time, this.plan) = (time, plan);
        Venue = new(plan.Listings, plan.Venue);
        Venue.OpenAccount(Account, Capital);
        GoOn();
    }

    /// <summary>The account that the desk trades.</summary>
    public static AccountId Account { get; } = new("sandbox:practice:chaos");

    /// <summary>The venue's record.</summary>
    public SimulatedVenue Venue { get; }

    /// <summary>How often each order arrived from us.</summary>
    public Dictionary<VenueOrderId, int> Arrivals { get; } = [];

    /// <summary>Orders that the user placed elsewhere with the same wallet.</summary>
    public HashSet<VenueOrderId> Foreign { get; } = [];

    /// <summary>True while it serves nobody.</summary>
    public bool IsAway { get; set; }

    /// <summary>True while it takes no new orders.</summary>
    public bool IsCancelOnly { get; set; }

    /// <summary>True while its market's clock stands.</summary>
    public bool IsStanding
    {
        get => isStanding;
        set
        {
            if (isStanding == value)
                return;
            isStanding = value;
            round++;
            if (!value)
                GoOn();
        }
    }

    /// <summary>What the account owns and how it came to it, one line each.</summary>
    public IReadOnlyList<string> Describe()
    {
        var account = Venue.Account(Account)!;
        return
        [
            $"cash {account.Cash}",
            .. account.Tokens.OrderBy(held => held.Key.Value, StringComparer.Ordinal)
                .Select(held => $"token {held.Key}: {held.Value}"),
            .. Venue.TradesOf(Account).SelectMany(trade => trade.FillsOf(Account))
                .Select(fill => $"{fill.Side} {fill.Quantity} of {fill.TokenId} for {fill.Notional}, fee {fill.Fee}"),
            .. Venue.ActionsOf(Account).Select(action => $"{action.Kind} of {action.MarketId}"),
        ];
    }

    private TimeSpan StepPause => TimeSpan.FromSeconds(plan.Venue.StepSeconds / plan.Speed);

    /// <summary>Does something at the exchange and tells who listens what came of it.</summary>
    public T Act<T>(Func<SimulatedVenue, T> act)
    {
        var result = act(Venue);
        Tell(Venue.Drain());
        return result;
    }

    /// <summary>Begins to tell a feed what happens.</summary>
    public void Connect(ChaosFeed feed)
    {
        feeds.Add(feed);
        Want();
    }

    /// <summary>Ends it.</summary>
    public void Disconnect(ChaosFeed feed)
    {
        feeds.Remove(feed);
        Want();
    }

    /// <summary>Keeps the books that any feed wants.</summary>
    public void Want()
    {
        Venue.SetWanted(feeds.SelectMany(feed => feed.Wanted).ToHashSet());
        Tell(Venue.Drain());
    }

    /// <summary>The user trades with the same wallet, without the desk.</summary>
    public void TradeElsewhere(Dice dice)
    {
        var market = dice.Pick(Venue.Markets());
        var outcome = dice.Hits(500) ? Outcome.Yes : Outcome.No;
        var token = market.Token(outcome);
        var external = Venue.Account(Account)!.Tokens.GetValueOrDefault(token);
        var isSale = !external.IsZero && dice.Hits(500);
        var id = new VenueOrderId(DerivedId.Hex("elsewhere", $"{plan.Seed}", $"{Foreign.Count}"));
        Foreign.Add(id);
        Act(venue => venue.Place(Account, new()
        {
            Id = id,
            MarketId = market.Id,
            TokenId = token,
            Outcome = outcome,
            Side = isSale ? Side.Sell : Side.Buy,
            Limit = Price.FromMicros(isSale ? 10_000 : 990_000),
            Quantity = Quantity.FromDecimal(dice.Between(5, 40)),
            Spend = isSale ? null : Usdc.FromDecimal(dice.Between(2, 30)),
            Type = OrderType.Fak,
        }));
    }

    // A clock that goes on after it stood begins a whole step anew.
    private void GoOn()
    {
        var planned = round;
        time.After(StepPause, () =>
        {
            if (planned != round)
                return;
            GoOn();
            Tell(Venue.Advance(Venue.MarketTime.AddSeconds(plan.Venue.StepSeconds)));
        });
    }

    private void Tell(IReadOnlyList<VenueEvent> happened)
    {
        if (happened.Count == 0)
            return;
        foreach (var feed in feeds.ToList())
            feed.Hear(happened);
    }
}
