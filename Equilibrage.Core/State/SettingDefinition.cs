using System.Globalization;

namespace Equilibrage.Core.State;

/// <summary>One setting: where it stands, what it may be, and what it does. Numbers only; a switch is 0 or 1.</summary>
public sealed record SettingDefinition
{
    /// <summary>Its name in REST and files, camelCase.</summary>
    public required string Key { get; init; }

    /// <summary>The heading it stands under.</summary>
    public required string Group { get; init; }

    /// <summary>Its name for people.</summary>
    public required string Label { get; init; }

    /// <summary>Unit for people, such as <c>%</c>; empty for a plain number.</summary>
    public string Unit { get; init; } = "";

    /// <summary>Lowest allowed value.</summary>
    public required decimal Min { get; init; }

    /// <summary>Highest allowed value.</summary>
    public required decimal Max { get; init; }

    /// <summary>Values are multiples of this, counted from zero.</summary>
    public required decimal Step { get; init; }

    /// <summary>True for a switch.</summary>
    public bool IsSwitch { get; init; }

    /// <summary>The words for 0, 1, 2 … of a setting that is one of a few; empty for a number.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>What it does, in a sentence or two.</summary>
    public required string Help { get; init; }

    /// <summary>Reads it.</summary>
    public required Func<TradingSettings, decimal> Get { get; init; }

    /// <summary>Gives settings in which it is replaced; the value is valid.</summary>
    public required Func<TradingSettings, decimal, TradingSettings> Set { get; init; }

    /// <summary>Its default.</summary>
    public decimal Default => Get(new());

    /// <summary>The value of a choice's word, without regard to case; null when it is none of them.</summary>
    public decimal? ValueOf(string word)
    {
        for (var index = 0; index < Choices.Count; index++)
        {
            if (string.Equals(Choices[index], word, StringComparison.OrdinalIgnoreCase))
                return index;
        }

        return null;
    }

    /// <summary>What is wrong with a value, and what is allowed; null when nothing is.</summary>
    public string? Check(decimal value)
    {
        if (value < Min || value > Max)
            return string.Create(CultureInfo.InvariantCulture, $"{Key} must lie between {Min} and {Max}.");
        return value % Step == 0
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"{Key} must be a multiple of {Step}.");
    }
}
