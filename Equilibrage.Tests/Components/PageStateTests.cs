using Equilibrage.Core.Orders;
using Equilibrage.Core.State;
using Equilibrage.Tests.Support;
using Equilibrage.Web.Components.Pages.History;
using Equilibrage.Web.Components.Pages.Positions;
using Equilibrage.Web.Components.Pages.Scanner;
using Equilibrage.Web.Components.Pages.Settings;
using Refusal = Equilibrage.Core.Opportunities.Refusal;

namespace Equilibrage.Tests.Components;

/// <summary>The other pages with data, without data, and while the database is away.</summary>
[Trait("Tier", "Components")]
public sealed class PageStateTests
{
    private readonly PageRenderer _page = new();

    [Fact]
    public async Task Scanner_BeforeTheFirstScan_SaysSo() =>
        Assert.Contains("No scan yet", (await _page.RenderAsync<ScannerPage>()).Text(), StringComparison.Ordinal);

    [Fact]
    public async Task Scanner_Details_ShowEveryFactorAndTheRefusalWithItsNumbers()
    {
        var item = DeskSamples.Opportunity(
            DeskSamples.Market(1), 7, new Refusal(DenyReason.PairCost, null, 1_040_000, 1_030_000));
        var page = await _page.RenderAsync<ScannerDetails>(("Item", item));

        Assert.Contains("both asks cost 1.04, more than 1.03", page.Text(), StringComparison.Ordinal);
        Assert.Equal(["Liquidity", "Volatility", "Whale", "News"], page.Texts(".factor__label"));
        Assert.Equal("no data", page.Texts(".factor__value")[3]);
    }

    [Fact]
    public async Task Position_Unknown_IsSaid() =>
        Assert.Contains(
            "There is no such position", (await PositionAsync("nowhere")).Text(), StringComparison.Ordinal);

    [Fact]
    public async Task Position_OpenOne_ShowsLegsRulesAndBothWaysOut()
    {
        var position = DeskSamples.Position(1, DeskSamples.Market(1));
        await _page.Desk.ShowAsync(new() { Overview = DeskSamples.Overview(), Positions = [position] });
        var page = await PositionAsync(position.Id.Value);

        Assert.Equal(["Sell Sails", "Sell Stays", "Close position"], page.Texts(".page-head__actions button"));
        Assert.Contains("Sells at or below 33.60¢", page.Text(), StringComparison.Ordinal);
        Assert.Contains("Divergence 30% below entry", page.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Position_DatabaseAway_IsSaidAndTheLiveFiguresStay()
    {
        var position = DeskSamples.Position(1, DeskSamples.Market(1));
        await _page.Desk.ShowAsync(new() { Positions = [position] });
        _page.History.Failure = new TimeoutException();
        var page = await PositionAsync(position.Id.Value);

        Assert.NotNull(page.QuerySelector("[role=alert]"));
        Assert.Contains("44.00¢", page.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task History_Empty_SaysWhenSomethingAppears() =>
        Assert.Contains("Nothing closed yet", (await HistoryAsync()).Text(), StringComparison.Ordinal);

    [Fact]
    public async Task History_Filter_NarrowsListTotalsAndFile()
    {
        var market = DeskSamples.Market(1);
        _page.History.Stored.Add(DeskSamples.Closed(1, market, 12, DeskSamples.Now.AddDays(-2)));
        _page.History.Stored.Add(DeskSamples.Closed(2, market, -5, DeskSamples.Now.AddDays(-1)));
        var page = await HistoryAsync("?outcome=loss");

        Assert.Single(page.QuerySelectorAll("tbody tr"));
        Assert.Equal("\u2212$5.00", page.Texts(".stat__value")[1]);
        Assert.Equal("api/history.csv?outcome=loss", page.QuerySelector("a[download]")!.GetAttribute("href"));
    }

    [Fact]
    public async Task History_DatabaseAway_OffersToTryAgain()
    {
        _page.History.Failure = new TimeoutException();

        Assert.Equal("Try again", (await HistoryAsync()).Texts("[role=alert] button")[0]);
    }

    [Fact]
    public async Task Settings_EverySetting_HasFieldHelpAndRange()
    {
        var page = await _page.RenderAsync<SettingsPage>();

        foreach (var setting in SettingsCatalog.All)
        {
            Assert.NotNull(page.QuerySelector($"#setting-{setting.Key}"));
            Assert.Equal(setting.Help, page.Texts($"#setting-{setting.Key}-help")[0]);
        }

        Assert.Contains("the average result before costs is zero", page.Text(), StringComparison.Ordinal);
    }

    private Task<AngleSharp.Dom.IElement> PositionAsync(string id) => _page.RenderAsync<PositionPage>(("Id", id));

    private Task<AngleSharp.Dom.IElement> HistoryAsync(string query = "")
    {
        _page.Address = "history" + query;
        return _page.RenderAsync<HistoryPage>();
    }
}
