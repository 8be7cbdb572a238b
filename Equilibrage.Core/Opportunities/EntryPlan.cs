using Equilibrage.Core.Markets;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.Opportunities;

/// <summary>What an entry would spend, which is what depth and minimum size are measured against.</summary>
public readonly record struct EntryPlan
{
    /// <summary>Plans an entry.</summary>
    /// <param name="capital">Dollars for both legs, fees included; zero or more.</param>
    /// <param name="ratioYes">Part of it for the first outcome, 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A negative capital, or a ratio outside 0 to 1.</exception>
    public EntryPlan(Usdc capital, decimal ratioYes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capital, Usdc.Zero);
        if (ratioYes is < 0 or > 1)
            throw new ArgumentOutOfRangeException(nameof(ratioYes), ratioYes, "A ratio lies between 0 and 1.");
        (Capital, RatioYes) = (capital, ratioYes);
        CapitalYes = capital.Share((long)(ratioYes * Micros.PerUnit), Micros.PerUnit);
    }

    /// <summary>Dollars for both legs.</summary>
    public Usdc Capital { get; }

    /// <summary>Part of it for the first outcome, 0 to 1.</summary>
    public decimal RatioYes { get; }

    /// <summary>Dollars for the first outcome.</summary>
    public Usdc CapitalYes { get; }

    /// <summary>Dollars for the second outcome: all the rest.</summary>
    public Usdc CapitalNo => Capital - CapitalYes;

    /// <summary>Dollars for an outcome.</summary>
    public Usdc CapitalOf(Outcome outcome) => outcome == Outcome.Yes ? CapitalYes : CapitalNo;

    /// <summary>
    /// Shares that a leg could buy at <paramref name="ask"/> before fees, rounded down; none at a price of 0.
    /// </summary>
    public Quantity SharesAt(Outcome outcome, Price ask) => ask == Price.Zero
        ? Quantity.Zero
        : Quantity.FromMicros(Micros.Narrow((Int128)CapitalOf(outcome).ToMicros * Micros.PerUnit / ask.ToMicros));
}
