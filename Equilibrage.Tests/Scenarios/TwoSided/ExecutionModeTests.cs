using System.Collections.Concurrent;
using Equilibrage.Core.Accounting;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.Simulation;
using Equilibrage.Core.State;
using Equilibrage.Tests.Support;
using Equilibrage.Tests.Support.Trading;

namespace Equilibrage.Tests.Scenarios.TwoSided;

/// <summary>
/// Small universes in every mode of execution, with trades that fail: cash and shares equal the venue's, no leg is left
/// alone, and everything that a mode can do was done.
/// </summary>
[Trait("Tier", "Scenarios")]
public sealed class ExecutionModeTests
{
    private const int Seeds = 8;

    private static readonly ExitRules Lively = new()
    {
        DivergencePercent = 8, TakeProfitYesPercent = 12, TakeProfitNoPercent = 12, ConfirmSamples = 1,
    };

    private static readonly ExitRules BothLeft = new() { TimeExitHours = 26, DivergencePercent = 15 };

    [Fact]
    public void Taker_WithSplitsAndMerges_UsesTheCheaperWayBothTimes()
    {
        var outputs = Run(new() { UsesPairs = true }, BothLeft);

        var asked = outputs.OfType<EngineOutput.PairRequested>().ToList();
        Assert.Contains(asked, pair => pair.Operation.Kind == ChainOperationKind.Split);
        Assert.Contains(asked, pair => pair.Operation.Kind == ChainOperationKind.Merge);
        Assert.All(asked, pair => Assert.Contains("better", pair.Why, StringComparison.Ordinal));
        Assert.Equal(asked.Count, outputs.OfType<EngineOutput.PairBooked>().Count());
        Assert.DoesNotContain(outputs, output => output is EngineOutput.PairFailed);
    }

    [Fact]
    public void Maker_BidsThatFollowTheBook_EnterOrAreJudgedByTheOneLegPolicy()
    {
        var outputs = Run(new() { Entry = EntryMode.Maker, InsideTicks = 1, RequoteSeconds = 0.5m }, Lively);

        var bids = outputs.OfType<EngineOutput.OrderSubmitted>().Where(sent => sent.Order.Command.IsPostOnly).ToList();
        Assert.All(bids, bid => Assert.Equal(OrderType.Gtc, bid.Order.Command.Type));
        Assert.Contains(outputs, output => output is EngineOutput.PositionMoved { To: PositionState.Active });
        Assert.Contains(outputs, output =>
            output is EngineOutput.CancelRequested asked
            && asked.Why.StartsWith("the book moved", StringComparison.Ordinal));
        var decided = outputs.OfType<EngineOutput.OneLegDecided>().ToList();
        Assert.Contains(decided, decision => decision.Episode.IsChase);
        Assert.All(decided.Where(decision => decision.IsFirst && decision.Episode.IsChase), decision =>
            Assert.NotNull(decision.PairCost));
        var fills = outputs.OfType<EngineOutput.FillBooked>().Where(fill => fill.Fill.Liquidity == Liquidity.Maker);
        Assert.NotEmpty(fills);
        Assert.All(fills, fill => Assert.Equal(Usdc.Zero, fill.Fill.Fee));
    }

    [Fact]
    public void Maker_WithSplitsMergesAndRestingTakeProfits_AddsUp()
    {
        var outputs = Run(
            new() { Entry = EntryMode.Maker, UsesPairs = true, RestingTakeProfit = true },
            Lively with { TimeExitHours = 30 });

        Assert.Contains(outputs, output => output is EngineOutput.OrderSubmitted
        {
            Reason: ExitReason.TakeProfit, Order.Command.Type: OrderType.Gtc,
        });
        Assert.Contains(outputs, output => output is EngineOutput.LegExited { Reason: ExitReason.TakeProfit });
        Assert.Contains(outputs, output =>
            output is EngineOutput.PairBooked { OperationKind: ChainOperationKind.Merge });
    }

    [Fact]
    public void Taker_InThinSlices_AddsUp()
    {
        var outputs = Run(new() { SliceDepthPercent = 2, RestingTakeProfit = true }, Lively);

        var perPosition = outputs.OfType<EngineOutput.OrderSubmitted>()
            .Where(sent => sent.Order.Command.Side == Side.Buy)
            .GroupBy(sent => (sent.Order.Command.PositionId, sent.Order.Command.Outcome));
        Assert.Contains(perPosition, orders => orders.Count() > 1);
    }

    private static List<EngineOutput> Run(ExecutionRules execution, ExitRules exit)
    {
        var outputs = new ConcurrentBag<EngineOutput>();
        Parallel.For(0, Seeds, new() { MaxDegreeOfParallelism = Environment.ProcessorCount }, seed =>
        {
            HeadlessDesk? desk = null;
            desk = new(PracticeWorld.Listings(30), new()
            {
                Venue = PracticeWorld.Options(seed, step: 600) with
                {
                    FailuresPerMillion = 20_000, RetriesPerMillion = 50_000,
                },
                Settings = new()
                {
                    OpportunityThreshold = 3, MaxPositions = 8, ScanSeconds = 1800, ReentryHours = 1,
                    Execution = execution, Exit = exit,
                },
            })
            {
                Watcher = (_, _) => DeskCheck.LeavesNoLegAlone(desk!.State),
            };
            desk.RunUntil(PracticeWorld.Start.AddDays(4));
            DeskCheck.AddsUp(desk);
            foreach (var record in desk.Journal)
                outputs.Add(record.Output);
        });
        Assert.NotEmpty(outputs.OfType<EngineOutput.PositionOpened>());
        Assert.DoesNotContain(outputs, output => output is EngineOutput.IncidentRaised);
        return [.. outputs];
    }
}
