using Equilibrage.Core.Accounting;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;

namespace Equilibrage.Tests.Unit.State;

[Trait("Tier", "Unit")]
public sealed class SettingsCatalogTests
{
    [Fact]
    public void Defaults_AreValidAndTheBriefs()
    {
        var settings = new TradingSettings();

        Assert.Empty(SettingsCatalog.Validate(settings));
        Assert.Equal((10m, 3), (settings.CapitalAllocationPercent, settings.MaxPositions));
        Assert.Equal(6, settings.OpportunityThreshold);
        var exit = settings.Exit;
        Assert.Equal((30m, 0m, 0m), (exit.DivergencePercent, exit.StopLossYesPercent, exit.TakeProfitNoPercent));
        Assert.Equal((300, 30, 24m), (settings.ScanSeconds, settings.MonitorSeconds, settings.ReentryHours));
    }

    [Fact]
    public void Keys_AreUnique() => Assert.Equal(
        SettingsCatalog.All.Count,
        SettingsCatalog.All.Select(setting => setting.Key).Distinct(StringComparer.OrdinalIgnoreCase).Count());

    [Fact]
    public void EverySetting_EndsOfItsRange_AreTakenAndGivenBack()
    {
        foreach (var setting in SettingsCatalog.All)
        {
            foreach (var value in new[] { setting.Min, setting.Max })
            {
                Assert.Null(setting.Check(value));
                Assert.Equal(value, setting.Get(setting.Set(new(), value)));
            }
        }
    }

    [Fact]
    public void EverySetting_OutsideItsRange_IsNamed()
    {
        foreach (var setting in SettingsCatalog.All)
        {
            Assert.Contains(setting.Key, setting.Check(setting.Min - setting.Step), StringComparison.Ordinal);
            Assert.Contains(setting.Key, setting.Check(setting.Max + setting.Step), StringComparison.Ordinal);
            Assert.Contains(setting.Key, setting.Check(setting.Min + (setting.Step / 3)), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Validate_BandTurnedAround_IsNamed()
    {
        var errors = SettingsCatalog.Validate(new()
        {
            Eligibility = new() { MinAsk = Price.FromDecimal(0.6m), MaxAsk = Price.FromDecimal(0.5m) },
        });

        Assert.Equal("maxAsk", Assert.Single(errors).Key);
    }

    [Fact]
    public void PairCost_Set_ReachesBothItsUsers()
    {
        var settings = SettingsCatalog.Find("MAXPAIRCOST")!.Set(new(), 1.05m);

        Assert.Equal((1.05m, 1.05m), (settings.Eligibility.MaxPairCost.ToDecimal(), settings.Exit.MaxPairCost));
        Assert.NotSame(new ExitRules(), settings.Exit);
    }
}
