using Equilibrage.Core.Accounting;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;
using Equilibrage.Tests.Support;
using Equilibrage.Web.Components.Controls;
using Equilibrage.Web.Components.Pages.Positions;
using Price = Equilibrage.Core.Primitives.Price;

namespace Equilibrage.Tests.Unit.Web;

/// <summary>A position's journal in plain words.</summary>
[Trait("Tier", "Unit")]
public sealed class PositionTimelineTests
{
    private static readonly PositionId Id = new("00000000-0000-0000-0000-000000000001");
    private static readonly PositionTimeline Timeline = new(DeskSamples.Position(1, DeskSamples.Market(1)));

    [Fact]
    public void Tell_ExitBegun_NamesTheRuleAndEveryNumber()
    {
        var line = Tell(new EngineOutput.ExitBegun(
            Id, Outcome.No, ExitReason.Divergence, Price.FromDecimal(0.37m), 0.3705m, 0.53m, 0.371m));

        Assert.Equal("Divergence: Stays is to be sold", line.Title);
        Assert.Equal(
            "All of it would sell at 37.05¢, the trigger stands at 37.10¢, it was bought at 53.00¢, "
            + "the best bid is 37.00¢.",
            line.Detail);
        Assert.Equal(Tone.Warn, line.Tone);
    }

    [Fact]
    public void Tell_ExitWithoutNumbers_SaysNothingMore() =>
        Assert.Null(
            Tell(new EngineOutput.ExitBegun(Id, Outcome.Yes, ExitReason.Manual, null, null, null, null)).Detail);

    [Fact]
    public void Tell_Moved_IsTheNewStateWithItsReason()
    {
        var line = Tell(new EngineOutput.PositionMoved(
            Id, PositionState.EnteringLeg2, PositionState.Active, "all that was planned is held"));

        Assert.Equal(("Active", "All that was planned is held."), (line.Title, line.Detail));
    }

    [Fact]
    public void Tell_RefusedCommand_ExplainsTheRule()
    {
        var line = Tell(new EngineOutput.CommandAnswered("c", Id, new Denial(DenyReason.NoCapital, "12 of 100")));

        Assert.Equal("Free cash does not cover the plan: 12 of 100.", line.Detail);
    }

    [Theory]
    [InlineData("1", ResolutionKind.Early, "Sails won; the market resolved early.")]
    [InlineData("0.5", ResolutionKind.Voided, "It ended void: both outcomes pay 50¢ a share.")]
    public void Resolution_Ending_IsSaidInTheMarketsOwnWords(string payout, ResolutionKind kind, string expected) =>
        Assert.Equal(expected, Timeline.Resolution(new Resolution(
            new("0x1"), Price.FromDecimal(decimal.Parse(payout, System.Globalization.CultureInfo.InvariantCulture)),
            kind, DeskSamples.Now)));

    private static TimelineLine Tell(EngineOutput output) =>
        Assert.Single(Timeline.Tell([new(1, new Stamp(DeskSamples.Now, DeskSamples.Now), "kind", output)]));
}
