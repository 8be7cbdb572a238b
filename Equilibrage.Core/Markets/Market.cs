using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.Markets;

/// <summary>
/// One yes/no question: its identity, its rules and its dates. What changes by the second lives in books.
/// </summary>
public sealed record Market
{
    /// <summary>The condition id.</summary>
    public required MarketId Id { get; init; }

    /// <summary>The question, as the venue words it.</summary>
    public required string Question { get; init; }

    /// <summary>The venue's address part of the market.</summary>
    public required string Slug { get; init; }

    /// <summary>Canonical category, such as <c>sports</c>; <c>unclassified</c> when the venue names none.</summary>
    public required string Category { get; init; }

    /// <summary>The group (what the venue calls an event), when there is one.</summary>
    public string? GroupId { get; init; }

    /// <summary>The group's title, when there is one.</summary>
    public string? GroupTitle { get; init; }

    /// <summary>Token of the first outcome.</summary>
    public required TokenId TokenYes { get; init; }

    /// <summary>Token of the second outcome.</summary>
    public required TokenId TokenNo { get; init; }

    /// <summary>The first outcome's own name.</summary>
    public required string NameYes { get; init; }

    /// <summary>The second outcome's own name.</summary>
    public required string NameNo { get; init; }

    /// <summary>Price grid.</summary>
    public required TickSize TickSize { get; init; }

    /// <summary>Smallest resting order, in shares.</summary>
    public required Quantity MinimumOrderSize { get; init; }

    /// <summary>True for a market of a negative-risk group.</summary>
    public bool IsNegRisk { get; init; }

    /// <summary>Taker fee; null when the market names none and nothing may be assumed.</summary>
    public FeeSchedule? Fees { get; init; }

    /// <summary>When the underlying event starts (kick-off, window start), market time; null when unknown.</summary>
    public DateTimeOffset? EventStart { get; init; }

    /// <summary>When the market is expected to end, market time.</summary>
    public required DateTimeOffset ExpectedEnd { get; init; }

    /// <summary>True while the venue accepts orders.</summary>
    public bool IsTradable { get; init; } = true;

    /// <summary>
    /// The moment that eligibility measures against: the event's start where there is one, else the end.
    /// </summary>
    public DateTimeOffset DecisiveTime => EventStart ?? ExpectedEnd;

    /// <summary>The token of an outcome.</summary>
    public TokenId Token(Outcome outcome) => outcome == Outcome.Yes ? TokenYes : TokenNo;

    /// <summary>The market's own name of an outcome.</summary>
    public string Name(Outcome outcome) => outcome == Outcome.Yes ? NameYes : NameNo;
}
