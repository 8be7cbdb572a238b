using System.Buffers.Text;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Polymarket.Rest;

/// <summary>
/// Reads Gamma's numbers, which come as numbers or as text, with up to 17 digits of floating-point noise, into
/// millionths (rounded to the nearest). What is no number, or too large, is null.
/// </summary>
internal static class GammaNumber
{
    private const decimal Largest = 9_000_000_000_000m;

    public static long? Micros(ReadOnlySpan<byte> text)
    {
        if (text.Length == 0 || !Utf8Parser.TryParse(text, out decimal value, out var consumed)
            || consumed != text.Length)
            return null;
        return value is > Largest or < -Largest
            ? null
            : (long)decimal.Round(value * Core.Primitives.Micros.PerUnit, MidpointRounding.AwayFromZero);
    }

    public static Price? Price(ReadOnlySpan<byte> text) =>
        Micros(text) is { } micros and >= 0 and <= Core.Primitives.Micros.PerUnit
            ? Core.Primitives.Price.FromMicros(micros)
            : null;

    public static Usdc? Dollars(ReadOnlySpan<byte> text) =>
        Micros(text) is { } micros and >= 0 ? Usdc.FromMicros(micros) : null;
}
