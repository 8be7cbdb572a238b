using Equilibrage.Core.Accounting;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Projections;

namespace Equilibrage.Tests.Integration.Api;

[Trait("Tier", "Integration")]
public sealed class ReadingTests
{
    private static readonly string[] OverviewFields =
    [
        "mode", "sequence", "marketTime", "recordedAt", "equity", "cash", "holdings", "reserved", "unsettled",
        "redeemable", "allocated", "available", "realizedPnl", "unrealizedPnl", "fees", "activePositions",
        "maxPositions", "legs",
    ];

    private static readonly string[] PositionFields =
    [
        "id", "marketId", "marketName", "status", "state", "entryTime", "closeTime", "entryPriceYes", "entryPriceNo",
        "capitalYes", "capitalNo", "sharesYes", "sharesNo", "currentPriceYes", "currentPriceNo", "liquidatedSide",
        "exitReason", "pnl", "legs",
    ];

    [Theory]
    [InlineData("/api/overview")]
    [InlineData("/api/dashboard/overview")]
    public async Task Overview_WhileRunning_HasEveryPromisedField(string path)
    {
        await using var host = await ApiHost.StartAsync();
        var answer = await host.GetAsync(path);
        Assert.Equal(200, answer.Status);
        var body = answer.Body.AsObject();
        Assert.All(OverviewFields, field => Assert.True(body.ContainsKey(field), field));
        var leg = Assert.Single(body["legs"]!.AsArray())!.AsObject();
        Assert.Equal(["tokenId", "shares", "bid", "value", "stale"], leg.Select(field => field.Key));
    }

    [Fact]
    public async Task Overview_Always_WritesExactNumbersAndUtcTimes()
    {
        await using var host = await ApiHost.StartAsync();
        var text = (await host.GetAsync("/api/overview")).Text;
        Assert.Contains("\"equity\":1000.000001,", text);
        Assert.Contains("\"unsettled\":-3,", text);
        Assert.Contains("\"marketTime\":\"2026-03-11T12:00:00.25Z\"", text);
        Assert.Contains("\"recordedAt\":\"2026-03-11T12:00:00Z\"", text);
        Assert.Contains($"\"tokenId\":\"{Samples.TokenOf(1, Core.Markets.Outcome.Yes)}\"", text);
        Assert.Contains("\"shares\":100.5,", text);
    }

    [Fact]
    public async Task Positions_OneOpen_ListsItWithEveryPromisedField()
    {
        await using var host = await ApiHost.StartAsync();
        var body = (await host.GetAsync("/api/positions")).Body;
        Assert.Equal(1, (int)body["total"]!);
        var position = Assert.Single(body["items"]!.AsArray())!.AsObject();
        Assert.All(PositionFields, field => Assert.True(position.ContainsKey(field), field));
        Assert.Equal("active", (string?)position["status"]);
        Assert.Equal("Active", (string?)position["state"]);
        Assert.Equal(0.4975m, (decimal)position["entryPriceYes"]!);
        Assert.Null(position["closeTime"]);
        Assert.Equal("yes", (string?)position["legs"]![0]!["outcome"]);
        Assert.Equal("27.083333", position["legs"]![0]!["distancePercent"]!.ToJsonString());
    }

    [Fact]
    public async Task Position_ClosedOne_ComesFromHistoryWithSnakeCaseReasons()
    {
        await using var host = await ApiHost.StartAsync();
        var id = Guid.NewGuid().ToString();
        host.History.Stored.Add(Samples.Closed(id));
        var body = (await host.GetAsync($"/api/positions/{id.ToUpperInvariant()}")).Body;
        Assert.Equal("closed", (string?)body["status"]);
        Assert.Equal("no", (string?)body["liquidatedSide"]);
        Assert.Equal("stop_loss", (string?)body["exitReason"]);
        Assert.Equal("2026-03-12T12:00:00Z", (string?)body["closeTime"]);
    }

    [Theory]
    [InlineData("/api/positions/0a000000-0000-4000-8000-0000000000ff")]
    [InlineData("/api/positions/nonsense")]
    [InlineData("/api/positions/nonsense/fills")]
    [InlineData("/api/positions/nonsense/timeline")]
    public async Task Position_Unknown_Is404WithAProblem(string path)
    {
        await using var host = await ApiHost.StartAsync();
        var answer = await host.GetAsync(path);
        Assert.Equal(404, answer.Status);
        Assert.Equal("application/problem+json", answer.Content.ContentType?.MediaType);
        Assert.Contains("There is no position", (string?)answer.Body["detail"]);
    }

    [Fact]
    public async Task Fills_OfAnOpenPosition_AreListed()
    {
        await using var host = await ApiHost.StartAsync();
        host.History.Fills.Add(Samples.Fill("t1"));
        var fill = (await host.GetAsync($"/api/positions/{Samples.FirstId}/fills")).Body["items"]![0]!;
        Assert.Equal("buy", (string?)fill["side"]);
        Assert.Equal("pending", (string?)fill["settlement"]);
        Assert.Equal(0.1m, (decimal)fill["fee"]!);
    }

    [Fact]
    public async Task Timeline_OfAnOpenPosition_ShowsEachStepWithItsNumbers()
    {
        await using var host = await ApiHost.StartAsync();
        host.History.Timeline.Add(new(7, Samples.At(1), "leg_exited", new Core.State.EngineOutput.LegExited(
            new(Samples.FirstId), Core.Markets.Outcome.No, ExitReason.TakeProfit)));
        var item = (await host.GetAsync($"/api/positions/{Samples.FirstId}/timeline")).Body["items"]![0]!;
        Assert.Equal("leg_exited", (string?)item["kind"]);
        Assert.Equal("take_profit", (string?)item["detail"]!["reason"]);
        Assert.Equal("2026-03-11T12:01:00Z", (string?)item["marketTime"]);
    }

