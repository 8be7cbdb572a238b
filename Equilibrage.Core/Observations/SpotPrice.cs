namespace Equilibrage.Core.Observations;

/// <summary>A price of a crypto currency from outside the venue.</summary>
/// <param name="Symbol">Such as <c>btcusd</c>, whatever the source calls it.</param>
/// <param name="Source">Where it comes from.</param>
/// <param name="Dollars">Dollars per unit, with all digits that the source told.</param>
/// <param name="At">The source's time.</param>
public readonly record struct SpotPrice(string Symbol, SpotSource Source, decimal Dollars, DateTimeOffset At);

/// <summary>Where a spot price comes from.</summary>
public enum SpotSource
{
    /// <summary>An exchange's or an aggregator's last price.</summary>
    Spot,

    /// <summary>The oracle's price by which markets settle.</summary>
    Oracle,

    /// <summary>The average of the last 60 seconds, by which some markets settle.</summary>
    Average,
}
