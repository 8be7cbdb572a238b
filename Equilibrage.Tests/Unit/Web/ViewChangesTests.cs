using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.Projections;
using Equilibrage.Tests.Integration.Api;
using Equilibrage.Web.Hubs;

namespace Equilibrage.Tests.Unit.Web;

[Trait("Tier", "Unit")]
public sealed class ViewChangesTests
{
    [Fact]
    public void Between_TwoEqualViews_IsNothing()
    {
        var changes = ViewChanges.Between(Samples.Running(), Samples.Running() with { Scan = null });
        Assert.Empty(changes.Positions);
        Assert.Empty(changes.Left);
        Assert.Empty(changes.Opportunities);
        Assert.Empty(changes.Fills);
    }

    [Fact]
    public void Between_OneLegRepriced_IsThatPosition()
    {
        var before = Samples.Position();
        var now = Samples.Position();
        now = now with { Legs = [now.Legs[0] with { CurrentPrice = Price.FromDecimal(0.4m) }, now.Legs[1]] };
        var changes = ViewChanges.Between(View(before), View(now));
        Assert.Same(now, Assert.Single(changes.Positions));
    }

    [Fact]
    public void Between_OneOpenedAndOneGone_NamesBoth()
    {
        var (gone, opened) = (Samples.Position("a"), Samples.Position("b"));
        var changes = ViewChanges.Between(View(gone), View(opened));
        Assert.Equal(new PositionId("b"), Assert.Single(changes.Positions).Id);
        Assert.Equal(new PositionId("a"), Assert.Single(changes.Left));
    }

    [Fact]
    public void Between_TwoScans_IsWhatMayBeEnteredOnlyNow()
    {
        var before = new DeskView
        {
            Scan = Samples.Scan(Samples.Opportunity(1, 9), Samples.Opportunity(2, 8, DenyReason.ThinDepth)),
        };
        var now = new DeskView
        {
            Scan = Samples.Scan(
                Samples.Opportunity(1, 9), Samples.Opportunity(2, 8), Samples.Opportunity(3, 7),
                Samples.Opportunity(4, 6, DenyReason.PriceBand)),
        };
        var markets = ViewChanges.Between(before, now).Opportunities.Select(item => item.Market.Id.Value);
        Assert.Equal([Samples.MarketIdOf(2), Samples.MarketIdOf(3)], markets);
        Assert.Empty(ViewChanges.Between(now, now).Opportunities);
    }

    [Fact]
    public void Between_AHugeScan_IsBounded()
    {
        var items = Enumerable.Range(1, 500).Select(market => Samples.Opportunity(market, 7));
        var now = new DeskView { Scan = Samples.Scan([.. items]) };
        var changes = ViewChanges.Between(DeskView.Empty, now);
        Assert.Equal(ViewChanges.MaxOpportunities, changes.Opportunities.Count);
    }

    [Fact]
    public void Between_NewFills_AreOldestFirstAndOnlyOnce()
    {
        var before = new DeskView { RecentFills = [Samples.Fill("t1")] };
        var settled = Samples.Fill("t1") with { Settlement = Core.Accounting.EntryStatus.Posted };
        var now = new DeskView { RecentFills = [Samples.Fill("t3"), Samples.Fill("t2"), settled] };
        var trades = ViewChanges.Between(before, now).Fills.Select(fill => fill.TradeId.Value);
        Assert.Equal(["t2", "t3"], trades);
    }

    private static DeskView View(params PositionView[] positions) => new() { Positions = positions };
}
