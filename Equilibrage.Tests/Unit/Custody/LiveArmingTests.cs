using Equilibrage.Core.State;
using Equilibrage.Tests.Support;
using Equilibrage.Web.Custody;

namespace Equilibrage.Tests.Unit.Custody;

[Trait("Tier", "Unit")]
public sealed class LiveArmingTests : IDisposable
{
    private readonly ManualTime clock = new();
    private readonly LiveArming arming;
    private int changes;

    public LiveArmingTests()
    {
        arming = new(clock);
        arming.Changed += (_, _) => changes++;
    }

    [Fact]
    public void Arming_FromTheStart_PermitsNothing()
    {
        Assert.Equal(OrderPermission.Nothing, arming.Permission);
        Assert.NotNull(arming.Reason);
        arming.Disarm();
        Assert.Equal(OrderPermission.Nothing, arming.Permission);
    }

    [Fact]
    public void Arming_Expires_AndLeavesTheExits()
    {
        arming.Arm(12);
        Assert.Equal(OrderPermission.Everything, arming.Permission);
        Assert.Null(arming.Reason);
        Assert.Equal(TimeSpan.FromHours(12), arming.TimeLeft);

        clock.Advance(TimeSpan.FromHours(12) - TimeSpan.FromSeconds(1));
        Assert.Equal(OrderPermission.Everything, arming.Permission);
        Assert.Equal(TimeSpan.FromSeconds(1), arming.TimeLeft);
        clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(OrderPermission.ExitsOnly, arming.Permission);
        Assert.Contains("expired", arming.Reason, StringComparison.Ordinal);
        Assert.Equal(TimeSpan.Zero, arming.TimeLeft);
        Assert.Equal(2, changes);
    }

    [Fact]
    public void Arming_OnceMore_StartsAnew()
    {
        arming.Arm(1);
        clock.Advance(TimeSpan.FromMinutes(59));
        arming.Arm(1);
        clock.Advance(TimeSpan.FromMinutes(59));

        Assert.Equal(OrderPermission.Everything, arming.Permission);
    }

    [Fact]
    public void Disarming_LeavesTheExits_AndAClosedVaultNothing()
    {
        arming.Arm(12);
        arming.Disarm();
        Assert.Equal(OrderPermission.ExitsOnly, arming.Permission);
        Assert.Contains("disarmed", arming.Reason, StringComparison.Ordinal);

        arming.Forget();

        Assert.Equal(OrderPermission.Nothing, arming.Permission);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(25)]
    public void Arming_ForTooLong_IsRefused(int hours) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => arming.Arm(hours));

    [Fact]
    public void NewProcess_RemembersNoArming()
    {
        arming.Arm(12);

        using var restarted = new LiveArming(clock);

        Assert.Equal(OrderPermission.Nothing, restarted.Permission);
    }

    public void Dispose() => arming.Dispose();
}
