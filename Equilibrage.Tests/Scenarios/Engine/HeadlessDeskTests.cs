using System.Collections.Concurrent;
using Equilibrage.Core.Accounting;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.Simulation;
using Equilibrage.Core.State;
using Equilibrage.Tests.Scenarios.TwoSided;
using Equilibrage.Tests.Support;

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
            Check(desk);
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
        Check(desk);

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

    private static void Check(HeadlessDesk desk)
    {
        desk.Compare();
        var (state, ledger) = (desk.State, desk.State.Ledger);
        Assert.All(
            ledger.Balances.GroupBy(balance => balance.Key.Asset),
            asset => Assert.Equal(0, asset.Sum(balance => balance.Value)));
        Assert.All(
            ledger.Balances.Where(balance => balance.Key.Account is LedgerAccount.Holdings or LedgerAccount.Cash),
            balance => Assert.True(balance.Value >= 0));
        ExitFlowTests.AssertAddsUp(state);
        var record = desk.Venue.Account(state.AccountId)!;
        var (cash, tokens) = OnTheChain(desk);
        Assert.Equal(record.Cash.ToMicros, cash);
        Assert.Equal(
            record.Tokens.OrderBy(held => held.Key.Value, StringComparer.Ordinal)
                .Select(held => (held.Key, held.Value.ToMicros)),
            tokens.Where(held => held.Value != 0).OrderBy(held => held.Key.Value, StringComparer.Ordinal)
                .Select(held => (held.Key, held.Value)));
        Assert.Null(desk.Venue.Audit());
        ExpectLotsEqualHoldings(state);
    }

    /// <summary>Our books without the trades that are matched and have not moved anything yet.</summary>
    private static (long Cash, Dictionary<TokenId, long> Tokens) OnTheChain(HeadlessDesk desk)
    {
        var ledger = desk.State.Ledger;
        var (cash, tokens) = (ledger.Cash.ToMicros, ledger.AllHoldings().ToDictionary(
            held => held.Key, held => held.Value.ToMicros));
        var owed = desk.Venue.TradesOf(desk.State.AccountId)
            .Where(trade => trade.Status is TradeStatus.Matched or TradeStatus.Retrying)
            .SelectMany(trade => trade.FillsOf(desk.State.AccountId));
        foreach (var fill in owed)
        {
            var sign = fill.Side == Side.Buy ? 1 : -1;
            cash += (sign * fill.Notional.ToMicros) + fill.Fee.ToMicros;
            tokens[fill.TokenId] = tokens.GetValueOrDefault(fill.TokenId) - (sign * fill.Quantity.ToMicros);
        }

        return (cash, tokens);
    }

    private static void ExpectLotsEqualHoldings(EngineState state)
    {
        // Settled lots are burned by the redemption, so a desk that waits for one holds more than its lots.
        foreach (var (token, held) in state.Ledger.AllHoldings())
        {
            var lots = state.Positions.Values.SelectMany(position => position.Legs)
                .Where(leg => leg.TokenId == token)
                .Sum(leg => leg.Held.ToMicros + leg.Settled.ToMicros);
            Assert.Equal(held.ToMicros, lots);
        }
    }
}
