using Equilibrage.Adapters.Transport;
using Equilibrage.Polymarket;
using Equilibrage.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace Equilibrage.Tests.Unit.Transport;

[Trait("Tier", "Unit")]
public sealed class RateGateTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly RateRule Wide = new("wide", 40, TimeSpan.FromSeconds(10));
    private static readonly RateRule Narrow = new("narrow", 7, TimeSpan.FromSeconds(3));
    private static readonly RateRule Other = new("other", 5, TimeSpan.FromSeconds(2));

    private readonly ManualTime time = new();

    [Fact]
    public void Gate_AnyArrivals_NeverExceedsAnyWindow() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(60),
        Prop.ForAll(
            ArbMap.Default.ArbFor<int>(),
            seed =>
            {
                var passed = Run(seed);
                AssertWithin(passed, Wide, _ => true);
                AssertWithin(passed, Narrow, one => one.Rules.Contains(Narrow));
                AssertWithin(passed, Other, one => one.Rules.Contains(Other));
                AssertBucket(passed);
            }));

    [Fact]
    public void Gate_WithoutPressure_UsesItsWholeWindow()
    {
        using var gate = new RateGate(time, new() { UsedPercent = 100 });

        var all = Enumerable.Range(0, 8).Select(_ => Wait(gate, [Narrow])).ToList();

        Assert.Equal(7, all.Count(one => one.IsCompleted));
        time.Advance(TimeSpan.FromSeconds(3.2));
        Assert.True(all[7].IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Gate_OneGroupFull_LetsAnotherPassAndKeepsTheOrder()
    {
        using var gate = new RateGate(time, new() { UsedPercent = 100 });
        for (var count = 0; count < 7; count++)
            await Wait(gate, [Wide, Narrow]);

        var first = Wait(gate, [Wide, Narrow]);
        var second = Wait(gate, [Wide, Narrow]);
        var other = Wait(gate, [Wide, Other]);

        Assert.True(other.IsCompleted);
        gate.Hold(Narrow, TimeSpan.FromSeconds(20));
        time.Advance(TimeSpan.FromSeconds(19));
        Assert.False(first.IsCompleted);
        time.Advance(2 * Second);
        Assert.True(await first && await second);
    }

    [Fact]
    public async Task Gate_CanceledWaiter_LeavesItsPlace()
    {
        using var gate = new RateGate(time, new() { UsedPercent = 100 });
        for (var count = 0; count < 5; count++)
            await Wait(gate, [Other]);
        using var giveUp = new CancellationTokenSource();
        var waiting = gate.WaitAsync([Other], SignerBucket.None, 1, giveUp.Token);

        await giveUp.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Equal(0, gate.Waiting);
    }

    [Fact]
    public async Task Gate_QueueFullOrCostTooHigh_TurnsAway()
    {
        using var gate = new RateGate(time, new() { UsedPercent = 100, LongestQueue = 1 });
        for (var count = 0; count < 5; count++)
            await Wait(gate, [Other]);

        var waiting = Wait(gate, [Other]);

        Assert.False(await Wait(gate, [Other]));
        Assert.False(await gate.WaitAsync([], SignerBucket.Orders, RateLimits.Tiers[0].OrderBurst + 1, default));
        Assert.Equal(2, gate.TurnedAway);
        Assert.False(waiting.IsCompleted);
    }

    private static Task<bool> Wait(RateGate gate, IReadOnlyList<RateRule> rules) =>
        gate.WaitAsync(rules, SignerBucket.None, 1, default);

    private static List<Passed> Run(int seed)
    {
        var random = new System.Random(seed);
        var clock = new ManualTime();
        using var gate = new RateGate(clock, new() { UsedPercent = 100 });
        var waiting = new List<(Task<bool> Task, RateRule[] Rules, int Cost)>();
        var passed = new List<Passed>();
        for (var step = 0; step < 400; step++)
        {
            for (var count = random.Next(4); count > 0; count--)
            {
                RateRule[] rules = random.Next(3) switch { 0 => [Wide, Narrow], 1 => [Wide, Other], _ => [Wide] };
                var cost = random.Next(1, 16);
                waiting.Add((gate.WaitAsync(rules, SignerBucket.Orders, cost, default), rules, cost));
            }

            clock.Advance(TimeSpan.FromMilliseconds(random.Next(1, 120)));
            foreach (var one in waiting.Where(one => one.Task.IsCompleted).ToList())
            {
                waiting.Remove(one);
                passed.Add(new(clock.GetUtcNow(), one.Rules, one.Cost));
            }
        }

        // Nothing is forgotten: once nobody comes any more, everybody passes.
        for (var step = 0; step < 3_000 && gate.Waiting > 0; step++)
            clock.Advance(Second);
        Assert.Equal(0, gate.Waiting);
        return passed;
    }

    // What passed was seen within 120 ms, so a stretch is shorter by so much.
    private static void AssertWithin(List<Passed> passed, RateRule rule, Func<Passed, bool> counts)
    {
        var times = passed.Where(counts).Select(one => one.At).ToList();
        var length = rule.Window - TimeSpan.FromMilliseconds(120);
        for (var index = rule.Limit; index < times.Count; index++)
            Assert.True(times[index] - times[index - rule.Limit] >= length, $"{rule.Name} at {index}");
    }

    private static void AssertBucket(List<Passed> passed)
    {
        var tier = RateLimits.Tiers[0];
        for (var from = 0; from < passed.Count; from++)
        {
            var sum = 0;
            for (var to = from; to < passed.Count; to++)
            {
                sum += passed[to].Cost;
                var seconds = (passed[to].At - passed[from].At).TotalSeconds + 0.12;
                Assert.True(sum <= tier.OrderBurst + (tier.OrderRate * seconds) + 1, $"orders {from} to {to}");
            }
        }
    }

    private sealed record Passed(DateTimeOffset At, RateRule[] Rules, int Cost);
}
