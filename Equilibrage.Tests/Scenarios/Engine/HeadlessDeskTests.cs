using System.Collections.Concurrent;
using Equilibrage.Core.Accounting;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.Simulation;
using Equilibrage.Core.State;
using Equilibrage.Tests.Scenarios.TwoSided;
using Equilibrage.Tests.Support;
using Equilibrage.Tests.Support.Trading;

namespace Equilibrage.Tests.Scenarios.Engine;

/// <summary>
/// Two hundred small universes of ten market days each: the money adds up in all, and all that can happen did.
/// </summary>
[Trait("Tier", "Scenarios")]
public sealed class HeadlessDeskTests
{
    private const int Seeds = 200;
    private const int Markets = 40;
    private const int Days = 10;

    [Fact]
    public void Run_TwoHundredSeeds_AddsUpAndSeesEverything()
    {
        var outputs = new ConcurrentBag<EngineOutput>();

        Parallel.For(0, Seeds, new() { MaxDegreeOfParallelism = Environment.ProcessorCount }, seed =>
        {
            var desk = Run(seed);
            DeskCheck.AddsUp(desk);
            foreach (var record in desk.Journal)
                outputs.Add(record.Output);
        });

        var opened = outputs.OfType<EngineOutput.PositionOpened>().Count();
        Assert.True(opened > Seeds, $"{opened} positions were opened.");
        var fallen = outputs.OfType<EngineOutput.ExitBegun>()
            .Where(exit => exit.Reason == ExitReason.Divergence)
            .ToList();
        Assert.NotEmpty(fallen);
        Assert.All(fallen, exit => Assert.True(exit.SellablePrice <= 0.70m * exit.EntryPrice));
        Assert.Equal(
            Enum.GetValues<ResolutionKind>(),
            outputs.OfType<EngineOutput.MarketResolved>().Select(end => end.Resolution.Kind).Distinct().Order());
        Assert.Contains(outputs, output => output is EngineOutput.TradeSettled { IsConfirmed: false });
        Assert.Contains(outputs, output => output is EngineOutput.LegExited { Reason: ExitReason.Divergence });
        Assert.Contains(outputs, output => output is EngineOutput.RedemptionBooked);
        Assert.DoesNotContain(outputs, output => output is EngineOutput.IncidentRaised);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(17)]
    [InlineData(123)]
    public void Run_SameSeedTwice_GivesTheSameJournal(long seed)
    {
        var (first, second) = (Run(seed), Run(seed));

        Assert.NotEmpty(first.Journal);
        Assert.Equal(first.JournalHash(), second.JournalHash());
        Assert.NotEqual(first.JournalHash(), Run(seed + 1000).JournalHash());
    }

    [Fact]
    public void Run_AfterEveryEvent_OverviewAddsUp()
    {
        var watched = 0;
        var desk = New(5, onEvent: state =>
        {
            watched++;
            ExitFlowTests.AssertAddsUp(state);
        });

        desk.RunUntil(PracticeWorld.Start.AddDays(Days));

        Assert.True(watched > 1000, $"{watched} events were watched.");
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public void Run_AtTheChainsOwnPace_SellsOnlyWhatIsThereAndAddsUp(long seed)
    {
        var rules = new ExitRules { DivergencePercent = 3, ConfirmSamples = 1, OneLegSeconds = 15 };
        var desk = new HeadlessDesk(PracticeWorld.Listings(12), new()
        {
            Venue = PracticeWorld.Options(seed, step: 1) with
            {
                FailuresPerMillion = 150_000,
                RetriesPerMillion = 150_000,
            },
            Settings = new()
            {
                OpportunityThreshold = 1, MaxPositions = 6, ScanSeconds = 60, ReentryHours = 0, Exit = rules,
            },
            Speed = 1,
        });

        desk.RunUntil(PracticeWorld.Start.AddHours(3));
        DeskCheck.AddsUp(desk);

        var outputs = desk.Journal.Select(record => record.Output).ToList();
        var sent = outputs.OfType<EngineOutput.OrderSubmitted>().ToList();
        var refused = outputs.OfType<EngineOutput.OrderUpdated>().Count(end => end.Status == OrderStatus.Rejected);
        Assert.Contains(sent, order => order.Order.Command.Side == Side.Sell);
        Assert.Contains(outputs, output => output is EngineOutput.TradeSettled { IsConfirmed: false });
        // A sale may come before its shares are on the chain, but not again and again.
        Assert.True(refused <= sent.Count / 2, $"{refused} of {sent.Count} orders were refused.");
        Assert.DoesNotContain(outputs, output => output is EngineOutput.IncidentRaised);
    }

    private static HeadlessDesk Run(long seed)
    {
        var desk = New(seed);
        desk.RunUntil(PracticeWorld.Start.AddDays(Days));
        return desk;
    }

    private static HeadlessDesk New(long seed, Action<EngineState>? onEvent = null)
    {
        HeadlessDesk? desk = null;
        desk = new(PracticeWorld.Listings(Markets), new()
        {
            Venue = PracticeWorld.Options(seed, step: 1800) with { FailuresPerMillion = 20_000 },
            Settings = new() { OpportunityThreshold = 4, MaxPositions = 6, ScanSeconds = 3600 },
        })
        {
            Watcher = onEvent is null ? null : (_, _) => onEvent(desk!.State),
        };
        return desk;
    }
}
