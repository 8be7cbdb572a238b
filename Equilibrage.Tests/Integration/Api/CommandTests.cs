using Equilibrage.Core.Accounting;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;

namespace Equilibrage.Tests.Integration.Api;

[Trait("Tier", "Integration")]
public sealed class CommandTests
{
    private static readonly string Market = Samples.MarketIdOf(0xabc);

    [Theory]
    [InlineData("marketId", "capitalAmount", "ratioYes")]
    [InlineData("market_id", "capital_amount", "ratio_yes")]
    public async Task Enter_Accepted_Is202WithThePositionAndItsState(string market, string capital, string ratio)
    {
        await using var host = await ApiHost.StartAsync();
        host.Desk.Answer = _ => Samples.Accepted(PositionState.EnteringLeg1);
        var id = "0x" + Market[2..].ToUpperInvariant();
        var json = $$"""{"{{market}}":"{{id}}","{{capital}}":100.25,"{{ratio}}":0.7}""";
        var answer = await host.PostAsync("/api/positions", json, "key-1");
        Assert.Equal(202, answer.Status);
        Assert.Equal("EnteringLeg1", (string?)answer.Body["state"]);
        Assert.Equal($"/api/positions/{Samples.FirstId}", answer.Headers.Location?.ToString());
        var command = Assert.IsType<OperatorCommand.Enter>(Assert.Single(host.Desk.Commands));
        Assert.Equal(new OperatorCommand.Enter("key-1", new(Market), Usdc.FromDecimal(100.25m), 0.7m), command);
    }

    [Fact]
    public async Task Enter_WithoutKey_GetsANewOneEachTime()
    {
        await using var host = await ApiHost.StartAsync();
        host.Desk.Answer = _ => Samples.Accepted(PositionState.Planned);
        for (var time = 0; time < 2; time++)
            await host.PostAsync("/api/positions", $$"""{"marketId":"{{Market}}","capitalAmount":1}""");
        Assert.Equal(2, host.Desk.Commands.Select(command => command.CommandId).Distinct().Count());
        Assert.All(host.Desk.Commands, command => Assert.True(Guid.TryParse(command.CommandId, out _)));
    }

    [Fact]
    public async Task Enter_RepeatedAfterThePositionClosed_Is202WithItAsItEnded()
    {
        await using var host = await ApiHost.StartAsync();
        host.History.Stored.Add(Samples.Closed("closed-1"));
        host.Desk.Answer = _ => new(new("closed-1"), null, null);
        var answer = await host.PostAsync("/api/positions", $$"""{"marketId":"{{Market}}","capitalAmount":1}""", "k");
        Assert.Equal((202, "Closed"), (answer.Status, (string?)answer.Body["state"]));
    }

    [Fact]
    public async Task Enter_Refused_Is409WithTheRuleAndItsNumbers()
    {
        await using var host = await ApiHost.StartAsync();
        host.Desk.Answer = _ => new(null, null, new(DenyReason.PriceBand, "the YES ask 0.71 is outside 0.35-0.65"));
        var answer = await host.PostAsync("/api/positions", $$"""{"marketId":"{{Market}}","capitalAmount":1}""");
        Assert.Equal(409, answer.Status);
        Assert.Equal("application/problem+json", answer.Content.ContentType?.MediaType);
        Assert.Equal("price_band", (string?)answer.Body["rule"]);
        Assert.Equal(
            "An ask is outside the allowed band: the YES ask 0.71 is outside 0.35-0.65.",
            (string?)answer.Body["detail"]);
    }

    [Fact]
    public async Task Enter_UnknownMarket_Is404()
    {
        await using var host = await ApiHost.StartAsync();
        host.Desk.Answer = _ => new(null, null, new(DenyReason.UnknownMarket));
        var answer = await host.PostAsync("/api/positions", $$"""{"marketId":"{{Market}}","capitalAmount":1}""");
        Assert.Equal(404, answer.Status);
        Assert.Equal("unknown_market", (string?)answer.Body["rule"]);
    }

    [Theory]
    [InlineData("{}", "marketId", "condition id")]
    [InlineData("""{"marketId":7,"capitalAmount":1}""", "marketId", "condition id")]
    [InlineData("""{"marketId":"0x12","capitalAmount":1}""", "marketId", "64 hexadecimal")]
    [InlineData("""{"marketId":"MARKET"}""", "capitalAmount", "above 0")]
    [InlineData("""{"marketId":"MARKET","capitalAmount":0}""", "capitalAmount", "above 0")]
    [InlineData("""{"marketId":"MARKET","capitalAmount":-1}""", "capitalAmount", "above 0")]
    [InlineData("""{"marketId":"MARKET","capitalAmount":"5"}""", "capitalAmount", "number")]
    [InlineData("""{"marketId":"MARKET","capitalAmount":1e300}""", "capitalAmount", "number")]
    [InlineData("""{"marketId":"MARKET","capitalAmount":1.0000001}""", "capitalAmount", "six decimals")]
    [InlineData("""{"marketId":"MARKET","capitalAmount":1,"ratioYes":1.5}""", "ratioYes", "between 0 and 1")]
    [InlineData("""{"marketId":"MARKET","capitalAmount":1,"ratioYes":null}""", "ratioYes", "number")]
    [InlineData("""{"marketId":"MARKET","capitalAmount":1,"size":2}""", "size", "are: marketId, capitalAmount")]
    [InlineData("""{"marketId":"MARKET","capitalAmount":1,"capital_amount":2}""", "capitalAmount", "more than once")]
    [InlineData("[]", "body", "JSON object")]
    [InlineData("nonsense", "body", "not JSON")]
    [InlineData("", "body", "not JSON")]
    public async Task Enter_BadBody_Is400NamingTheField(string json, string field, string allowed)
    {
        await using var host = await ApiHost.StartAsync();
        var answer = await host.PostAsync("/api/positions", json.Replace("MARKET", Market, StringComparison.Ordinal));
        Assert.Equal(400, answer.Status);
        Assert.Equal("application/problem+json", answer.Content.ContentType?.MediaType);
        Assert.Contains(allowed, (string?)answer.Body["errors"]![field]![0]);
        Assert.Contains(allowed, (string?)answer.Body["detail"]);
        Assert.Empty(host.Desk.Commands);
    }

