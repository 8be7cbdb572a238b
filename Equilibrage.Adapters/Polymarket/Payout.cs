using System.Globalization;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Adapters.Polymarket;

/// <summary>Reads the result of an ended market from its last displayed prices.</summary>
internal static class Payout
{
    /// <summary>
    /// What the first outcome pays: 1 or 0 when exactly one price is 1 and the other 0, a half when both are a half;
    /// null while it is open, which displayed prices near an end are too.
    /// </summary>
    public static Price? Of(IReadOnlyList<string>? prices)
    {
        if (prices is not [var first, var second] || !TryRead(first, out var yes) || !TryRead(second, out var no))
            return null;
        return (yes, no) switch
        {
            (1m, 0m) => Price.One,
            (0m, 1m) => Price.Zero,
            (0.5m, 0.5m) => Price.FromDecimal(0.5m),
            _ => null,
        };
    }

    private static bool TryRead(string text, out decimal value) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value);
}
