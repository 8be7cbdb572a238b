using Equilibrage.Core.Primitives;

namespace Equilibrage.Tests.Integration.Api;

[Trait("Tier", "Integration")]
public sealed class HistoryCsvTests
{
    [Fact]
    public async Task Csv_WithFilters_HasExactlyTheirRowsInRfc4180()
    {
        await using var host = await ApiHost.StartAsync();
        host.History.Stored.Add(Samples.Closed("a") with { Pnl = Usdc.FromDecimal(-1.5m) });
        host.History.Stored.Add(Samples.Closed("b", "Will \"it\", end\nwell?"));
        var answer = await host.GetAsync("/api/history.csv?outcome=loss&market=x");
        Assert.Equal(200, answer.Status);
        Assert.Equal("text/csv", answer.Content.ContentType?.MediaType);
        Assert.Equal("attachment", answer.Content.ContentDisposition?.DispositionType);
        Assert.Equal(new(null, null, "x", Core.Ports.PositionOutcome.Loss), host.History.Asked);

        var lines = answer.Text.Split("\r\n");
        Assert.Equal(4, lines.Length);
        Assert.StartsWith("id,marketId,marketName,strategyId,status,state,", lines[0], StringComparison.Ordinal);
        const string Times = "2026-03-11T12:00:00Z,2026-03-12T12:00:00Z";
        Assert.Contains($",closed,Closed,{Times},Up,Down,0.4975,0.5,", lines[1], StringComparison.Ordinal);
        Assert.Contains(",stop_loss,1,0.5,-1.5,7,false", lines[1], StringComparison.Ordinal);
        Assert.Contains(",\"Will \"\"it\"\", end\nwell?\",", lines[2], StringComparison.Ordinal);
        Assert.Empty(lines[3]);
    }

    [Theory]
    [InlineData("=HYPERLINK(1)", "'=HYPERLINK(1)")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\uFF1DSUM(A1)", "'\uFF1DSUM(A1)")]
    [InlineData("harmless = so", "harmless = so")]
    public async Task Csv_NameThatLooksLikeAFormula_IsMadeText(string name, string written)
    {
        await using var host = await ApiHost.StartAsync();
        host.History.Stored.Add(Samples.Closed("a", name));
        var answer = await host.GetAsync("/api/history.csv");
        Assert.Contains($",{written},equilibrage,", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Csv_WithoutRows_IsTheHeader()
    {
        await using var host = await ApiHost.StartAsync();
        var answer = await host.GetAsync("/api/history.csv");
        Assert.EndsWith("isManual\r\n", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Csv_DatabaseLostHalfWay_IsCutNotEndedAsIfWhole()
    {
        await using var host = await ApiHost.StartAsync();
        for (var row = 0; row < 2000; row++)
            host.History.Stored.Add(Samples.Closed($"row {row}"));
        host.History.BreaksAfter = 1500;
        await Assert.ThrowsAsync<HttpRequestException>(() => host.GetAsync("/api/history.csv"));
    }
}
