using System.Text.Json.Serialization;

namespace Equilibrage.Core.Markets;

/// <summary>
/// The first (YES) or second (NO) outcome of a market. Markets name their outcomes themselves (Up/Down, Over/Under,
/// teams); screens and files show those names.
/// </summary>
[JsonConverter(typeof(JsonStringEnumConverter<Outcome>))]
public enum Outcome
{
    /// <summary>The first outcome.</summary>
    Yes,

    /// <summary>The second outcome.</summary>
    No,
}

/// <summary>The one operation on outcomes.</summary>
public static class Outcomes
{
    /// <summary>Both outcomes, first to second.</summary>
    public static IReadOnlyList<Outcome> Both { get; } = [Outcome.Yes, Outcome.No];

    /// <summary>The other outcome.</summary>
    public static Outcome Other(this Outcome outcome) => outcome == Outcome.Yes ? Outcome.No : Outcome.Yes;
}
