using System.Text.Json.Serialization;

namespace Equilibrage.Core.Primitives;

/// <summary>A number of shares, never negative, in exact micro-shares (outcome tokens have six decimals).</summary>
[JsonConverter(typeof(QuantityJsonConverter))]
public readonly record struct Quantity : IComparable<Quantity>
{
    private Quantity(long micros) => ToMicros = micros;

    /// <summary>No shares.</summary>
    public static Quantity Zero => default;

    /// <summary>Micro-shares, zero or more.</summary>
    public long ToMicros { get; }

    /// <summary>True for no shares at all.</summary>
    public bool IsZero => ToMicros == 0;

    /// <summary>Creates a quantity from micro-shares.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative.</exception>
    public static Quantity FromMicros(long micros) => micros >= 0
        ? new(micros)
        : throw new ArgumentOutOfRangeException(nameof(micros), micros, "A quantity of shares cannot be negative.");

    /// <summary>Creates a quantity from an exact decimal number of shares.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative, or more than six decimals.</exception>
    public static Quantity FromDecimal(decimal value) => FromMicros(Micros.FromDecimal(value));

    /// <summary>Reads <c>12.5</c>-style text; false when it is not a quantity.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Quantity quantity)
    {
        var ok = Micros.TryParse(text, out var micros) && micros >= 0;
        quantity = ok ? new(micros) : default;
        return ok;
    }

    /// <summary>The smaller of two quantities.</summary>
    public static Quantity Min(Quantity left, Quantity right) => left < right ? left : right;

    /// <summary>The exact decimal number of shares.</summary>
    public decimal ToDecimal() => Micros.ToDecimal(ToMicros);

    /// <summary>Rounds down to a multiple of <paramref name="lot"/>, the venue's share grid.</summary>
    public Quantity FloorTo(Quantity lot) => new(ToMicros - (ToMicros % lot.ToMicros));

    /// <inheritdoc/>
    public int CompareTo(Quantity other) => ToMicros.CompareTo(other.ToMicros);

    /// <summary>Shortest exact text, such as <c>12.5</c>.</summary>
    public override string ToString() => Micros.Format(ToMicros);

    public static Quantity operator +(Quantity left, Quantity right) => new(checked(left.ToMicros + right.ToMicros));

    /// <summary>Subtracts shares that are there.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The result would be negative.</exception>
    public static Quantity operator -(Quantity left, Quantity right) => FromMicros(left.ToMicros - right.ToMicros);

    public static bool operator <(Quantity left, Quantity right) => left.ToMicros < right.ToMicros;
    public static bool operator >(Quantity left, Quantity right) => left.ToMicros > right.ToMicros;
    public static bool operator <=(Quantity left, Quantity right) => left.ToMicros <= right.ToMicros;
    public static bool operator >=(Quantity left, Quantity right) => left.ToMicros >= right.ToMicros;
}
