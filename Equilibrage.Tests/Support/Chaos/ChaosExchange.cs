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

    public ChaosExchange(Timeline time, ChaosPlan plan)
    {
        (this.time, this.plan) = (time, plan);
        Venue = new(plan.Listings, plan.Venue);
        Venue.OpenAccount(Account, Capital);
        time.After(StepPause, Step);
    }

    /// <summary>The account that the desk trades.</summary>
    public static AccountId Account { get; } = new("sandbox:practice:chaos");

    /// <summary>The venue's record.</summary>
    public SimulatedVenue Venue { get; }

    /// <summary>How often each order arrived from us.</summary>
    public Dictionary<VenueOrderId, int> Arrivals { get; } = [];

    /// <summary>True while it serves nobody.</summary>
    public bool IsAway { get; set; }

    /// <summary>True while it takes no new orders.</summary>
    public bool IsCancelOnly { get; set; }

    /// <summary>True while its market's clock stands.</summary>
    public bool IsStanding { get; set; }

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

    private void Step()
    {
        time.After(StepPause, Step);
        if (!IsStanding)
            Tell(Venue.Advance(Venue.MarketTime.AddSeconds(plan.Venue.StepSeconds)));
    }

    private void Tell(IReadOnlyList<VenueEvent> happened)
    {
        if (happened.Count == 0)
            return;
        foreach (var feed in feeds.ToList())
            feed.Hear(happened);
    }
}