    [Theory]
    [InlineData("minScore=7", 2)]
    [InlineData("min_score=7", 2)]
    [InlineData("minScore=9", 0)]
    [InlineData("", 3)]
    public async Task Opportunities_FilteredByScore_CountsThose(string query, int total)
    {
        await using var host = await ApiHost.StartAsync();
        var body = (await host.GetAsync($"/api/opportunities?{query}")).Body;
        Assert.Equal(total, (int)body["total"]!);
        Assert.Equal(total, body["items"]!.AsArray().Count);
    }

    [Fact]
    public async Task Opportunities_RefusedOne_NamesTheRuleAndItsNumbers()
    {
        await using var host = await ApiHost.StartAsync();
        var body = (await host.GetAsync("/api/opportunities?offset=1&limit=1")).Body;
        Assert.Equal(3, (int)body["total"]!);
        var item = Assert.Single(body["items"]!.AsArray())!;
        Assert.False((bool)item["eligible"]!);
        Assert.Equal("thin_depth", (string?)item["refusal"]!["rule"]);
        Assert.Contains("10 YES shares are bid for, 20 are wanted", (string?)item["refusal"]!["detail"]);
        Assert.Equal("1.2345", item["expectedCostPercent"]!.ToJsonString());
        Assert.Equal("liquidity", (string?)item["factors"]![0]!["name"]);
        Assert.Equal("no data", (string?)item["factors"]![3]!["input"]);
        Assert.Equal(1, (int)body["scan"]!["byReason"]!["thin_depth"]!);
    }

    [Fact]
    public async Task Opportunities_BeforeTheFirstScan_AreEmpty()
    {
        await using var host = await ApiHost.StartAsync();
        host.Desk.Show(host.Desk.Current with { Scan = null });
        var body = (await host.GetAsync("/api/opportunities")).Body;
        Assert.Equal(0, (int)body["total"]!);
        Assert.Null(body["scan"]);
    }

    [Fact]
    public async Task Decisions_OfOneMarket_ListsThoseWithTheirRule()
    {
        await using var host = await ApiHost.StartAsync();
        var refused = new Denial(DenyReason.PriceBand, "the YES ask 0.71 is outside 0.35-0.65");
        host.History.Decisions.Add(Decision(1, refused));
        host.History.Decisions.Add(Decision(2, null));
        var body = (await host.GetAsync($"/api/decisions?market={Samples.MarketIdOf(1)}")).Body;
        var item = Assert.Single(body["items"]!.AsArray())!;
        Assert.Equal("price_band", (string?)item["refusal"]!["rule"]);
        Assert.Equal("1", (string?)item["id"]);
        Assert.Equal(400, (await host.GetAsync("/api/decisions?market=nope")).Status);
    }

    [Theory]
    [InlineData("/api/performance")]
    [InlineData("/api/dashboard/performance")]
    public async Task Performance_WithHistory_SumsItUp(string path)
    {
        await using var host = await ApiHost.StartAsync();
        var body = (await host.GetAsync(path)).Body;
        Assert.Equal(0.75m, (decimal)body["winRate"]!);
        Assert.Equal(0.000001m, (decimal)body["totalPnl"]!);
        Assert.Equal(1000m, (decimal)body["equity"]![0]!["equity"]!);
    }

    [Fact]
    public async Task History_WithFilters_AsksForExactlyThose()
    {
        await using var host = await ApiHost.StartAsync();
        host.History.Stored.Add(Samples.Closed(Guid.NewGuid().ToString()));
        var answer = await host.GetAsync(
            "/api/positions/history?from=2026-03-11&to=2026-03-12T13:00:00Z&market=question&outcome=loss&limit=1");
        Assert.Equal(200, answer.Status);
        Assert.Equal(1, (int)answer.Body["total"]!);
        var asked = host.History.Asked!;
        Assert.Equal(new DateTimeOffset(2026, 3, 11, 0, 0, 0, TimeSpan.Zero), asked.From);
        Assert.Equal(new DateTimeOffset(2026, 3, 12, 13, 0, 0, TimeSpan.Zero), asked.To);
        Assert.Equal(("question", Core.Ports.PositionOutcome.Loss), (asked.Market, asked.Outcome));
    }

    [Fact]
    public void Statuses_AllValues_AreWrittenAsDocumented()
    {
        Assert.Equal("[\"active\",\"liquidated\",\"closed\"]", Write(Enum.GetValues<PositionStatus>()));
        Assert.Equal("\"HoldingWinner\"", Write(PositionState.HoldingWinner));
        Assert.Equal("\"waiting_for_database\"", Write(EngineActivity.WaitingForDatabase));
        Assert.All(DenyReasons.All, reason => Assert.Equal($"\"{reason.Code()}\"", Write(reason)));
    }

    private static string Write<T>(T value) =>
        System.Text.Json.JsonSerializer.Serialize(value, Web.Endpoints.Json.Options);

    private static Core.Ports.DecisionView Decision(int market, Denial? denial) => new(
        market, Samples.At(0), new(Samples.MarketIdOf(market)), "Will it?", 6, 6.1m,
        Samples.Opportunity(market, 6).Opportunity.Factors, denial, null);
}
