using System.Numerics;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.Markets;

/// <summary>
/// The taker fee of a market: shares × rate × (p × (1 − p))^exponent, in dollars, rounded half-up to five decimals.
/// Makers pay nothing. Rules: docs/strategies/equilibrage.md, "Fees".
/// </summary>
/// <param name="RateMicros">Rate in millionths: 50,000 is 0.05.</param>
/// <param name="IsAssumed">True when the market names no schedule and today's rate of its category stands in.</param>
public sealed record FeeSchedule(long RateMicros, bool IsAssumed)
{
    private static readonly Int128 MicrosPerFeeStep = 10;
    private readonly int exponent = 1;

    /// <summary>No fee, as a fact.</summary>
    public static FeeSchedule Free { get; } = new(0, false);

    /// <summary>Power of p × (1 − p): 1 for every category today, 2 for the crypto markets of early 2026.</summary>
    public int Exponent
    {
        get => exponent;
        init => exponent = value is 1 or 2
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "A fee's exponent is 1 or 2.");
    }

    /// <summary>The fee of one fill at <paramref name="price"/>.</summary>
    public Usdc TakerFee(Price price, Quantity quantity) => Fee(price, quantity, roundUp: false);

    /// <summary>The fee to budget before a fill: rounded up, so that spend plus fee never exceeds the plan.</summary>
    public Usdc TakerFeeBudget(Price price, Quantity quantity) => Fee(price, quantity, roundUp: true);

    private Usdc Fee(Price price, Quantity quantity, bool roundUp) => exponent == 1
        ? Linear(price, quantity, roundUp)
        : Squared(price, quantity, roundUp);

    private Usdc Squared(Price price, Quantity quantity, bool roundUp)
    {
        // Twelve decimals more than the usual form: too many for 128 bits.
        var curve = new BigInteger(price.ToMicros) * price.Complement.ToMicros;
        var exact = new BigInteger(quantity.ToMicros) * RateMicros * curve * curve;
        var step = BigInteger.Pow(Micros.PerUnit, 5) * (long)MicrosPerFeeStep;
        var steps = (exact + (roundUp ? step - 1 : step / 2)) / step;
        return Usdc.FromMicros(checked((long)(steps * (long)MicrosPerFeeStep)));
    }

    private Usdc Linear(Price price, Quantity quantity, bool roundUp)
    {
        // micro-shares × micro-rate × micro-price × micro-price carries 24 decimals; five remain.
        var exact = (Int128)quantity.ToMicros * RateMicros * price.ToMicros * price.Complement.ToMicros;
        var step = (Int128)Micros.PerUnit * Micros.PerUnit * Micros.PerUnit * MicrosPerFeeStep;
        var steps = roundUp ? Micros.CeilDiv(exact, step) : Micros.FloorDiv(exact + (step / 2), step);
        return Usdc.FromMicros(Micros.Narrow(steps * MicrosPerFeeStep));
    }
}
