using Equilibrage.Polymarket.Orders;

namespace Equilibrage.Tests.Unit.Orders;

[Trait("Tier", "Unit")]
public sealed class OrderExpirationTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_777_377_600);

    [Fact]
    public void For_Lifetime_AddsTheMinuteThatTheEngineTakesAway()
    {
        var expiration = OrderExpiration.For(TimeSpan.FromSeconds(180), Now);

        Assert.Equal(1_777_377_840, expiration);
        Assert.Equal(Now.AddSeconds(180), OrderExpiration.DropsAt(expiration));
    }

    [Theory]
    [InlineData(119, false)]
    [InlineData(120, true)]
    public void For_ShortLifetime_IsRefused(int seconds, bool accepted)
    {
        var refusal = Record.Exception(() => OrderExpiration.For(TimeSpan.FromSeconds(seconds), Now));

        Assert.Equal(accepted, refusal is null);
        Assert.Equal(accepted, OrderExpiration.IsFarEnough(Now.ToUnixTimeSeconds() + seconds + 60, Now));
    }
}
