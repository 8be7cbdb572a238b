using System.Globalization;
using Equilibrage.Core.State;

namespace Equilibrage.Web.Components.Pages.Settings;

/// <summary>One changed setting.</summary>
/// <param name="Setting">Which.</param>
/// <param name="Before">What is in force.</param>
/// <param name="After">What would be.</param>
public sealed record SettingChange(SettingDefinition Setting, decimal Before, decimal After);

/// <summary>The settings as they are typed: checked at each key, compared with what is in force.</summary>
public sealed class SettingsForm
{
    private readonly Dictionary<string, string> _typed = [];

    /// <summary>What is in force.</summary>
    public TradingSettings Current { get; private set; } = new();

    /// <summary>True when something was typed that is not in force.</summary>
    public bool HasChanges => SettingsCatalog.All.Any(IsChanged);

    /// <summary>True when everything typed may be used.</summary>
    public bool IsValid => SettingsCatalog.All.All(setting => ErrorOf(setting) is null);

    /// <summary>The settings that would be put in force; only meaningful while the form is valid.</summary>
    public TradingSettings Edited => SettingsCatalog.All.Aggregate(
        Current, (settings, setting) => IsChanged(setting) && Parse(setting) is { } value
            ? setting.Set(settings, value)
            : settings);

    /// <summary>What would change, in the order of the page.</summary>
    public IReadOnlyList<SettingChange> Changes =>
        [.. from setting in SettingsCatalog.All
            where IsChanged(setting)
            let value = Parse(setting)
            where value is not null
            select new SettingChange(setting, setting.Get(Current), value.Value)];

    /// <summary>Takes what is in force now; fields that were typed in keep their text.</summary>
    public void Take(TradingSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        Current = settings;
        foreach (var setting in SettingsCatalog.All)
            if (_typed.TryGetValue(setting.Key, out var text) && text == Text(setting.Get(settings)))
                _typed.Remove(setting.Key);
    }

    /// <summary>The text of a field.</summary>
    public string TextOf(SettingDefinition setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        return _typed.TryGetValue(setting.Key, out var text) ? text : Text(setting.Get(Current));
    }

    /// <summary>Types into a field.</summary>
    public void Type(SettingDefinition setting, string? text)
    {
        ArgumentNullException.ThrowIfNull(setting);
        var trimmed = (text ?? "").Trim();
        if (trimmed == Text(setting.Get(Current))) _typed.Remove(setting.Key);
        else _typed[setting.Key] = trimmed;
    }

    /// <summary>Types a field's default.</summary>
    public void Reset(SettingDefinition setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        Type(setting, Text(setting.Default));
    }

    /// <summary>Types every default.</summary>
    public void ResetAll()
    {
        foreach (var setting in SettingsCatalog.All) Reset(setting);
    }

    /// <summary>Forgets everything typed.</summary>
    public void Discard() => _typed.Clear();

    /// <summary>True when a field differs from what is in force.</summary>
    public bool IsChanged(SettingDefinition setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        return _typed.ContainsKey(setting.Key) && Parse(setting) != setting.Get(Current);
    }

    /// <summary>True when a field holds the setting's default.</summary>
    public bool IsDefault(SettingDefinition setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        return Parse(setting) == setting.Default;
    }

    /// <summary>What is wrong with a field, and what is allowed; null when nothing is.</summary>
    public string? ErrorOf(SettingDefinition setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        if (Parse(setting) is not { } value) return $"Enter a number from {Text(setting.Min)} to {Text(setting.Max)}.";
        if (setting.Check(value) is { } message)
            return message.Replace(setting.Key, setting.Label, StringComparison.Ordinal);
        return AllParse
            ? SettingsCatalog.Validate(Edited).FirstOrDefault(error => error.Key == setting.Key).Message
            : null;
    }

    /// <summary>A value with its unit, or on and off for a switch.</summary>
    public static string Show(SettingDefinition setting, decimal value)
    {
        ArgumentNullException.ThrowIfNull(setting);
        if (setting.IsSwitch) return value == 0 ? "off" : "on";
        if (value >= 0 && value < setting.Choices.Count) return setting.Choices[(int)value];
        return setting.Unit switch
        {
            "" => Text(value),
            "$" => "$" + Text(value),
            "%" => Text(value) + "%",
            var unit => $"{Text(value)} {unit}",
        };
    }

    private bool AllParse =>
        SettingsCatalog.All.All(setting => Parse(setting) is { } value && setting.Check(value) is null);

    private decimal? Parse(SettingDefinition setting) =>
        decimal.TryParse(TextOf(setting), NumberStyles.Number, CultureInfo.InvariantCulture, out var value)
            ? value
            : null;

    private static string Text(decimal value) => value.ToString("0.######", CultureInfo.InvariantCulture);
}
