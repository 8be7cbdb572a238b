using Equilibrage.Core.Markets;
using Equilibrage.Core.Observations;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.Opportunities;

/// <summary>The settings of a scan.</summary>
/// <param name="Rules">Hard filters.</param>
/// <param name="Weights">Weights of the factors.</param>
/// <param name="Plan">What one entry would spend.</param>
public sealed record ScanSettings(EligibilityRules Rules, ScoreWeights Weights, EntryPlan Plan);

/// <summary>
/// Scores one market: four factors of 0 to 10 points, weighted. The weight of a factor without data goes to the others
/// in proportion. A market that a hard filter refuses is scored all the same and carries the refusal.
/// </summary>
public static class OpportunityScorer
{
    /// <summary>Lowest score.</summary>
    public const int Lowest = 1;

    /// <summary>Highest score.</summary>
    public const int Highest = 10;

    /// <summary>Judges a market.</summary>
    /// <param name="market">The market.</param>
    /// <param name="quote">Its prices, or null when none are known.</param>
    /// <param name="history">Its hourly middles, or null.</param>
    /// <param name="news">Its headlines, or null without a provider.</param>
    /// <param name="settings">Rules, weights and plan.</param>
    /// <param name="now">Market time.</param>
    public static Opportunity Score(
        Market market, MarketQuote? quote, PriceHistory? history, NewsSignal? news, ScanSettings settings,
        DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(market);
        ArgumentNullException.ThrowIfNull(settings);
        Span<Factor> factors =
        [
            LiquidityFactor.Of(quote), VolatilityFactor.Of(history, now), WhaleFactor.Of(quote),
            NewsFactor.Of(news, now),
        ];
        var (raw, score) = Weigh(factors, settings.Weights);
        return new()
        {
            MarketId = market.Id,
            At = now,
            DecisiveTime = market.DecisiveTime,
            Score = score,
            RawMicros = raw,
            Liquidity = factors[0],
            Volatility = factors[1],
            Whale = factors[2],
            News = factors[3],
            Refusal = Eligibility.Refuse(market, quote, settings.Rules, settings.Plan, now),
            ExpectedCostMicros = ExpectedCost(market, quote, settings.Plan),
        };
    }

    /// <summary>
    /// Sets weights and contributions of <paramref name="factors"/> and gives the raw score in millionths of a point
    /// and the score. Without any data, or with all weight on factors without data, the raw score is 0 and the score 1.
    /// </summary>
    internal static (long RawMicros, int Score) Weigh(Span<Factor> factors, ScoreWeights weights)
    {
        long total = 0, weighted = 0;
        var last = -1;
        for (var i = 0; i < factors.Length; i++)
        {
            var weight = WeightMicros(factors[i], weights);
            if (weight == 0)
                continue;
            total += weight;
            weighted += weight * factors[i].ValueMicros.GetValueOrDefault();
            last = i;
        }

        if (total == 0)
            return (0, Lowest);
        var raw = RoundDiv(weighted, total);
        Distribute(factors, weights, total, raw, last);
        var points = (int)RoundDiv(weighted, total * Micros.PerUnit);
        return (raw, Math.Clamp(points, Lowest, Highest));
    }

    // The last weighted factor takes the remainders, so that what is shown adds up to the micro-point.
    private static void Distribute(Span<Factor> factors, ScoreWeights weights, long total, long raw, int last)
    {
        long weightLeft = Micros.PerUnit, rawLeft = raw;
        for (var i = 0; i <= last; i++)
        {
            var weight = WeightMicros(factors[i], weights);
            if (weight == 0)
                continue;
            var share = i == last ? weightLeft : RoundDiv(weight * Micros.PerUnit, total);
            var points = i == last
                ? rawLeft
                : RoundDiv(weight * factors[i].ValueMicros.GetValueOrDefault(), total);
            factors[i] = factors[i] with { WeightMicros = share, ContributionMicros = points };
            weightLeft -= share;
            rawLeft -= points;
        }
    }

    private static long WeightMicros(Factor factor, ScoreWeights weights) =>
        factor.HasData ? (long)(weights.Of(factor.Kind) * Micros.PerUnit) : 0;

    // Half away from zero; nothing here is negative.
    private static long RoundDiv(long dividend, long divisor) => (dividend + (divisor / 2)) / divisor;

    private static long? ExpectedCost(Market market, MarketQuote? quote, EntryPlan plan)
    {
        if (quote is not { BidYes: { } bidYes, AskYes: { } askYes, BidNo: { } bidNo, AskNo: { } askNo }
            || market.Fees is not { } fees || askYes == Price.Zero || askNo == Price.Zero)
            return null;
        var partYes = (long)(plan.RatioYes * Micros.PerUnit);
        var cost = ((Int128)partYes * LegCost(bidYes, askYes, fees))
            + ((Int128)(Micros.PerUnit - partYes) * LegCost(bidNo, askNo, fees));
        return Micros.Narrow(cost / Micros.PerUnit);
    }

    // Part of a leg's spend, in millionths: (ask − bid)/ask, and the fee r·p·(1 − p) over p.
    private static long LegCost(Price bid, Price ask, FeeSchedule fees) =>
        (Math.Max(0, ask.ToMicros - bid.ToMicros) * Micros.PerUnit / ask.ToMicros)
        + (fees.RateMicros * ask.Complement.ToMicros / Micros.PerUnit);
}
