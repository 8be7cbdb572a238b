using Equilibrage.Core.Primitives;
using Equilibrage.Core.Projections;
using Equilibrage.Tests.Support;
using Equilibrage.Web.Components.Trading;

namespace Equilibrage.Tests.Unit.Web;

/// <summary>What the operator fills in before entering.</summary>
[Trait("Tier", "Unit")]
public sealed class EntryFormTests
{
    private static readonly OpportunityView Item = DeskSamples.Opportunity(DeskSamples.Market(1));

    [Fact]
    public void Defaults_Desk_AreWhatAnAutomaticEntryWouldUse()
    {
        var form = Form();

        Assert.Equal(101.23m, form.Capital);
        Assert.Equal(0.5m, form.Ratio);
        Assert.Equal(101.23m * 2.13m / 100, form.ExpectedCost);
        Assert.True(form.IsValid);
    }

    [Fact]
    public void Defaults_LittleIsFree_StayWithinIt()
    {
        var view = new DeskView
        {
            Overview = DeskSamples.Overview() with { Available = Usdc.FromDecimal(12.349m) },
        };

        Assert.Equal(12.34m, new EntryForm(Item, view).Capital);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("-5")]
    [InlineData("914.64")]
    [InlineData("1.234")]
    [InlineData("a hundred")]
    public void Capital_Unusable_IsRefusedWithAReason(string text)
    {
        var form = Form();
        form.CapitalText = text;

        Assert.NotNull(form.CapitalError);
        Assert.False(form.IsValid);
        Assert.Null(form.Capital);
    }

    [Theory]
    [InlineData("101")]
    [InlineData("-1")]
    [InlineData("33.3")]
    [InlineData("half")]
    public void Ratio_Unusable_IsRefusedWithAReason(string text)
    {
        var form = Form();
        form.RatioText = text;

        Assert.NotNull(form.RatioError);
        Assert.False(form.IsValid);
    }

    [Fact]
    public void Split_Ratio_AddsUpToTheCapital()
    {
        var form = Form();
        (form.CapitalText, form.RatioText) = ("100", "70");

        Assert.Equal((70m, 30m), (form.CapitalFirst, form.CapitalSecond));
    }

    private static EntryForm Form() => new(Item, new DeskView { Overview = DeskSamples.Overview() });
}
