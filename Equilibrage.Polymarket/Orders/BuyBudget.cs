using Equilibrage.Core.Markets;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Polymarket.Orders;

/// <summary>
/// Fits a purchase at once into a balance: the fee is paid on top of what is spent, and the server refuses an order
/// whose amount and fee together exceed the balance.
/// </summary>
public static class BuyBudget
{
    private const long Cent = Micros.PerUnit / 100;
    private const long FeeStep = 10;
    private const long BasisPoints = 10_000;

    /// <summary>The most cents, up to <paramref name="amount"/>, that fit the balance together with all fees.</summary>
    /// <param name="amount">Dollars that one would like to spend.</param>
    /// <param name="balance">Dollars that are free.</param>
    /// <param name="price">
    /// Price per share, above 0. The lower it is, the more shares and fee a dollar means: name the best price of the
    /// book to be safe against price improvement.
    /// </param>
    /// <param name="fees">The market's fees.</param>
    /// <param name="builderFeeBps">Fee of the program that built the order, hundredths of a percent.</param>
    public static Usdc Fit(Usdc amount, Usdc balance, Price price, FeeSchedule fees, int builderFeeBps = 0)
    {
        ArgumentNullException.ThrowIfNull(fees);
        ArgumentOutOfRangeException.ThrowIfZero(price.ToMicros, nameof(price));
        ArgumentOutOfRangeException.ThrowIfNegative(builderFeeBps);
        var (fits, tooMuch) = (0L, (Math.Max(0, Usdc.Min(amount, balance).ToMicros) / Cent) + 1);
        while (tooMuch - fits > 1)
        {
            var cents = fits + ((tooMuch - fits) / 2);
            if (TotalOf(Usdc.FromMicros(cents * Cent), price, fees, builderFeeBps) <= balance)
                fits = cents;
            else
                tooMuch = cents;
        }
        return Usdc.FromMicros(fits * Cent);
    }

    /// <summary>What a purchase costs with its fees, each rounded up to five decimals.</summary>
    /// <inheritdoc cref="Fit"/>
    public static Usdc TotalOf(Usdc amount, Price price, FeeSchedule fees, int builderFeeBps = 0)
    {
        ArgumentNullException.ThrowIfNull(fees);
        var shares = Micros.CeilDiv((Int128)amount.ToMicros * Micros.PerUnit, price.ToMicros);
        var builder = Micros.CeilDiv((Int128)amount.ToMicros * builderFeeBps, BasisPoints * FeeStep) * FeeStep;
        return amount + fees.TakerFeeBudget(price, Quantity.FromMicros(Micros.Narrow(shares)))
            + Usdc.FromMicros(Micros.Narrow(builder));
    }

    /// <summary>
    /// What the official client 1.1.0 would send instead: it takes the fees of the whole amount off the balance, which
    /// leaves a little more unspent than <see cref="Fit"/> does. Not rounded to cents.
    /// </summary>
    /// <param name="amount">Dollars that one would like to spend.</param>
    /// <param name="balance">Dollars that are free.</param>
    /// <param name="price">Price per share, above 0.</param>
    /// <param name="fees">The market's fees.</param>
    /// <param name="builderFeeBps">Fee of the program that built the order, hundredths of a percent.</param>
    /// <param name="slippagePercent">How much more fee than computed is expected, 0 to 100 percent.</param>
    public static decimal OfficialFit(
        Usdc amount, Usdc balance, Price price, FeeSchedule fees, int builderFeeBps = 0, int slippagePercent = 0)
    {
        ArgumentNullException.ThrowIfNull(fees);
        var given = Usdc.Min(amount, balance).ToDecimal();
        var curve = price.ToDecimal() * price.Complement.ToDecimal();
        var rate = Micros.ToDecimal(fees.RateMicros) * (fees.Exponent == 2 ? curve * curve : curve);
        var platform = given / price.ToDecimal() * rate * (1 + (slippagePercent / 100m));
        var builder = given * builderFeeBps / BasisPoints;
        return balance.ToDecimal() <= amount.ToDecimal() + platform + builder
            ? Math.Max(balance.ToDecimal() - platform - builder, 0)
            : amount.ToDecimal();
    }
}
