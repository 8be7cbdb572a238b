using System.Text.Json.Serialization;

namespace Equilibrage.Core.Primitives;

/// <summary>The price grid of a market: one of 0.1, 0.01, 0.005, 0.0025, 0.001, 0.0001 dollars.</summary>
[JsonConverter(typeof(TickSizeJsonConverter))]
public readonly record struct TickSize
{
    private static readonly long[] Allowed = [100_000, 10_000, 5_000, 2_500, 1_000, 100];

    private TickSize(long micros) => ToMicros = micros;

    /// <summary>One cent, the usual grid.</summary>
    public static TickSize Cent => new(10_000);

    /// <summary>Micro-dollars per tick.</summary>
    public long ToMicros { get; }

    /// <summary>Creates a tick size; false when the venue knows no such grid.</summary>
    public static bool TryFromMicros(long micros, out TickSize tick)
    {
        var known = Array.IndexOf(Allowed, micros) >= 0;
        tick = known ? new(micros) : default;
        return known;
    }

    /// <summary>Creates a tick size.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The venue knows no such grid.</exception>
    public static TickSize FromMicros(long micros) => TryFromMicros(micros, out var tick)
        ? tick
        : throw new ArgumentOutOfRangeException(nameof(micros), micros, "No market has this tick size.");

    /// <summary>The nearest grid price at or below, never below one tick.</summary>
    public Price Floor(Price price) => Clamp(price.ToMicros - (price.ToMicros % ToMicros));

    /// <summary>The nearest grid price at or above, never above one minus one tick.</summary>
    public Price Ceiling(Price price) => Clamp((price.ToMicros + ToMicros - 1) / ToMicros * ToMicros);

    /// <summary>True for a price that an order may carry: on the grid and strictly between 0 and 1.</summary>
    public bool IsOnGrid(Price price) =>
        price.ToMicros % ToMicros == 0 && price.ToMicros > 0 && price.ToMicros < Micros.PerUnit;

    /// <summary>The exact decimal, in dollars.</summary>
    public decimal ToDecimal() => Micros.ToDecimal(ToMicros);

    /// <summary>Shortest exact text, such as <c>0.01</c>.</summary>
    public override string ToString() => Micros.Format(ToMicros);

    private Price Clamp(long micros) => Price.FromMicros(Math.Clamp(micros, ToMicros, Micros.PerUnit - ToMicros));
}
