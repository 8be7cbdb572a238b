using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Polymarket.Rest.Json;

/// <summary>A price, as text such as <c>"0.52"</c>.</summary>
internal sealed class PriceText : IWireForm<Price>
{
    public static bool TryRead(ReadOnlySpan<byte> text, out Price value)
    {
        var price = GammaNumber.Price(text);
        value = price ?? default;
        return price is not null;
    }

    public static void Write(Utf8JsonWriter writer, Price value) => writer.WriteStringValue(value.ToString());
}

/// <summary>A price, as a number.</summary>
internal sealed class PriceNumber : IWireForm<Price>
{
    public static bool TryRead(ReadOnlySpan<byte> text, out Price value) => PriceText.TryRead(text, out value);

    public static void Write(Utf8JsonWriter writer, Price value) => writer.WriteNumberValue(value.ToDecimal());
}

/// <summary>Shares, as text such as <c>"12.5"</c>.</summary>
internal sealed class QuantityText : IWireForm<Quantity>
{
    public static bool TryRead(ReadOnlySpan<byte> text, out Quantity value)
    {
        var micros = GammaNumber.Micros(text);
        value = micros is >= 0 ? Quantity.FromMicros(micros.Value) : default;
        return micros is >= 0;
    }

    public static void Write(Utf8JsonWriter writer, Quantity value) => writer.WriteStringValue(value.ToString());
}

/// <summary>Shares, as a number.</summary>
internal sealed class QuantityNumber : IWireForm<Quantity>
{
    public static bool TryRead(ReadOnlySpan<byte> text, out Quantity value) => QuantityText.TryRead(text, out value);

    public static void Write(Utf8JsonWriter writer, Quantity value) => writer.WriteNumberValue(value.ToDecimal());
}

/// <summary>Dollars, as text.</summary>
internal sealed class UsdcText : IWireForm<Usdc>
{
    public static bool TryRead(ReadOnlySpan<byte> text, out Usdc value)
    {
        var micros = GammaNumber.Micros(text);
        value = Usdc.FromMicros(micros ?? 0);
        return micros is not null;
    }

    public static void Write(Utf8JsonWriter writer, Usdc value) => writer.WriteStringValue(value.ToString());
}

/// <summary>Dollars, as a number.</summary>
internal sealed class UsdcNumber : IWireForm<Usdc>
{
    public static bool TryRead(ReadOnlySpan<byte> text, out Usdc value) => UsdcText.TryRead(text, out value);

    public static void Write(Utf8JsonWriter writer, Usdc value) => writer.WriteNumberValue(value.ToDecimal());
}

/// <summary>A price grid, as text.</summary>
internal sealed class TickText : IWireForm<TickSize>
{
    public static bool TryRead(ReadOnlySpan<byte> text, out TickSize value)
    {
        value = default;
        return GammaNumber.Micros(text) is { } micros && TickSize.TryFromMicros(micros, out value);
    }

    public static void Write(Utf8JsonWriter writer, TickSize value) => writer.WriteStringValue(value.ToString());
}

/// <summary>A price grid, as a number.</summary>
internal sealed class TickNumber : IWireForm<TickSize>
{
    public static bool TryRead(ReadOnlySpan<byte> text, out TickSize value) => TickText.TryRead(text, out value);

    public static void Write(Utf8JsonWriter writer, TickSize value) => writer.WriteNumberValue(value.ToDecimal());
}

/// <summary>A plain decimal, as a number; more digits than 28 are rounded away.</summary>
internal sealed class DecimalNumber : IWireForm<decimal>
{
    public static bool TryRead(ReadOnlySpan<byte> text, out decimal value) =>
        Utf8Parser.TryParse(text, out value, out var used) && used == text.Length
        || (Utf8Parser.TryParse(text, out value, out used, 'e') && used == text.Length);

    public static void Write(Utf8JsonWriter writer, decimal value) => writer.WriteNumberValue(value);
}

/// <summary>A plain decimal, as text without trailing zeros.</summary>
internal sealed class DecimalText : IWireForm<decimal>
{
    public static bool TryRead(ReadOnlySpan<byte> text, out decimal value) => DecimalNumber.TryRead(text, out value);

    public static void Write(Utf8JsonWriter writer, decimal value) =>
        writer.WriteStringValue(value.ToString("0.############", CultureInfo.InvariantCulture));
}

/// <summary>A whole number, as a number.</summary>
internal sealed class LongNumber : IWireForm<long>
{
    public static bool TryRead(ReadOnlySpan<byte> text, out long value)
    {
        if (Utf8Parser.TryParse(text, out value, out var used) && used == text.Length)
            return true;
        // Some writers send 1000.0 or 1e3 for a whole number.
        var isWhole = DecimalNumber.TryRead(text, out var number) && number == decimal.Truncate(number)
            && number is >= long.MinValue and <= long.MaxValue;
        value = isWhole ? (long)number : 0;
        return isWhole;
    }

    public static void Write(Utf8JsonWriter writer, long value) => writer.WriteNumberValue(value);
}

/// <summary>A whole number, as text.</summary>
internal sealed class LongText : IWireForm<long>
{
    public static bool TryRead(ReadOnlySpan<byte> text, out long value) => LongNumber.TryRead(text, out value);

    public static void Write(Utf8JsonWriter writer, long value)
    {
        Span<byte> digits = stackalloc byte[20];
        Utf8Formatter.TryFormat(value, digits, out var length);
        writer.WriteStringValue(digits[..length]);
    }
}

/// <summary>A small whole number, as a number.</summary>
internal sealed class IntNumber : IWireForm<int>
{
    public static bool TryRead(ReadOnlySpan<byte> text, out int value)
    {
        var fits = LongNumber.TryRead(text, out var whole) && whole is >= int.MinValue and <= int.MaxValue;
        value = fits ? (int)whole : 0;
        return fits;
    }

    public static void Write(Utf8JsonWriter writer, int value) => writer.WriteNumberValue(value);
}

/// <summary>Yes or no, as a literal; text and 0/1 are read as well.</summary>
internal sealed class BoolLiteral : IWireForm<bool>
{
    public static bool TryRead(ReadOnlySpan<byte> text, out bool value)
    {
        value = text.SequenceEqual("true"u8) || text.SequenceEqual("1"u8) || text.SequenceEqual("True"u8);
        return value || text.SequenceEqual("false"u8) || text.SequenceEqual("0"u8) || text.SequenceEqual("False"u8);
    }

    public static void Write(Utf8JsonWriter writer, bool value) => writer.WriteBooleanValue(value);
}
