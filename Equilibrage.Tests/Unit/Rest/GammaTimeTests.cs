using System.Text;
using Equilibrage.Polymarket.Rest;

namespace Equilibrage.Tests.Unit.Rest;

[Trait("Tier", "Unit")]
public sealed class GammaTimeTests
{
    [Theory]
    [InlineData("2026-03-11T20:47:22.525523Z", "2026-03-11T20:47:22.5255230+00:00")]
    [InlineData("2026-03-08T04:59:59.999Z", "2026-03-08T04:59:59.9990000+00:00")]
    [InlineData("2026-03-11T20:47:22.123456789Z", "2026-03-11T20:47:22.1234567+00:00")]
    [InlineData("2026-07-20T00:00:00Z", "2026-07-20T00:00:00.0000000+00:00")]
    [InlineData("2026-04-05 15:10:00+00", "2026-04-05T15:10:00.0000000+00:00")]
    [InlineData("2026-04-05 15:10:00+05:30", "2026-04-05T09:40:00.0000000+00:00")]
    [InlineData("2026-04-05T15:10:00-0400", "2026-04-05T19:10:00.0000000+00:00")]
    [InlineData("2026-04-05T15:10Z", "2026-04-05T15:10:00.0000000+00:00")]
    [InlineData("2026-07-20", "2026-07-20T00:00:00.0000000+00:00")]
    public void TryParse_KnownForm_IsReadAsUtc(string text, string expected)
    {
        Assert.True(GammaTime.TryParse(Encoding.UTF8.GetBytes(text), out var time));
        Assert.Equal(expected, time.ToString("O"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("2026-02-30")]
    [InlineData("2026-13-01T00:00:00Z")]
    [InlineData("2026-03-11T24:00:00Z")]
    [InlineData("2026-03-11T20:47:22.Z")]
    [InlineData("2026-03-11T20:47:22Zz")]
    [InlineData("2026-03-11T20:47:22+")]
    [InlineData("2026-03-11T20:4")]
    [InlineData("0000-01-01")]
    [InlineData("0001-01-01T00:00:00+14:00")]
    public void TryParse_AnythingElse_IsRefused(string text) =>
        Assert.False(GammaTime.TryParse(Encoding.UTF8.GetBytes(text), out _));
}
