using System.Globalization;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.Projections;
using Equilibrage.Web.Components.Controls;

namespace Equilibrage.Web.Components.Trading;

/// <summary>What the operator fills in before entering a market: capital and split, checked at each key.</summary>
public sealed class EntryForm
{
    private readonly decimal _available;

    /// <summary>Starts with what an automatic entry would use.</summary>
    public EntryForm(OpportunityView item, DeskView view)
    {
        ArgumentNullException.ThrowIfNull(item);
        ArgumentNullException.ThrowIfNull(view);
        Item = item;
        _available = view.Overview?.Available.ToDecimal() ?? 0;
        var share = (view.Overview?.Equity.ToDecimal() ?? 0) * view.Settings.CapitalAllocationPercent / 100;
        CapitalText = Text(Math.Round(Math.Min(share, _available), 2, MidpointRounding.ToZero));
        RatioText = Text(view.Settings.Exit.RatioYes * 100);
    }

    /// <summary>The market.</summary>
    public OpportunityView Item { get; }

    /// <summary>Capital as typed, dollars.</summary>
    public string CapitalText { get; set; }

    /// <summary>Share of the first outcome as typed, percent.</summary>
    public string RatioText { get; set; }

    /// <summary>Capital, or null while the text is no usable amount.</summary>
    public decimal? Capital => CapitalError is null ? Parse(CapitalText) : null;

    /// <summary>Share of the first outcome, 0 to 1, or null while the text is no usable share.</summary>
    public decimal? Ratio => RatioError is null ? Parse(RatioText) / 100 : null;

    /// <summary>What is wrong with the capital; null when nothing is.</summary>
    public string? CapitalError => Parse(CapitalText) switch
    {
        null => "Enter an amount in dollars, such as 100.",
        <= 0 => "The amount must be above 0.",
        { } value when value > _available => $"At most {Format.Money(_available)} is free.",
        { } value when decimal.Round(value, 2) != value => "Use whole cents.",
        _ => null,
    };

    /// <summary>What is wrong with the split; null when nothing is.</summary>
    public string? RatioError => Parse(RatioText) switch
    {
        null => "Enter a percentage from 0 to 100.",
        < 0 or > 100 => "The share lies between 0 and 100 %.",
        { } value when decimal.Truncate(value) != value => "Use whole percent.",
        _ => null,
    };

    /// <summary>True when it can be sent.</summary>
    public bool IsValid => CapitalError is null && RatioError is null;

    /// <summary>Dollars for the first outcome.</summary>
    public decimal? CapitalFirst => Capital * Ratio;

    /// <summary>Dollars for the second outcome.</summary>
    public decimal? CapitalSecond => Capital - CapitalFirst;

    /// <summary>Spread and fees of both legs in dollars: what the entry loses at once. Null when unknown.</summary>
    public decimal? ExpectedCost => Capital * Item.Opportunity.ExpectedCostPercent / 100;

    /// <summary>Capital for the command.</summary>
    public Usdc CapitalAmount => Usdc.FromDecimal(Capital ?? 0);

    private static string Text(decimal value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private static decimal? Parse(string? text) =>
        decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var value) ? value : null;
}
