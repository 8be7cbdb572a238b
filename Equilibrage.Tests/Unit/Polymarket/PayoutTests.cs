using Equilibrage.Adapters.Polymarket;

namespace Equilibrage.Tests.Unit.Polymarket;

[Trait("Tier", "Unit")]
public sealed class PayoutTests
{
    [Theory]
    [InlineData("1", "0", 1.0)]
    [InlineData("0", "1", 0.0)]
    [InlineData("0.5", "0.5", 0.5)]
    [InlineData("1.000", "0.0", 1.0)]
    public void Of_StrictResults_IsWhatTheFirstOutcomePays(string yes, string no, double paid) =>
        Assert.Equal((decimal)paid, Payout.Of([yes, no])!.Value.ToDecimal());

    [Theory]
    [InlineData("0.9995", "0.0005")]
    [InlineData("1", "1")]
    [InlineData("0", "0")]
    [InlineData("", "1")]
    [InlineData("1", "x")]
    public void Of_AnythingElse_IsOpen(string yes, string no) => Assert.Null(Payout.Of([yes, no]));

    [Fact]
    public void Of_AnotherNumberOfPrices_IsOpen()
    {
        Assert.Null(Payout.Of(null));
        Assert.Null(Payout.Of(["1"]));
        Assert.Null(Payout.Of(["1", "0", "0"]));
    }
}
