using Equilibrage.Core.Ports;
using Equilibrage.Core.Projections;

namespace Equilibrage.Tests.Integration.Api;

[Trait("Tier", "Integration")]
public sealed class RefusalTests
{
    [Theory]
    [InlineData(EngineActivity.Recovering, "recovering")]
    [InlineData(EngineActivity.WaitingForDatabase, "database is away")]
    [InlineData(EngineActivity.Stopped, "stopped")]
    public async Task Anything_WhileTheEngineDoesNotRun_Is503WithRetryAfter(EngineActivity activity, string why)
    {
        await using var host = await ApiHost.StartAsync();
        host.Desk.Show(host.Desk.Current with { Activity = activity });
        string[] paths = ["/api/overview", "/api/positions", "/api/config", "/api/history.csv", "/health/ready"];
        foreach (var path in paths)
        {
            var answer = await host.GetAsync(path);
            Assert.Equal(503, answer.Status);
            Assert.NotNull(answer.Headers.RetryAfter);
            Assert.Contains(why, (string?)answer.Body["detail"]);
        }

        host.Desk.Show(host.Desk.Current with { ActivityDetail = "Line 17 of 20." });
        var detailed = await host.PostAsync("/api/positions", "{}");
        Assert.Equal((503, "Line 17 of 20."), (detailed.Status, (string?)detailed.Body["detail"]));
        Assert.Equal(200, (await host.GetAsync("/health/live")).Status);
    }

    [Theory]
    [InlineData("/api/positions/history")]
    [InlineData("/api/performance")]
    [InlineData("/api/decisions")]
    [InlineData("/api/history.csv")]
    [InlineData("/health/ready")]
    public async Task Reading_WhileTheDatabaseIsLost_Is503WithRetryAfter(string path)
    {
        await using var host = await ApiHost.StartAsync();
        Assert.Equal(200, (await host.GetAsync(path)).Status);
        host.History.IsAway = true;
        var answer = await host.GetAsync(path);
        Assert.Equal(503, answer.Status);
        Assert.Equal("application/problem+json", answer.Content.ContentType?.MediaType);
        Assert.NotNull(answer.Headers.RetryAfter);
    }

    [Theory]
    [InlineData("/api/positions?limit=0", "limit", "1 to 1000")]
    [InlineData("/api/positions?limit=1001", "limit", "1 to 1000")]
    [InlineData("/api/positions?offset=-1", "offset", "whole number from 0")]
    [InlineData("/api/positions?limit=1&limit=2", "limit", "more than once")]
    [InlineData("/api/positions?status=open", "status", "Allowed are: offset, limit")]
    [InlineData("/api/opportunities?minScore=11", "minScore", "1 to 10")]
    [InlineData("/api/opportunities?minScore=high", "minScore", "1 to 10")]
    [InlineData("/api/positions/history?outcome=draw", "outcome", "win, loss")]
    [InlineData("/api/positions/history?from=yesterday", "from", "2026-03-11T18:00:00Z")]
    [InlineData("/api/positions/history?from=2026-03-12&to=2026-03-11", "to", "later than from")]
    [InlineData("/api/history.csv?from=11.03.2026", "from", "2026-03-11")]
    public async Task Query_Bad_Is400NamingTheParameter(string path, string field, string allowed)
    {
        await using var host = await ApiHost.StartAsync();
        var answer = await host.GetAsync(path);
        Assert.Equal(400, answer.Status);
        Assert.Contains(allowed, (string?)answer.Body["errors"]![field]![0]);
    }

    [Theory]
    [InlineData("GET", "/api/nothing", 404)]
    [InlineData("PATCH", "/api/positions", 405)]
    public async Task Address_NotServed_IsAProblemToo(string method, string path, int status)
    {
        await using var host = await ApiHost.StartAsync();
        var answer = await host.SendAsync(new(method), path);
        Assert.Equal(status, answer.Status);
        Assert.Equal("application/problem+json", answer.Content.ContentType?.MediaType);
    }

    [Fact]
    public async Task Command_WhenTheDeskBecomesUnavailable_Is503WithItsReason()
    {
        await using var host = await ApiHost.StartAsync();
        host.Desk.Answer = _ => throw new DeskUnavailableException("Comparing with the venue.");
        var answer = await host.DeleteAsync($"/api/positions/{Samples.FirstId}");
        Assert.Equal((503, "Comparing with the venue."), (answer.Status, (string?)answer.Body["detail"]));
        Assert.NotNull(answer.Headers.RetryAfter);
    }

    [Fact]
    public async Task Command_WhenTheDeskDoesNotAnswer_Is503AndSaysHowToRepeatIt()
    {
        await using var host = await ApiHost.StartAsync();
        host.Desk.Answer = _ => throw new TimeoutException();
        var answer = await host.DeleteAsync($"/api/positions/{Samples.FirstId}");
        Assert.Equal(503, answer.Status);
        Assert.Contains("same Idempotency-Key", (string?)answer.Body["detail"]);
    }

    [Fact]
    public async Task Engine_AcceptingWithoutAPosition_Is500WithATraceIdAndNoInsides()
    {
        await using var host = await ApiHost.StartAsync();
        var answer = await host.DeleteAsync($"/api/positions/{Samples.FirstId}");
        Assert.Equal(500, answer.Status);
        Assert.NotNull(answer.Body["traceId"]);
        Assert.DoesNotContain("Exception", answer.Text, StringComparison.Ordinal);
    }
}
