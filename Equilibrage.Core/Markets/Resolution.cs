using System.Text.Json.Serialization;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.Markets;

/// <summary>How a market came to its end.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ResolutionKind>))]
public enum ResolutionKind
{
    /// <summary>At its expected end.</summary>
    Regular,

    /// <summary>Before its expected end.</summary>
    Early,

    /// <summary>Well after its expected end.</summary>
    Late,

    /// <summary>After a dispute.</summary>
    Disputed,

    /// <summary>The event did not take place; both outcomes pay one half.</summary>
    Voided,

    /// <summary>A draw: both outcomes pay one half.</summary>
    Split,
}

/// <summary>The end of a market: what each share pays from now on.</summary>
/// <param name="MarketId">The market.</param>
/// <param name="PayoutYes">Dollars per share of the first outcome: 1, 0 or 0.5.</param>
/// <param name="Kind">How it ended.</param>
/// <param name="ResolvedAt">Market time of the resolution.</param>
public sealed record Resolution(MarketId MarketId, Price PayoutYes, ResolutionKind Kind, DateTimeOffset ResolvedAt)
{
    /// <summary>Dollars per share of an outcome.</summary>
    public Price Payout(Outcome outcome) => outcome == Outcome.Yes ? PayoutYes : PayoutYes.Complement;

    /// <summary>The winning outcome, or null when both pay one half.</summary>
    [JsonIgnore]
    public Outcome? Winner =>
        PayoutYes == Price.One ? Outcome.Yes : PayoutYes == Price.Zero ? Outcome.No : null;
}
