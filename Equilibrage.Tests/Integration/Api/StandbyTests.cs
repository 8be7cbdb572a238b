using Equilibrage.Core.Projections;

namespace Equilibrage.Tests.Integration.Api;

/// <summary>A copy that does not lead shows what it knows and takes no commands.</summary>
[Trait("Tier", "Integration")]
public sealed class StandbyTests
{
    [Fact]
    public async Task Standby_WithTheLeadersBooks_AnswersReadingAndRefusesCommands()
    {
        const string Why = "This copy is on standby: process 7 on desk trades this account.";
        await using var host = await ApiHost.StartAsync();
        host.Desk.Show(host.Desk.Current with { Activity = EngineActivity.Standby, ActivityDetail = Why });

        Assert.Equal(200, (await host.GetAsync("/api/overview")).Status);
        Assert.Equal(200, (await host.GetAsync("/api/positions")).Status);
        var command = await host.PostAsync("/api/positions", "{}");
        var ready = await host.GetAsync("/health/ready");

        Assert.Equal((503, Why), (command.Status, (string?)command.Body["detail"]));
        Assert.Equal((503, Why), (ready.Status, (string?)ready.Body["detail"]));
        Assert.Equal(200, (await host.GetAsync("/health/live")).Status);
    }

    [Fact]
    public async Task Standby_BeforeTheAccountExists_IsNotReadyToBeRead()
    {
        await using var host = await ApiHost.StartAsync();
        host.Desk.Show(new() { Activity = EngineActivity.Standby });

        var answer = await host.GetAsync("/api/overview");

        Assert.Equal(503, answer.Status);
        Assert.Contains("on standby", (string?)answer.Body["detail"]);
    }
}
