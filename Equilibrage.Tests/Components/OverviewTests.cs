using Equilibrage.Core.Accounting;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.Projections;
using Equilibrage.Core.State;
using Equilibrage.Tests.Support;
using Equilibrage.Web.Components.Layout;
using Equilibrage.Web.Components.Pages.Overview;
using Microsoft.AspNetCore.Components;

namespace Equilibrage.Tests.Components;

/// <summary>What the overview says in each situation of the desk.</summary>
[Trait("Tier", "Components")]
public sealed class OverviewTests
{
    private readonly PageRenderer _page = new();

    [Fact]
    public async Task Overview_NothingKnownYet_SaysWhatHappensNext()
    {
        var page = await RenderAsync<OverviewPage>(DeskView.Empty);

        Assert.Contains("Recovering.", page.Text(), StringComparison.Ordinal);
        Assert.Contains("The first scan runs in a moment", page.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Overview_Restarted_SaysHowOften()
    {
        _page.Desk.Info = _page.Desk.Info with { CrashCount = 2 };

        Assert.Contains(
            "restarted 2× after a crash", (await RenderAsync<OverviewPage>(new())).Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Money_Overview_ShowsTheChangeSinceTheStart()
    {
        var page = await RenderAsync<OverviewPage>(new() { Overview = DeskSamples.Overview() });

        Assert.Equal("$1,012.34", page.Texts(".stat__value")[0]);
        Assert.Equal("+$12.34 · +1.23% since the start", page.Texts(".stat__note")[0]);
        Assert.Equal("1 of 3", page.Texts(".stat__value")[7]);
    }

    [Fact]
    public async Task Incidents_OpenOne_ShowsBothNumbersAndTwoWaysOut()
    {
        var page = await RenderAsync<IncidentsCard>(new()
        {
            Overview = DeskSamples.Overview(),
            Incidents =
            [
                new(new(DeskSamples.Now, DeskSamples.Now), "cash differs", "ours $1000, the venue's $990")
                {
                    Id = new("cash-7"), Kind = IncidentKind.Cash, Ours = 1000, Venue = 990,
                },
                new(new(DeskSamples.Now, DeskSamples.Now), "a notice", "nothing is open"),
            ],
        });

        Assert.Contains("Ours $1000, the venue's $990.", page.Text(), StringComparison.Ordinal);
        Assert.Contains("All markets", page.Text(), StringComparison.Ordinal);
        Assert.Equal(["Accept theirs", "Close"], page.Texts("button"));
        Assert.Single(page.QuerySelectorAll(".incidents__row"));
    }

    [Fact]
    public async Task Incidents_None_TakeNoRoom()
    {
        var page = await RenderAsync<IncidentsCard>(new() { Overview = DeskSamples.Overview() });

        Assert.Empty(page.QuerySelectorAll("section"));
    }

    [Fact]
    public async Task Outside_HoldingsAndGhosts_AreNamed()
    {
        var page = await RenderAsync<OutsideCard>(new()
        {
            Overview = DeskSamples.Overview() with
            {
                External = [new(new("77"), -12.5m, "Will the ferry sail on time?", "Sails")],
                ExternalOrders = 1,
                GhostFills =
                [
                    new(
                        new("t-1"), new("o-1"), new("p-1"), new("0x01"), Outcome.Yes, Side.Buy,
                        Quantity.FromDecimal(40), Usdc.FromDecimal(20), Usdc.Zero, DeskSamples.Now, DeskSamples.Now),
                ],
            },
        });

        Assert.Contains("Sails", page.Text(), StringComparison.Ordinal);
        Assert.Contains("1 order works at the exchange", page.Text(), StringComparison.Ordinal);
        Assert.Contains("matched, never settled, taken back", page.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Positions_ActiveOne_ShowsBothLegsUnderTheMarketsNames()
    {
        var position = DeskSamples.Position(1, DeskSamples.Market(1));
        var page = await RenderAsync<PositionsCard>(
            new() { Overview = DeskSamples.Overview(), Positions = [position] });

        Assert.Equal(
            ["Sails 48.0¢ 44.0¢ 23.6%", "Stays 53.0¢ 55.0¢ 32.6%"], page.Texts(".legs .legs__row"));
        Assert.Equal("Active", Assert.Single(page.Texts(".badge")));
        Assert.False(page.QuerySelector("button")!.HasAttribute("disabled"));
    }

    [Fact]
    public async Task Positions_BeingEntered_CannotBeClosedYet()
    {
        var position = DeskSamples.Position(1, DeskSamples.Market(1)) with { State = PositionState.EnteringLeg1 };
        var page = await RenderAsync<PositionsCard>(new() { Positions = [position] });

        Assert.True(page.QuerySelector("button")!.HasAttribute("disabled"));
    }

    [Fact]
    public async Task Opportunities_Scan_PutsWhatPassesTheFiltersFirst()
    {
        var thin = DeskSamples.Opportunity(DeskSamples.Market(1, "Thin?"), 9, new(DenyReason.ThinDepth));
        var held = DeskSamples.Opportunity(DeskSamples.Market(2, "Held?"), 8, verdict: new(DenyReason.AlreadyHeld));
        var low = DeskSamples.Opportunity(DeskSamples.Market(3, "Low?"), 4, verdict: new(DenyReason.BelowThreshold));
        var page = await RenderAsync<OpportunitiesCard>(new() { Scan = DeskSamples.Scan(thin, held, low) });

        Assert.Equal(["Held?", "Low?", "Thin?"], page.Texts(".table__main"));
        Assert.Equal(
            [true, false, true],
            page.QuerySelectorAll("tbody button").Select(button => button.HasAttribute("disabled")));
    }

    [Fact]
    public async Task Fills_OfAClosedPosition_AreNamedFromTheHistory()
    {
        var position = DeskSamples.Closed(9, DeskSamples.Market(9, "Was it dry?"), 3, DeskSamples.Now);
        _page.History.Stored.Add(position);
        var page = await RenderAsync<FillsCard>(new() { RecentFills = [Fill(position.Id)] });

        Assert.Equal("Was it dry?", page.Texts(".fills__market")[0]);
        Assert.Contains("10.00 Stays at 40.0¢ · Divergence", page.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fills_DatabaseAway_AreStillShown()
    {
        _page.History.Failure = new TimeoutException();
        var page = await RenderAsync<FillsCard>(new() { RecentFills = [Fill(new("closed-and-unknown"))] });

        Assert.Equal("Position", page.Texts(".fills__market")[0]);
    }

    [Fact]
    public async Task Banner_WaitingForDatabase_SaysThatNothingIsDecided()
    {
        var page = await RenderAsync<ActivityBanner>(new() { Activity = EngineActivity.WaitingForDatabase });

        Assert.Contains("Nothing is decided or sent", page.Text(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(EngineActivity.Standby, true)]
    [InlineData(EngineActivity.Running, false)]
    public async Task Banner_OfTheLayout_SaysThatThisCopyStandsBy(EngineActivity activity, bool isShown)
    {
        var page = await RenderAsync<StandbyBanner>(
            new() { Activity = activity, ActivityDetail = "Process 7 trades this account." });

        Assert.Equal(isShown, page.Text().Contains("Standby", StringComparison.Ordinal));
        Assert.Equal(isShown, page.Text().Contains("Process 7 trades", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Banner_Incidents_ShowsTheNewestAndCountsTheRest()
    {
        var at = new Stamp(DeskSamples.Now, DeskSamples.Now);
        var page = await RenderAsync<ActivityBanner>(new()
        {
            Activity = EngineActivity.Running,
            Incidents = [new(at, "Order unanswered", "It is being looked up."), new(at, "Feed gap", "3 changes.")],
        });

        Assert.Equal("Order unanswered", page.Texts("strong")[0]);
        Assert.Equal("1 more", page.Texts("summary")[0]);
    }

    private static FillView Fill(PositionId id) => new(
        new("t1"), id, Core.Markets.Outcome.No, Side.Sell, Price.FromDecimal(0.4m), Quantity.FromDecimal(10),
        Usdc.FromDecimal(4), Usdc.Zero, ExitReason.Divergence, DeskSamples.Now.AddHours(-1), EntryStatus.Posted);

    private async Task<AngleSharp.Dom.IElement> RenderAsync<T>(DeskView view)
        where T : IComponent
    {
        await _page.Desk.ShowAsync(view);
        return await _page.RenderAsync<T>();
    }
}
