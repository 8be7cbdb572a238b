using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;
using Equilibrage.Tests.Support;

namespace Equilibrage.Tests.Integration.Api;

[Trait("Tier", "Integration")]
public sealed class JournalTests
{
    [Fact]
    public async Task Journal_EveryFilter_ReachesTheReader()
    {
        await using var host = await ApiHost.StartAsync();
        var market = $"0x{new string('a', 64)}";

        var answer = await host.GetAsync(
            $"/api/journal?order=0xabc&position=p-1&market={market}&kind=fill_booked,trade_settled&fromSequence=5"
            + "&toSequence=9&from=2026-03-11&to=2026-03-12T12:00:00Z&text=rain&sort=oldest&cursor=6&limit=7");

        Assert.Equal(200, answer.Status);
        var (filter, cursor, isNewestFirst, limit) = host.Journal.Asked!.Value;
        Assert.Equal(("0xabc", "p-1", market), (filter.Order, filter.Position?.Value, filter.Market?.Value));
        Assert.Equal(["fill_booked", "trade_settled"], filter.Kinds);
        Assert.Equal((5L, 9L, "rain"), (filter.FromSequence, filter.ToSequence, filter.Text));
        Assert.Equal(new DateTimeOffset(2026, 3, 12, 12, 0, 0, TimeSpan.Zero), filter.To);
        Assert.Equal((6L, false, 7), (cursor, isNewestFirst, limit));
    }

    [Theory]
    [InlineData("kind=filled", "fill_booked")]
    [InlineData("sort=best", "newest, oldest")]
    [InlineData("cursor=0", "from 1")]
    [InlineData("orders=1", "Allowed are")]
    public async Task Journal_FilterThatMeansNothing_IsRefusedWithWhatIsAllowed(string query, string allowed)
    {
        await using var host = await ApiHost.StartAsync();

        var answer = await host.GetAsync($"/api/journal?{query}");

        Assert.Equal(400, answer.Status);
        Assert.Contains(allowed, answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Journal_FirstPage_HasWordsPayloadAndTheNextCursor()
    {
        await using var host = await ApiHost.StartAsync();
        var bench = Scenarios.Engine.Scripts.WholeLife();
        host.Journal.Add(bench.Journal, bench.Market);

        var page = (await host.GetAsync("/api/journal?limit=20")).Body;
        var seen = new List<long>();
        foreach (var item in page["items"]!.AsArray())
        {
            seen.Add((long)item!["sequence"]!);
            Assert.NotEmpty((string)item["title"]!);
            Assert.Equal((string)item["kind"]!, (string)item["payload"]!["kind"]!);
        }

        Assert.Equal(20, seen.Count);
        Assert.Equal(seen.OrderDescending(), seen);
        Assert.Equal(seen[^1], (long)page["next"]!);
    }

    [Fact]
    public async Task Why_Order_TellsFromCauseToEnd()
    {
        await using var host = await ApiHost.StartAsync();
        var bench = Scenarios.Engine.Scripts.WholeLife();
        host.Journal.Add(bench.Journal, bench.Market);
        var buy = bench.Journal.Select(record => record.Output).OfType<EngineOutput.OrderSubmitted>()
            .First(sent => sent.Order.Command.Side == Side.Buy).Order.Command.ClientOrderId;

        var steps = (await host.GetAsync($"/api/journal/why?order={buy}")).Body["steps"]!.AsArray();

        var parts = steps.Select(step => (string)step!["part"]!).ToList();
        foreach (var part in new[] { "position", "order", "report", "fill", "settlement", "ledger" })
            Assert.Contains(part, parts);
        var text = string.Join(' ', steps.Select(step => $"{step!["title"]} {step["detail"]}"));
        Assert.Contains("Decided to enter", text, StringComparison.Ordinal);
        Assert.Contains("The book then", text, StringComparison.Ordinal);
        Assert.Contains("Trade confirmed", text, StringComparison.Ordinal);
        Assert.Contains("Ledger: buy", text, StringComparison.Ordinal);
        Assert.Contains("resolved", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Sold", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Why_Sale_NamesTheTriggerAndItsNumbers()
    {
        await using var host = await ApiHost.StartAsync();
        var bench = Scenarios.Engine.Scripts.WholeLife();
        host.Journal.Add(bench.Journal, bench.Market);
        var sale = bench.Journal.Select(record => record.Output).OfType<EngineOutput.OrderSubmitted>()
            .First(sent => sent.Order.Command.Side == Side.Sell).Order.Command.ClientOrderId;

        var text = (await host.GetAsync($"/api/journal/why?order={sale}")).Text;

        Assert.Contains("Divergence", text, StringComparison.Ordinal);
        Assert.Contains("the trigger stands at", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Why_RefusedDecision_SaysScoreFactorsAndRule()
    {
        await using var host = await ApiHost.StartAsync();
        host.Journal.Decisions.Add(Refusal(7));

        var steps = (await host.GetAsync("/api/journal/why?decision=7")).Body["steps"]!.AsArray();

        Assert.StartsWith("Scored", (string)steps[0]!["title"]!, StringComparison.Ordinal);
        Assert.Contains("Liquidity", (string)steps[0]!["detail"]!, StringComparison.Ordinal);
        Assert.Equal("Refused", (string?)steps[^1]!["title"]);
        Assert.Contains("0.71", (string)steps[^1]!["detail"]!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", 400)]
    [InlineData("?order=a&position=b", 400)]
    [InlineData("?order=nobody", 404)]
    [InlineData("?position=nobody", 404)]
    [InlineData("?decision=99", 404)]
    public async Task Why_WithoutOneKnownThing_IsAnError(string query, int status)
    {
        await using var host = await ApiHost.StartAsync();

        Assert.Equal(status, (await host.GetAsync($"/api/journal/why{query}")).Status);
    }

    private static Core.Ports.DecisionView Refusal(long id)
    {
        var opportunity = DeskSamples.Opportunity(DeskSamples.Market(1)).Opportunity;
        return new(
            id, Samples.At(1), opportunity.MarketId, "Will the ferry sail on time?", opportunity.Score, opportunity.Raw,
            opportunity.Factors, new Denial(DenyReason.PriceBand, "the YES ask 0.71 is outside 0.35-0.65"), null);
    }
}
