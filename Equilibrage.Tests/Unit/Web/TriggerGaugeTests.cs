using System.Globalization;
using Equilibrage.Core.Accounting;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.Projections;
using Equilibrage.Tests.Support;
using Equilibrage.Web.Components.Trading;

namespace Equilibrage.Tests.Unit.Web;

/// <summary>How much room a leg has above its trigger, and what closing would bring.</summary>
[Trait("Tier", "Unit")]
public sealed class TriggerGaugeTests
{
    private static readonly PositionView Position = DeskSamples.Position(1, DeskSamples.Market(1));

    [Theory]
    [InlineData("0.60", 100, "far")]
    [InlineData("0.48", 100, "far")]
    [InlineData("0.408", 50, "near")]
    [InlineData("0.336", 0, "close")]
    [InlineData("0.10", 0, "close")]
    public void From_Price_MeasuresTheRoomAgainstThatAtEntry(string price, int percent, string level)
    {
        var value = decimal.Parse(price, CultureInfo.InvariantCulture);
        var gauge = TriggerGauge.From(Position.Legs[0] with { CurrentPrice = Price.FromDecimal(value) })!;

        Assert.Equal((percent, level), (gauge.Percent, gauge.Level));
    }

    [Fact]
    public void From_NoArmedTrigger_IsNone() =>
        Assert.Null(TriggerGauge.From(Position.Legs[0] with { TriggerPrice = null }));

    [Fact]
    public void Describe_SoldLeg_SaysAtWhat() =>
        Assert.Equal("Sold at 36.2¢", TriggerGauge.Describe(
            Position.Legs[1] with { Held = Quantity.Zero, ExitPrice = 0.362m, ExitReason = ExitReason.Divergence },
            PositionState.HoldingWinner));

    [Fact]
    public void Proceeds_BothLegs_AreHeldSharesAtTheBids() =>
        Assert.Equal((104.16m * 0.44m) + (94.33m * 0.55m), CloseEstimate.Proceeds(Position.Legs));

    [Fact]
    public void Proceeds_BidMissing_IsUnknown()
    {
        Assert.Null(CloseEstimate.Proceeds([Position.Legs[0] with { CurrentPrice = null }]));
        var request = CloseEstimate.For(Position with { Legs = [Position.Legs[0] with { CurrentPrice = null }] }, null);
        Assert.Contains("not known", request.Cost, StringComparison.Ordinal);
    }
}
