using System.Text.Json.Serialization;

namespace Equilibrage.Core.Primitives;

/// <summary>
/// A price in collateral dollars per share, 0 to 1 inclusive, in exact micro-dollars. 0 and 1 occur as payouts;
/// an order's price lies strictly between, on the grid of its market's <see cref="TickSize"/>.
/// </summary>
[JsonConverter(typeof(PriceJsonConverter))]
public readonly record struct Price : IComparable<Price>
{
    private Price(long micros) => ToMicros = micros;

    /// <summary>Worthless.</summary>
    public static Price Zero => default;

    /// <summary>Full payout.</summary>
    public static Price One => new(Micros.PerUnit);

    /// <summary>Micro-dollars per share, 0 to 1,000,000.</summary>
    public long ToMicros { get; }

    /// <summary>The price of the other outcome of the same market, 1 − p.</summary>
    public Price Complement => new(Micros.PerUnit - ToMicros);

    /// <summary>Creates a price from micro-dollars per share.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside 0 to 1,000,000.</exception>
    public static Price FromMicros(long micros) => micros is >= 0 and <= Micros.PerUnit
        ? new(micros)
        : throw new ArgumentOutOfRangeException(nameof(micros), micros, "A price lies between 0 and 1.");

    /// <summary>Creates a price from an exact decimal.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside 0 to 1, or more than six decimals.</exception>
    public static Price FromDecimal(decimal value) => FromMicros(Micros.FromDecimal(value));

    /// <summary>Reads <c>0.35</c>-style text; false when it is not a price.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Price price)
    {
        var ok = Micros.TryParse(text, out var micros) && micros is >= 0 and <= Micros.PerUnit;
        price = ok ? new(micros) : default;
        return ok;
    }

    /// <summary>The exact decimal, 0 to 1.</summary>
    public decimal ToDecimal() => Micros.ToDecimal(ToMicros);

    /// <summary>What buying <paramref name="quantity"/> at this price costs, rounded up to the micro-dollar.</summary>
    public Usdc CostOf(Quantity quantity) => Usdc.FromMicros(
        Micros.Narrow(Micros.CeilDiv((Int128)ToMicros * quantity.ToMicros, Micros.PerUnit)));

    /// <summary>
    /// What selling or marking <paramref name="quantity"/> here brings, rounded down to the micro-dollar.
    /// </summary>
    public Usdc ProceedsOf(Quantity quantity) => Usdc.FromMicros(
        Micros.Narrow(Micros.FloorDiv((Int128)ToMicros * quantity.ToMicros, Micros.PerUnit)));

    /// <inheritdoc/>
    public int CompareTo(Price other) => ToMicros.CompareTo(other.ToMicros);

    /// <summary>Shortest exact text, such as <c>0.35</c>.</summary>
    public override string ToString() => Micros.Format(ToMicros);

    public static bool operator <(Price left, Price right) => left.ToMicros < right.ToMicros;
    public static bool operator >(Price left, Price right) => left.ToMicros > right.ToMicros;
    public static bool operator <=(Price left, Price right) => left.ToMicros <= right.ToMicros;
    public static bool operator >=(Price left, Price right) => left.ToMicros >= right.ToMicros;
}