    [Fact]
    public async Task Enter_WithAForm_Is415()
    {
        await using var host = await ApiHost.StartAsync();
        using var client = new HttpClient { BaseAddress = host.Address };
        using var form = new FormUrlEncodedContent([new("marketId", Market)]);
        using var response = await client.PostAsync("/api/positions", form);
        Assert.Equal(415, (int)response.StatusCode);
        Assert.Contains("application/json", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Enter_WithAHugeBody_Is413()
    {
        await using var host = await ApiHost.StartAsync();
        var answer = await host.PostAsync("/api/positions", $$"""{"marketId":"{{new string('x', 20_000)}}"}""");
        Assert.Equal(413, answer.Status);
        Assert.Contains("16384", (string?)answer.Body["detail"]);
    }

    [Fact]
    public async Task Enter_WithAnUnusableKey_Is400()
    {
        await using var host = await ApiHost.StartAsync();
        var answer = await host.PostAsync(
            "/api/positions", $$"""{"marketId":"{{Market}}","capitalAmount":1}""", new string('k', 200));
        Assert.Equal(400, answer.Status);
        Assert.NotNull(answer.Body["errors"]!["Idempotency-Key"]);
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("?leg=yes", Outcome.Yes)]
    [InlineData("?leg=no", Outcome.No)]
    public async Task Close_Accepted_Is202WithThePosition(string query, Outcome? leg)
    {
        await using var host = await ApiHost.StartAsync();
        host.Desk.Answer = _ => Samples.Accepted(PositionState.Closing);
        var answer = await host.DeleteAsync($"/api/positions/{Samples.FirstId}{query}", "key-2");
        Assert.Equal(202, answer.Status);
        Assert.Equal("Closing", (string?)answer.Body["state"]);
        Assert.Equal(new OperatorCommand.Close("key-2", new(Samples.FirstId), leg), Assert.Single(host.Desk.Commands));
    }

    [Fact]
    public async Task Close_UnknownOrClosedOrBadLeg_SaysWhich()
    {
        await using var host = await ApiHost.StartAsync();
        host.Desk.Answer = _ => new(null, null, new(DenyReason.UnknownPosition));
        var unknown = await host.DeleteAsync($"/api/positions/{Guid.NewGuid()}");
        Assert.Equal((404, "unknown_position"), (unknown.Status, (string?)unknown.Body["rule"]));

        var id = Guid.NewGuid().ToString();
        host.History.Stored.Add(Samples.Closed(id));
        var closed = await host.DeleteAsync($"/api/positions/{id}");
        Assert.Equal((409, "already_closed"), (closed.Status, (string?)closed.Body["rule"]));

        var leg = await host.DeleteAsync($"/api/positions/{id}?leg=both");
        Assert.Equal(400, leg.Status);
        Assert.Contains("yes, no", (string?)leg.Body["detail"]);
    }

    [Fact]
    public async Task Scan_OnDemand_AnswersWithItsCounts()
    {
        await using var host = await ApiHost.StartAsync();
        var answer = await host.PostAsync("/api/opportunities/scan", null);
        Assert.Equal(200, answer.Status);
        Assert.Equal((3, 2), ((int)answer.Body["scanned"]!, (int)answer.Body["eligible"]!));
    }

    [Fact]
    public async Task Incident_Closed_SendsTheCommandAndSaysSo()
    {
        await using var host = await ApiHost.StartAsync();
        host.Desk.Answer = _ => new(null, null, null);

        var answer = await host.PostAsync("/api/incidents/cash-7/close", """{"acceptVenue":true}""", "k");

        Assert.Equal((200, true), (answer.Status, (bool?)answer.Body["venueAccepted"]));
        Assert.Equal(
            new OperatorCommand.CloseIncident("k", new("cash-7"), true), Assert.Single(host.Desk.Commands));
    }

    [Fact]
    public async Task Incident_ThatIsNotOpen_Is404AndOneWithoutNumbersIs409()
    {
        await using var host = await ApiHost.StartAsync();
        host.Desk.Answer = _ => new(null, null, new(DenyReason.UnknownIncident));
        var gone = await host.PostAsync("/api/incidents/cash-7/close", "{}");
        host.Desk.Answer = _ => new(null, null, new(DenyReason.InvalidAmount, "it has no number"));
        var refused = await host.PostAsync("/api/incidents/unsettled-9/close", """{"acceptVenue":true}""");
        var wrong = await host.PostAsync("/api/incidents/cash-7/close", """{"acceptVenue":"yes"}""");

        Assert.Equal((404, "unknown_incident"), (gone.Status, (string?)gone.Body["rule"]));
        Assert.Equal((409, 400), (refused.Status, wrong.Status));
    }
}
