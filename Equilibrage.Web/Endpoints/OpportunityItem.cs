using Equilibrage.Core.Opportunities;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.Projections;

namespace Equilibrage.Web.Endpoints;

/// <summary>A scored market.</summary>
internal sealed record OpportunityItem
{
    /// <summary>The market's condition id.</summary>
    public required MarketId MarketId { get; init; }

    /// <summary>The question.</summary>
    public required string MarketName { get; init; }

    /// <summary>Canonical category.</summary>
    public required string Category { get; init; }

    /// <summary>The first outcome's own name.</summary>
    public required string OutcomeYes { get; init; }

    /// <summary>The second outcome's own name.</summary>
    public required string OutcomeNo { get; init; }

    /// <summary>Token of the first outcome.</summary>
    public required TokenId TokenIdYes { get; init; }

    /// <summary>Token of the second outcome.</summary>
    public required TokenId TokenIdNo { get; init; }

    /// <summary>Score, 1 to 10.</summary>
    public required int Score { get; init; }

    /// <summary>The score before rounding, 0 to 10.</summary>
    public required decimal RawScore { get; init; }

    /// <summary>What the score is made of: liquidity, volatility, whale, news.</summary>
    public required IReadOnlyList<FactorItem> Factors { get; init; }

    /// <summary>True when every filter was passed.</summary>
    public required bool Eligible { get; init; }

    /// <summary>What refused it, limits and capital included; null when it was or may be entered.</summary>
    public RefusalItem? Refusal { get; init; }

    /// <summary>Spread and fees of an entry in per cent of its capital; null when unknown.</summary>
    public decimal? ExpectedCostPercent { get; init; }

    /// <summary>When the event starts, else when the market ends.</summary>
    public required DateTimeOffset DecisiveTime { get; init; }

    /// <summary>When the market is expected to end.</summary>
    public required DateTimeOffset ExpectedEnd { get; init; }

    /// <summary>Market time of the scan.</summary>
    public required DateTimeOffset DetectedAt { get; init; }

    internal static OpportunityItem From(OpportunityView view) => new()
    {
        MarketId = view.Market.Id,
        MarketName = view.Market.Question,
        Category = view.Market.Category,
        OutcomeYes = view.Market.NameYes,
        OutcomeNo = view.Market.NameNo,
        TokenIdYes = view.Market.TokenYes,
        TokenIdNo = view.Market.TokenNo,
        Score = view.Opportunity.Score,
        RawScore = view.Opportunity.Raw,
        Factors = FactorItem.From(view.Opportunity.Factors),
        Eligible = view.Opportunity.IsEligible,
        Refusal = RefusalItem.From(view.Verdict ?? view.Opportunity.Denial),
        ExpectedCostPercent = view.Opportunity.ExpectedCostPercent,
        DecisiveTime = view.Opportunity.DecisiveTime,
        ExpectedEnd = view.Market.ExpectedEnd,
        DetectedAt = view.Opportunity.At,
    };
}

/// <summary>One factor of a score.</summary>
/// <param name="Name">liquidity, volatility, whale or news.</param>
/// <param name="Value">0 to 10; null without data.</param>
/// <param name="Weight">Weight in force, 0 to 1; the weight of a factor without data went to the others.</param>
/// <param name="Contribution">Points that it added; these sum to the raw score.</param>
/// <param name="Input">What it was computed from, in words; <c>no data</c> without any.</param>
internal sealed record FactorItem(FactorKind Name, decimal? Value, decimal Weight, decimal Contribution, string Input)
{
    internal static IReadOnlyList<FactorItem> From(IReadOnlyList<Factor> factors) => [.. factors.Select(factor =>
        new FactorItem(factor.Kind, factor.Value, factor.Weight, factor.Contribution, factor.Input))];
}

/// <summary>A refusal.</summary>
/// <param name="Rule">The rule's code, such as <c>price_band</c>.</param>
/// <param name="Detail">A sentence with the numbers.</param>
internal sealed record RefusalItem(DenyReason Rule, string Detail)
{
    internal static RefusalItem? From(Denial? denial) => denial is null ? null : new(denial.Reason, denial.Explain());
}
