using System.Text.Json.Serialization;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.Opportunities;

/// <summary>
/// One market as a scan judged it: the score, what it is made of, what an entry would cost, and the verdict.
/// </summary>
public sealed record Opportunity
{
    /// <summary>The market.</summary>
    public required MarketId MarketId { get; init; }

    /// <summary>Market time of the scan.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The moment that decides the market: the event's start where there is one, else its end.</summary>
    public required DateTimeOffset DecisiveTime { get; init; }

    /// <summary>Score, 1 to 10: the raw score rounded half away from zero.</summary>
    public required int Score { get; init; }

    /// <summary>Raw score in millionths of a point, 0 to 10 points.</summary>
    public required long RawMicros { get; init; }

    /// <summary>Liquidity.</summary>
    public required Factor Liquidity { get; init; }

    /// <summary>Volatility.</summary>
    public required Factor Volatility { get; init; }

    /// <summary>Whale activity.</summary>
    public required Factor Whale { get; init; }

    /// <summary>News.</summary>
    public required Factor News { get; init; }

    /// <summary>The first rule that refused an entry, with its numbers; null when the market may be entered.</summary>
    public Refusal? Refusal { get; init; }

    /// <summary>
    /// Spread and taker fees of both legs in millionths of the capital: what an entry loses at once. Null without a
    /// whole quote or without a known fee.
    /// </summary>
    public long? ExpectedCostMicros { get; init; }

    /// <summary>Raw score, 0 to 10 points.</summary>
    public decimal Raw => Micros.ToDecimal(RawMicros);

    /// <summary>Expected cost of an entry in per cent of its capital; null when unknown.</summary>
    public decimal? ExpectedCostPercent => ExpectedCostMicros is { } cost ? Micros.ToDecimal(cost) * 100 : null;

    /// <summary>True when no rule refused.</summary>
    public bool IsEligible => Refusal is null;

    /// <summary>The refusal in words; null when the market may be entered.</summary>
    [JsonIgnore]
    public Denial? Denial => Refusal?.ToDenial();

    /// <summary>The four factors in the order liquidity, volatility, whale, news. A new list on every call.</summary>
    [JsonIgnore]
    public IReadOnlyList<Factor> Factors => [Liquidity, Volatility, Whale, News];
}
