using System.Text.Json.Serialization;

namespace Equilibrage.Core.Primitives;

/// <summary>A signed amount of collateral dollars in exact micro-dollars.</summary>
[JsonConverter(typeof(UsdcJsonConverter))]
public readonly record struct Usdc : IComparable<Usdc>
{
    private Usdc(long micros) => ToMicros = micros;

    /// <summary>No money.</summary>
    public static Usdc Zero => default;

    /// <summary>Micro-dollars, signed.</summary>
    public long ToMicros { get; }

    /// <summary>Creates an amount from micro-dollars.</summary>
    public static Usdc FromMicros(long micros) => new(micros);

    /// <summary>Creates an amount from an exact decimal.</summary>
    /// <exception cref="ArgumentOutOfRangeException">More than six decimals, or too large.</exception>
    public static Usdc FromDecimal(decimal value) => new(Micros.FromDecimal(value));

    /// <summary>Reads <c>-12.5</c>-style text; false when it is not an amount.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Usdc amount)
    {
        var ok = Micros.TryParse(text, out var micros);
        amount = new(micros);
        return ok;
    }

    /// <summary>The smaller of two amounts.</summary>
    public static Usdc Min(Usdc left, Usdc right) => left < right ? left : right;

    /// <summary>The larger of two amounts.</summary>
    public static Usdc Max(Usdc left, Usdc right) => left > right ? left : right;

    /// <summary>The exact decimal.</summary>
    public decimal ToDecimal() => Micros.ToDecimal(ToMicros);

    /// <summary>This amount times <paramref name="part"/> over <paramref name="whole"/>, rounded down.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="whole"/> is not positive.</exception>
    public Usdc Share(long part, long whole)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(whole);
        return new(Micros.Narrow(Micros.FloorDiv((Int128)ToMicros * part, whole)));
    }

    /// <inheritdoc/>
    public int CompareTo(Usdc other) => ToMicros.CompareTo(other.ToMicros);

    /// <summary>Shortest exact text, such as <c>-12.5</c>.</summary>
    public override string ToString() => Micros.Format(ToMicros);

    public static Usdc operator +(Usdc left, Usdc right) => new(checked(left.ToMicros + right.ToMicros));
    public static Usdc operator -(Usdc left, Usdc right) => new(checked(left.ToMicros - right.ToMicros));
    public static Usdc operator -(Usdc amount) => new(checked(-amount.ToMicros));
    public static bool operator <(Usdc left, Usdc right) => left.ToMicros < right.ToMicros;
    public static bool operator >(Usdc left, Usdc right) => left.ToMicros > right.ToMicros;
    public static bool operator <=(Usdc left, Usdc right) => left.ToMicros <= right.ToMicros;
    public static bool operator >=(Usdc left, Usdc right) => left.ToMicros >= right.ToMicros;
}
