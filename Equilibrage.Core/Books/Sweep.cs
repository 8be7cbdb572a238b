using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.Books;

/// <summary>What an order would get by walking a ladder from its best level.</summary>
/// <param name="Filled">Shares found.</param>
/// <param name="Notional">Dollars for them: rounded up for a purchase, down for a sale.</param>
/// <param name="Worst">Price of the last level touched; zero when nothing was found.</param>
/// <param name="IsComplete">True when all that was asked for was found.</param>
public readonly record struct Sweep(Quantity Filled, Usdc Notional, Price Worst, bool IsComplete)
{
    /// <summary>Dollars per share over all that was found; zero when nothing was.</summary>
    public decimal Average => Filled.IsZero ? 0 : Notional.ToDecimal() / Filled.ToDecimal();

    /// <summary>
    /// Walks <paramref name="levels"/> (best first) until <paramref name="wanted"/> shares are found.
    /// </summary>
    public static Sweep OfShares(ReadOnlySpan<Level> levels, Side side, Quantity wanted)
    {
        Int128 exact = 0;
        var (filled, worst) = (Quantity.Zero, Price.Zero);
        foreach (var level in levels)
        {
            if (filled >= wanted)
                break;
            var take = Quantity.Min(level.Quantity, wanted - filled);
            exact += (Int128)level.Price.ToMicros * take.ToMicros;
            (filled, worst) = (filled + take, level.Price);
        }

        return new(filled, Round(exact, side), worst, filled >= wanted);
    }

    /// <summary>
    /// Walks <paramref name="levels"/> (best first) until <paramref name="dollars"/> are spent or received. Shares are
    /// rounded down for a purchase and up for a sale, so that a purchase never costs more than was given.
    /// </summary>
    public static Sweep OfDollars(ReadOnlySpan<Level> levels, Side side, Usdc dollars)
    {
        var wanted = (Int128)Math.Max(0, dollars.ToMicros) * Micros.PerUnit;
        Int128 exact = 0;
        var (filled, worst) = (Quantity.Zero, Price.Zero);
        foreach (var level in levels)
        {
            if (exact >= wanted)
                break;
            var room = wanted - exact;
            var shares = side == Side.Buy
                ? Micros.FloorDiv(room, level.Price.ToMicros)
                : Micros.CeilDiv(room, level.Price.ToMicros);
            var take = shares >= level.Quantity.ToMicros ? level.Quantity : Quantity.FromMicros(Micros.Narrow(shares));
            if (take.IsZero)
                return new(filled, Round(exact, side), worst, true);
            exact += (Int128)level.Price.ToMicros * take.ToMicros;
            (filled, worst) = (filled + take, level.Price);
            if (take < level.Quantity)
                return new(filled, Round(exact, side), worst, true);
        }

        return new(filled, Round(exact, side), worst, exact >= wanted);
    }

    private static Usdc Round(Int128 exact, Side side) => Usdc.FromMicros(Micros.Narrow(
        side == Side.Buy ? Micros.CeilDiv(exact, Micros.PerUnit) : Micros.FloorDiv(exact, Micros.PerUnit)));
}
