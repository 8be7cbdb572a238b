using Equilibrage.Core.Opportunities;
using Equilibrage.Core.Orders;
using Equilibrage.Core.State;

namespace Equilibrage.Tests.Support;

/// <summary>Decisions about numbered markets, as a scan makes them.</summary>
internal static class DecisionSamples
{
    /// <summary>A refusal: by a hard filter, or for an eligible market by the entry threshold.</summary>
    public static DecisionRecord Make(int number, DateTimeOffset at, bool isEligible = false)
    {
        var opportunity = new Opportunity
        {
            MarketId = new($"0x{number}"),
            At = at,
            DecisiveTime = at.AddDays(2),
            Score = 6,
            RawMicros = 5_600_000,
            Liquidity = new() { Kind = FactorKind.Liquidity, InputMicros = 2_000_000_000, ValueMicros = 5_000_000 },
            Volatility = new() { Kind = FactorKind.Volatility },
            Whale = new() { Kind = FactorKind.Whale },
            News = new() { Kind = FactorKind.News },
            Refusal = isEligible ? null : new Refusal(DenyReason.PairCost, null, 1_040_000, 1_030_000),
        };
        return new()
        {
            At = new(at, at),
            AccountId = PositionLife.Account,
            StrategyId = new("equilibrage"),
            Opportunity = opportunity,
            MarketName = $"Question {number}",
            Denial = opportunity.Denial ?? new(DenyReason.BelowThreshold, "6 of 7"),
        };
    }
}
