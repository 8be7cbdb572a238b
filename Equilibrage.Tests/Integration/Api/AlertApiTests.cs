using Equilibrage.Core.Ports;
using Equilibrage.Core.Projections;

namespace Equilibrage.Tests.Integration.Api;

[Trait("Tier", "Integration")]
public sealed class AlertApiTests
{
    [Fact]
    public async Task Alerts_Get_ShowsChannelsKindsAndQueueWithoutSecrets()
    {
        await using var host = await ApiHost.StartAsync();

        var body = (await host.GetAsync("/api/alerts")).Body;

        var channels = body["channels"]!.AsArray().Select(channel => (string)channel!["channel"]!);
        Assert.Equal(["webhook", "discord", "telegram"], channels);
        Assert.Equal("https://example.com/…", (string?)body["channels"]![0]!["target"]);
        Assert.Equal(["halt", "one_leg"], body["channels"]![0]!["kinds"]!.AsArray().Select(kind => (string)kind!));
        Assert.Equal((7, 3, 2, 1), (
            (int)body["dailyHour"]!, (int)body["queued"]!, (int)body["failed"]!, (int)body["dropped"]!));
    }

    [Fact]
    public async Task Alerts_Put_ChangesOneChannelAndLeavesTheRest()
    {
        await using var host = await ApiHost.StartAsync();

        var answer = await host.PutAsync(
            "/api/alerts", """{"channel":"telegram","enabled":true,"token":"1:x","kinds":["halt"],"dailyHour":6}""");

        Assert.Equal(200, answer.Status);
        var change = Assert.Single(host.Alerts.Changes);
        Assert.Equal((AlertChannel.Telegram, true, null, "1:x", 6), (
            change.Channel, change.IsEnabled, change.Target, change.Token, change.DailyHour));
        Assert.Equal([AlertKind.Halt], change.Kinds!);
        Assert.DoesNotContain("1:x", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"channel":"mail"}""", "webhook, discord or telegram")]
    [InlineData("""{"channel":"webhook","kinds":["rain"]}""", "position_opened")]
    [InlineData("""{"channel":"webhook","dailyHour":24}""", "from 0 to 23")]
    [InlineData("""{"channel":"webhook","enabled":"yes"}""", "true or false")]
    [InlineData("""{"channel":"webhook","url":"x"}""", "Allowed are")]
    public async Task Alerts_PutThatMeansNothing_IsRefusedWithWhatIsAllowed(string body, string allowed)
    {
        await using var host = await ApiHost.StartAsync();

        var answer = await host.PutAsync("/api/alerts", body);

        Assert.Equal(400, answer.Status);
        Assert.Contains(allowed, answer.Text, StringComparison.Ordinal);
        Assert.Empty(host.Alerts.Changes);
    }

    [Fact]
    public async Task Alerts_TargetThatIsRefused_Is400WithTheReason()
    {
        await using var host = await ApiHost.StartAsync();
        host.Alerts.Wrong = ("target", "target must begin with https://.");

        var answer = await host.PutAsync("/api/alerts", """{"channel":"webhook","target":"http://example.com"}""");

        Assert.Equal(400, answer.Status);
        Assert.Contains("https://", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Alerts_Test_SaysWhatTheChannelAnswered()
    {
        await using var host = await ApiHost.StartAsync();

        var body = (await host.PostAsync("/api/alerts/test", """{"channel":"webhook"}""")).Body;

        Assert.Equal((true, "The channel answered 204."), ((bool)body["isSent"]!, (string)body["message"]!));
        Assert.Equal([AlertChannel.Webhook], host.Alerts.Tested);
    }
}
