using System.Text.Json.Nodes;
using Equilibrage.Core.Accounting;
using Equilibrage.Core.Primitives;
using Equilibrage.Tests.Support;
using Equilibrage.Web.Hubs;

namespace Equilibrage.Tests.Integration.Api;

[Trait("Tier", "Integration")]
public sealed class LiveHubTests
{
    private const string Package = "node_modules/@microsoft/signalr";

    [Fact]
    public async Task Client_Subscribing_GetsTheStateAndThenEveryChange()
    {
        await using var host = await ApiHost.StartAsync();
        using var client = Connect(host);
        var positions = await NextAsync(client, "positions");
        Assert.Equal(Samples.FirstId, (string?)positions["items"]![0]!["id"]);
        Assert.Equal(2, (int)(await NextAsync(client, "opportunities"))["total"]!);

        var view = host.Desk.Current;
        var position = view.Positions[0] with { State = PositionState.Liquidating, Pnl = Usdc.FromDecimal(-7.000001m) };
        host.Desk.Show(view with { Positions = [position] });
        var update = await NextAsync(client, "position_update");
        Assert.Equal("Liquidating", (string?)update["state"]);
        Assert.Equal("-7.000001", update["pnl"]!.ToJsonString());

        host.Desk.Show(host.Desk.Current with { RecentFills = [Samples.Fill("t1")] });
        var trade = await NextAsync(client, "trade_executed");
        Assert.Equal(("t1", "buy"), ((string?)trade["tradeId"], (string?)trade["side"]));

        var scan = Samples.Scan([.. view.Scan!.Items, Samples.Opportunity(9, 10)]);
        host.Desk.Show(host.Desk.Current with { Scan = scan });
        var opportunity = await NextAsync(client, "new_opportunity");
        Assert.Equal((Samples.MarketIdOf(9), 10), ((string?)opportunity["marketId"], (int)opportunity["score"]!));
    }

    [Fact]
    public async Task Client_WhenAPositionCloses_IsToldHowEvenAfterTheDatabaseWasAway()
    {
        await using var host = await ApiHost.StartAsync();
        using var client = Connect(host);
        await NextAsync(client, "positions");
        await NextAsync(client, "opportunities");

        host.History.Stored.Add(Samples.Closed(Samples.FirstId));
        host.History.IsAway = true;
        host.Desk.Show(host.Desk.Current with { Positions = [] });
        await Eventually.TrueAsync(() => host.History.Refusals > 0);
        host.History.IsAway = false;
        host.Desk.Show(host.Desk.Current with { RecentFills = [] });
        var update = await NextAsync(client, "position_update");
        Assert.Equal(("closed", "stop_loss"), ((string?)update["status"], (string?)update["exitReason"]));
    }

    [Fact]
    public async Task Client_Leaving_IsForgotten()
    {
        await using var host = await ApiHost.StartAsync();
        using var client = Connect(host);
        await NextAsync(client, "opportunities", skip: 1);
        Assert.Equal(1, host.Desk.Subscribers);
        await client.Signal("TERM");
        await Eventually.TrueAsync(() => host.Desk.Subscribers == 0);
    }

    private static ScriptRun Connect(ApiHost host)
    {
        Assert.SkipUnless(
            Directory.Exists(SourceTree.PathOf(Package)), $"{Package} is missing: run npm ci in the root folder.");
        var script = SourceTree.PathOf("Equilibrage.Tests/Integration/Api/live-client.mjs");
        var address = new Uri(host.Address, HubRoutes.Live).ToString();
        return ScriptRun.Start("node", [script, address], folder: SourceTree.Root);
    }

    private static async Task<JsonNode> NextAsync(ScriptRun client, string expected, int skip = 0)
    {
        for (; skip > 0; skip--)
            await client.ReadLine();
        var line = await client.ReadLine() ?? throw new InvalidOperationException("The client ended.");
        var node = JsonNode.Parse(line)!;
        Assert.Equal(expected, (string?)node["event"]);
        return node["data"]!;
    }
}
