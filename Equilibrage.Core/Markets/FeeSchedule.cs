using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.Markets;

/// <summary>
/// The taker fee of a market: shares × rate × p × (1 − p), in dollars, rounded half-up to five decimals. Makers pay
/// nothing. Rules: docs/strategies/equilibrage.md, "Fees".
/// </summary>
/// <param name="RateMicros">Rate in millionths: 50,000 is 0.05.</param>
/// <param name="IsAssumed">True when the market names no schedule and today's rate of its category stands in.</param>
public sealed record FeeSchedule(long RateMicros, bool IsAssumed)
{
    private static readonly Int128 MicrosPerFeeStep = 10;

    /// <summary>No fee, as a fact.</summary>
    public static FeeSchedule Free { get; } = new(0, false);

    /// <summary>The fee of one fill at <paramref name="price"/>.</summary>
    public Usdc TakerFee(Price price, Quantity quantity) => Fee(price, quantity, roundUp: false);

    /// <summary>The fee to budget before a fill: rounded up, so that spend plus fee never exceeds the plan.</summary>
    public Usdc TakerFeeBudget(Price price, Quantity quantity) => Fee(price, quantity, roundUp: true);

    private Usdc Fee(Price price, Quantity quantity, bool roundUp)
    {
        // micro-shares × micro-rate × micro-price × micro-price carries 24 decimals; five remain.
        var exact = (Int128)quantity.ToMicros * RateMicros * price.ToMicros * price.Complement.ToMicros;
        var step = (Int128)Micros.PerUnit * Micros.PerUnit * Micros.PerUnit * MicrosPerFeeStep;
        var steps = roundUp ? Micros.CeilDiv(exact, step) : Micros.FloorDiv(exact + (step / 2), step);
        return Usdc.FromMicros(Micros.Narrow(steps * MicrosPerFeeStep));
    }
}
