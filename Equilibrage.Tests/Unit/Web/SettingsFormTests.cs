using Equilibrage.Core.State;
using Equilibrage.Web.Components.Pages.Settings;

namespace Equilibrage.Tests.Unit.Web;

/// <summary>The settings as they are typed.</summary>
[Trait("Tier", "Unit")]
public sealed class SettingsFormTests
{
    private readonly SettingsForm _form = new();

    public static TheoryData<string> Keys => [.. SettingsCatalog.All.Select(setting => setting.Key)];

    [Theory]
    [MemberData(nameof(Keys))]
    public void Type_RangeEnds_AreValidAndReachTheSettings(string key)
    {
        var setting = SettingsCatalog.Find(key)!;
        foreach (var value in (decimal[])[setting.Min, setting.Max])
        {
            _form.Discard();
            _form.Type(setting, value.ToString(System.Globalization.CultureInfo.InvariantCulture));

            Assert.Equal(value, setting.Get(_form.Edited));
        }
    }

    [Theory]
    [InlineData("maxPositions", "11", "Positions at once must lie between 1 and 10.")]
    [InlineData("maxPositions", "2.5", "Positions at once must be a multiple of 1.")]
    [InlineData("maxPositions", "many", "Enter a number from 1 to 10.")]
    [InlineData("maxPositions", "", "Enter a number from 1 to 10.")]
    public void ErrorOf_UnusableText_SaysWhatIsAllowed(string key, string text, string expected)
    {
        var setting = SettingsCatalog.Find(key)!;
        _form.Type(setting, text);

        Assert.Equal(expected, _form.ErrorOf(setting));
        Assert.False(_form.IsValid);
    }

    [Fact]
    public void ErrorOf_ValuesThatContradictEachOther_StandsAtOneField()
    {
        _form.Type(SettingsCatalog.Find("minAsk")!, "0.7");

        Assert.NotNull(_form.ErrorOf(SettingsCatalog.Find("maxAsk")!));
        Assert.False(_form.IsValid);
    }

    [Fact]
    public void Changes_SomethingTyped_NamesBeforeAndAfter()
    {
        var setting = SettingsCatalog.Find("divergencePercent")!;
        _form.Type(setting, "25");

        Assert.Equal([new SettingChange(setting, 30, 25)], _form.Changes);
        Assert.Equal(25, _form.Edited.Exit.DivergencePercent);
    }

    [Fact]
    public void Type_ValueInForce_IsNoChange()
    {
        var setting = SettingsCatalog.Find("divergencePercent")!;
        _form.Type(setting, "25");
        _form.Type(setting, "30.0");

        Assert.False(_form.HasChanges);
    }

    [Fact]
    public void Take_ChangeFromElsewhere_KeepsWhatIsBeingTyped()
    {
        var typed = SettingsCatalog.Find("divergencePercent")!;
        _form.Type(typed, "25");
        _form.Take(new TradingSettings { MaxPositions = 5 });

        Assert.Equal("25", _form.TextOf(typed));
        Assert.Equal("5", _form.TextOf(SettingsCatalog.Find("maxPositions")!));
    }

    [Fact]
    public void ResetAll_OtherSettingsInForce_TypesTheDefaults()
    {
        _form.Take(new TradingSettings { MaxPositions = 5, EntriesPaused = true });
        _form.ResetAll();

        Assert.Equal(new TradingSettings(), _form.Edited);
    }
}
