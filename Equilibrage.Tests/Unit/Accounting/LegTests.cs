using Equilibrage.Core.Accounting;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Tests.Unit.Accounting;

/// <summary>When a leg counts as entered.</summary>
[Trait("Tier", "Unit")]
public sealed class LegTests
{
    [Theory]
    [InlineData(95, 40.00, true)]
    [InlineData(94.99, 40.00, false)]
    [InlineData(80, 47.50, true)]
    [InlineData(80, 47.49, false)]
    [InlineData(0, 0, false)]
    public void IsEntered_SharesOrDollarsOfThePlan_NeedsNinetyFivePercentOfOne(
        double bought, double cost, bool expected)
    {
        var leg = new Leg
        {
            Outcome = Outcome.Yes,
            TokenId = new("1"),
            Budget = Usdc.FromDecimal(50),
            Planned = Quantity.FromDecimal(100),
            Bought = Quantity.FromDecimal((decimal)bought),
            Cost = Usdc.FromDecimal((decimal)cost),
        };

        Assert.Equal(expected, leg.IsEntered);
    }
}
