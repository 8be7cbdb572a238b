using Equilibrage.Core.Markets;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;
using Equilibrage.Core.Strategies.TwoSided;
using Equilibrage.Tests.Support.Trading;

namespace Equilibrage.Tests.Unit.Strategies.TwoSided;

/// <summary>A trigger counts when it was seen often enough in a row, or has stood long enough.</summary>
[Trait("Tier", "Unit")]
public sealed class TriggerWatchTests
{
    private static readonly EngineOutput.ExitBegun Fallen = new(
        new("position"), Outcome.No, ExitReason.Divergence, Price.FromDecimal(0.35m), 0.35m, 0.50m, 0.35m);

    private readonly TriggerWatch watch = new();

    [Fact]
    public void IsConfirmed_OneSampleWanted_IsTrueAtOnce() => Assert.True(See(Fallen, samples: 1));

    [Fact]
    public void IsConfirmed_SecondOfTwo_IsTrue()
    {
        Assert.False(See(Fallen, samples: 2));
        Assert.True(See(Fallen, samples: 2));
    }

    [Fact]
    public void IsConfirmed_StoodLongEnough_NeedsASecondSampleOnly()
    {
        Assert.False(See(Fallen, samples: 10));
        Assert.False(See(Fallen, samples: 10, after: 2.999));
        Assert.True(See(Fallen, samples: 10, after: 3));
    }

    [Fact]
    public void IsConfirmed_NoStandingWanted_StillNeedsASecondSample()
    {
        Assert.False(See(Fallen, samples: 10, standing: 0));
        Assert.True(See(Fallen, samples: 10, standing: 0));
    }

    [Theory]
    [InlineData(Outcome.Yes, ExitReason.Divergence)]
    [InlineData(Outcome.No, ExitReason.StopLoss)]
    public void IsConfirmed_OtherLegOrReasonInBetween_StartsAgain(Outcome outcome, ExitReason reason)
    {
        Assert.False(See(Fallen, samples: 2));
        Assert.False(See(Fallen with { Outcome = outcome, Reason = reason }, samples: 2));
        Assert.False(See(Fallen, samples: 2));
    }

    [Fact]
    public void IsConfirmed_OtherPosition_IsCountedApart()
    {
        Assert.False(See(Fallen, samples: 2));
        Assert.False(See(Fallen with { PositionId = new("other") }, samples: 2));
        Assert.True(See(Fallen, samples: 2));
    }

    [Fact]
    public void Forget_SeenTrigger_StartsAgain()
    {
        Assert.False(See(Fallen, samples: 2));

        watch.Forget(Fallen.PositionId);

        Assert.False(See(Fallen, samples: 2));
    }

    private bool See(EngineOutput.ExitBegun exit, int samples, double after = 0, decimal standing = 3) =>
        watch.IsConfirmed(exit, samples, standing, MarketBuilder.Start.AddSeconds(after));
}
