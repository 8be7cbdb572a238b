using System.Collections.Concurrent;
using Equilibrage.Core.Opportunities;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;
using Equilibrage.Tests.Support;
using Equilibrage.Tests.Support.Chaos;

namespace Equilibrage.Tests.Scenarios.Chaos;

/// <summary>A crash at any write of the journal changes nothing of how a day ends.</summary>
[Trait("Tier", "Scenarios")]
public sealed class CrashTests(ITestOutputHelper output)
{
    private const int MostWrites = 300;

    [Fact]
    public void Day_WithACrashAtAnyOfItsWrites_EndsAsTheDayWithoutOne()
    {
        var calm = ChaosRun.Play(Day);
        var failures = new ConcurrentBag<string>();

        Parallel.ForEach(
            Enumerable.Range(1, calm.Writes), new() { MaxDegreeOfParallelism = Environment.ProcessorCount },
            write =>
            {
                foreach (var how in new[] { Fault.DropBeforeWrite, Fault.DropAfterWrite })
                {
                    if (Compare(calm, ChaosRun.Play(Day with { DropAt = (write, how) })) is { } difference)
                        failures.Add($"{how} {write}: {difference}");
                }
            });

        output.WriteLine($"{calm.Writes} writes, {calm.Journal.Count} records");
        Assert.Empty(calm.Differences);
        Assert.InRange(calm.Writes, 30, MostWrites);
        foreach (var kind in Needed)
            Assert.Contains(calm.Journal, record => record.Output.GetType() == kind);
        Assert.True(
            failures.IsEmpty, $"{failures.Count} crashes show:\n{string.Join('\n', failures.Order().Take(20))}");
    }

    private static IReadOnlyList<Type> Needed { get; } =
    [
        typeof(EngineOutput.PositionOpened), typeof(EngineOutput.FillBooked), typeof(EngineOutput.TradeSettled),
        typeof(EngineOutput.LegExited), typeof(EngineOutput.MarketResolved), typeof(EngineOutput.RedemptionBooked),
    ];

    // No fault but the crash. The market stands still while no desk runs, so that both days see the same prices.
    private static ChaosPlan Day { get; } = new()
    {
        Seed = 1,
        Speed = 6,
        Day = TimeSpan.FromHours(4),
        Venue = new()
        {
            Seed = 5, Start = PracticeWorld.Start, StepSeconds = 60, TellsPrints = false,
        },
        Listings =
        [
            .. Enumerable.Range(0, 3)
                .Select(i => PracticeWorld.Listing(i, 0.45m + (0.02m * i), 1.5 + (0.5 * i), 10_000)),
        ],
        Settings = new()
        {
            OpportunityThreshold = 1,
            MaxPositions = 3,
            CapitalAllocationPercent = 15,
            ReentryHours = 24,
            ScanSeconds = 60,
            MonitorSeconds = 60,
            Exit = new() { DivergencePercent = 8, ConfirmSamples = 1, ConfirmSeconds = 0, OneLegSeconds = 60 },
            Eligibility = EligibilityRules.Default with
            {
                MinHoursToEnd = 1, DepthMultiple = 0.5m, MaxPairCost = Usdc.FromDecimal(1.06m),
            },
        },
        WaitsForHost = true,
        IsPromising = true,
        Coarse = TimeSpan.FromMilliseconds(500),
    };

    private static string? Compare(ChaosReport calm, ChaosReport crashed)
    {
        if (crashed.Starts != 2)
            return $"the process started {crashed.Starts} times";
        if (crashed.Differences.Count > 0)
            return crashed.Differences[0];
        var (without, with) = (Ends(calm), Ends(crashed));
        return without == with ? null : $"without it: {without}; with it: {with}";
    }

    // Prices move on while a process starts, so amounts differ by cents; what became of every position must not.
    private static string Ends(ChaosReport report)
    {
        var markets = Day.Listings.Select(listing => listing.Market.Id).ToHashSet();
        var ends = report.Journal.Where(record => record.MarketId is { } market && markets.Contains(market))
            .Select(record => record.Output switch
            {
                EngineOutput.PositionOpened => "entered",
                EngineOutput.LegExited exited => $"{exited.Outcome} left by {exited.Reason}",
                EngineOutput.LegSettled settled => $"{settled.Outcome} settled",
                EngineOutput.RedemptionBooked => "redeemed",
                _ => null,
            } is { } end ? $"{record.MarketId!.Value.Value[..6]} {end}" : null)
            .OfType<string>().Order(StringComparer.Ordinal);
        return string.Join(", ", ends);
    }
}
