using Equilibrage.Core.Orders;
using Equilibrage.Core.Projections;
using Equilibrage.Tests.Support;
using Equilibrage.Web.Components.Pages.Scanner;
using Refusal = Equilibrage.Core.Opportunities.Refusal;

namespace Equilibrage.Tests.Unit.Web;

/// <summary>The scanner's list: filtered, counted, and calm while somebody reads.</summary>
[Trait("Tier", "Unit")]
public sealed class ScannerModelTests
{
    private static readonly DateTimeOffset Start = DeskSamples.Now;
    private readonly ScannerModel _model = new();

    [Fact]
    public void Apply_FirstScan_ListsItBestFirst()
    {
        Assert.True(_model.Apply(DeskSamples.Scan(Item(1, 8), Item(2, 5)), Start));

        Assert.Equal([1, 2], Listed());
        Assert.Equal(2, _model.Enterable);
    }

    [Fact]
    public void Apply_SameScanAgain_ChangesNothing()
    {
        var scan = DeskSamples.Scan(Item(1, 8));
        _model.Apply(scan, Start);

        Assert.False(_model.Apply(scan, Start.AddMinutes(1)));
    }

    [Fact]
    public void Apply_SoonAfterwards_UpdatesNumbersAndKeepsTheOrder()
    {
        _model.Apply(DeskSamples.Scan(Item(1, 8), Item(2, 5)), Start);
        _model.Apply(DeskSamples.Scan(Item(2, 9), Item(1, 4)), Start.AddSeconds(1));

        Assert.Equal([1, 2], Listed());
        Assert.Equal([4, 9], _model.Rows.Select(row => row.Item.Opportunity.Score));
    }

    [Fact]
    public void Apply_AfterTheInterval_OrdersAnew()
    {
        _model.Apply(DeskSamples.Scan(Item(1, 8), Item(2, 5)), Start);
        _model.Apply(DeskSamples.Scan(Item(2, 9), Item(1, 4)), Start + ScannerModel.OrderEvery);

        Assert.Equal([2, 1], Listed());
    }

    [Fact]
    public void Apply_WhileARowIsOpen_NeverMovesIt()
    {
        _model.Apply(DeskSamples.Scan(Item(1, 8), Item(2, 5)), Start);
        _model.Toggle(Item(1, 8).Market.Id);
        _model.Apply(DeskSamples.Scan(Item(2, 9), Item(1, 4)), Start.AddHours(1));

        Assert.Equal([1, 2], Listed());
    }

    [Fact]
    public void Toggle_Row_CoversWholeLinesAndGivesThemBack()
    {
        _model.Apply(DeskSamples.Scan(Item(1, 8), Item(2, 5)), Start);
        _model.Toggle(Item(1, 8).Market.Id);

        Assert.Equal(2 + ScannerModel.DetailSlots, _model.Rows.Count);
        Assert.Equal(_model.Rows.Count, _model.Rows.Select(row => row.Key).Distinct().Count());

        _model.Toggle(Item(1, 8).Market.Id);
        Assert.Equal(2, _model.Rows.Count);
    }

    [Fact]
    public void Reasons_Scan_CountWhatFinallyRefused()
    {
        _model.Apply(
            DeskSamples.Scan(
                Item(1, 8),
                Item(2, 7, new Refusal(DenyReason.PriceBand)),
                Item(3, 6, new Refusal(DenyReason.PriceBand)),
                DeskSamples.Opportunity(DeskSamples.Market(4), 4, verdict: new Denial(DenyReason.BelowThreshold))),
            Start);

        Assert.Equal([(DenyReason.PriceBand, 2), (DenyReason.BelowThreshold, 1)], _model.Reasons);
        Assert.Equal(1, _model.Enterable);
    }

    [Fact]
    public void Show_Filter_ListsOnlyMatches()
    {
        _model.Apply(
            DeskSamples.Scan(Item(1, 8), Item(2, 7, new Refusal(DenyReason.PriceBand)), Item(3, 4)), Start);

        _model.Show(new ScannerFilter(MinScore: 7), Start);
        Assert.Equal([1, 2], Listed());
        _model.Show(new ScannerFilter(EligibleOnly: true), Start);
        Assert.Equal([1, 3], Listed());
        _model.Show(new ScannerFilter(Reason: DenyReason.PriceBand), Start);
        Assert.Equal([2], Listed());
        _model.Show(new ScannerFilter("FERRY"), Start);
        Assert.Equal([1, 2, 3], Listed());
        _model.Show(new ScannerFilter("train"), Start);
        Assert.Empty(Listed());
    }

    private static OpportunityView Item(int number, int score, Refusal? refusal = null) =>
        DeskSamples.Opportunity(DeskSamples.Market(number), score, refusal);

    private IEnumerable<int> Listed() =>
        _model.Rows.Where(row => row.Slot == 0).Select(row => Convert.ToInt32(row.Item.Market.Id.Value, 16));
}
