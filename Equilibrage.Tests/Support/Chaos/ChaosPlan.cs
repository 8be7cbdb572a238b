using Equilibrage.Core.Accounting;
using Equilibrage.Core.Opportunities;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.Simulation;
using Equilibrage.Core.State;

namespace Equilibrage.Tests.Support.Chaos;

/// <summary>Everything that a seed decides before a run begins.</summary>
internal sealed record ChaosPlan
{
    /// <summary>The seed.</summary>
    public required int Seed { get; init; }

    /// <summary>Market seconds per wall second.</summary>
    public double Speed { get; init; } = 12;

    /// <summary>Market time from the first order to the calm.</summary>
    public TimeSpan Day { get; init; } = TimeSpan.FromHours(24);

    /// <summary>The universe.</summary>
    public required VenueOptions Venue { get; init; }

    /// <summary>Its markets.</summary>
    public required IReadOnlyList<ListingSeed> Listings { get; init; }

    /// <summary>What the operator sets at the start.</summary>
    public required TradingSettings Settings { get; init; }

    /// <summary>Times in a thousand that a fault strikes where it can; faults without a rate never do.</summary>
    public IReadOnlyDictionary<Fault, int> Rates { get; init; } = new Dictionary<Fault, int>();

    /// <summary>How often a fault strikes that lasts a while or strikes by itself.</summary>
    public IReadOnlyDictionary<Fault, int> Times { get; init; } = new Dictionary<Fault, int>();

    /// <summary>
    /// True when the exchange promises to refuse an order whose id was canceled before it came, as the practice
    /// exchange does.
    /// </summary>
    public bool IsPromising { get; init; }

    /// <summary>The journal's write, counted from one, at which the process dies; null for none.</summary>
    public (int Write, Fault How)? DropAt { get; init; }

    /// <summary>True when the market's clock stands while no process runs.</summary>
    public bool WaitsForHost { get; init; }

    /// <summary>Machines: two share the account in a tenth of the seeds, one of them standing by.</summary>
    public int Nodes { get; init; } = 1;

    /// <summary>
    /// True when the database lives and dies with the machine, so that nobody else can hold the lease.
    /// </summary>
    public bool IsExclusive { get; init; } = true;

    /// <summary>Least time between two ticks of a periodic timer.</summary>
    public TimeSpan Coarse { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How often the operator asks for something by hand.</summary>
    public int Commands { get; init; }

    /// <summary>Times in a thousand that a fault strikes.</summary>
    public int Rate(Fault fault) => Rates.GetValueOrDefault(fault);

    /// <summary>The plan of a seed: about two thirds of all faults, each at a rate of its own.</summary>
    public static ChaosPlan Of(int seed)
    {
        var dice = new Dice(seed, "plan");
        bool Has() => dice.Hits(650);
        var speed = dice.Pick([8, 12, 20]);
        var rates = new Dictionary<Fault, int>();
        foreach (var (fault, most) in MostRates)
        {
            if (Has())
                rates[fault] = dice.Between(Math.Max(1, most / 5), most);
        }

        var times = new Dictionary<Fault, int>();
        foreach (var (fault, most) in MostTimes)
        {
            if (Has())
                times[fault] = dice.Between(1, most);
        }

        var fails = Has() ? dice.Between(10_000, 120_000) : 0;
        var isDelayed = Has();
        return new()
        {
            Seed = seed,
            Speed = speed,
            Venue = new()
            {
                Seed = seed,
                Start = PracticeWorld.Start,
                StepSeconds = dice.Pick([20, 30, 60]),
                FailuresPerMillion = fails,
                RetriesPerMillion = Has() ? 100_000 : 0,
                MinedSeconds = (2, dice.Between(5, 120)),
                ConfirmedSeconds = (10, dice.Between(60, 600)),
                RetrySeconds = (5, dice.Between(20, 300)),
                TellsPrints = false,
            },
            Listings = MakeListings(dice, isDelayed),
            Settings = MakeSettings(dice),
            Rates = rates,
            Times = times,
            IsPromising = dice.Hits(500),
            Nodes = seed % 10 == 0 ? 2 : 1,
            IsExclusive = seed % 10 != 0 && dice.Hits(700),
            Commands = dice.Between(0, 30),
        };
    }

    private static IReadOnlyList<(Fault Fault, int Most)> MostRates { get; } =
    [
        (Fault.RequestLost, 80), (Fault.AnswerLost, 120), (Fault.RequestLate, 60), (Fault.AnswerLate, 100),
        (Fault.NotSent, 60), (Fault.Refused, 80), (Fault.CallFails, 150), (Fault.CallHangs, 30),
        (Fault.EventTwice, 300), (Fault.EventLate, 300), (Fault.AppendLost, 15), (Fault.AppendUnsaid, 15),
        (Fault.ChainSlow, 300), (Fault.ChainFails, 300), (Fault.Drop, 0),
    ];

    private static IReadOnlyList<(Fault Fault, int Most)> MostTimes { get; } =
    [
        (Fault.ExchangeAway, 4), (Fault.CancelOnly, 3), (Fault.FeedCut, 6), (Fault.FeedSilent, 4),
        (Fault.DatabaseAway, 2), (Fault.DropBeforeWrite, 5), (Fault.DropAfterWrite, 5), (Fault.Drop, 4),
        (Fault.ClockJump, 3), (Fault.Pause, 2), (Fault.TradeElsewhere, 4), (Fault.Halt, 2),
    ];

    private static List<ListingSeed> MakeListings(Dice dice, bool isDelayed)
    {
        var listings = new List<ListingSeed>();
        var count = dice.Between(8, 16);
        for (var i = 0; i < count; i++)
        {
            // Most end within the day, so that there is something to redeem.
            var listing = PracticeWorld.Listing(
                i, 0.36m + (0.01m * dice.Between(0, 28)), dice.Between(3, 30), dice.Between(2_000, 20_000));
            listings.Add(isDelayed && i % 3 == 0
                ? listing with { TakerDelayMs = dice.Pick([60_000, 90_000, 180_000]) }
                : listing);
        }

        return listings;
    }

    private static TradingSettings MakeSettings(Dice dice) => new()
    {
        OpportunityThreshold = 1,
        MaxPositions = dice.Between(2, 8),
        CapitalAllocationPercent = dice.Between(5, 15),
        ReentryHours = dice.Between(0, 2),
        ScanSeconds = 300,
        MonitorSeconds = 30,
        Exit = new ExitRules
        {
            DivergencePercent = dice.Between(3, 20),
            TakeProfitYesPercent = dice.Between(0, 1) * 10,
            ConfirmSamples = dice.Between(1, 2),
            ConfirmSeconds = 1,
            OneLegSeconds = dice.Between(5, 30),
        },
        Execution = new()
        {
            Entry = dice.Hits(400) ? EntryMode.Maker : EntryMode.Taker,
            UsesPairs = dice.Hits(500),
            SliceDepthPercent = dice.Pick([0, 10, 25]),
            RequoteSeconds = dice.Between(1, 5),
            RestingTakeProfit = dice.Hits(500),
        },
        Limits = dice.Hits(300)
            ? new()
            : new() { ErrorsInARow = 100, BreakerFaults = 100, DailyLossPercent = 100, DrawdownPercent = 100 },
        Eligibility = EligibilityRules.Default with
        {
            MinHoursToEnd = 1,
            DepthMultiple = 0.5m,
            MaxPairCost = Usdc.FromDecimal(1.06m),
        },
    };
}
