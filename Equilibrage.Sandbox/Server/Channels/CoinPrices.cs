using Equilibrage.Core.Simulation;

namespace Equilibrage.Sandbox.Server.Channels;

/// <summary>
/// The practice world's coin prices: a geometric Brownian motion on market time for each symbol, evaluated at whole
/// seconds by midpoint displacement, so that any second can be asked for without having played what lies before. The
/// same seed gives the same prices.
/// </summary>
internal sealed class CoinPrices(long seed)
{
    private const int LevelsPerDay = 17;
    private const long Day = 86_400;
    private const double DailyVolatility = 0.035;

    private static readonly Dictionary<string, double> Usual = new(StringComparer.Ordinal)
    {
        ["btcusd"] = 64_000, ["ethusd"] = 3_100, ["solusd"] = 145, ["xrpusd"] = 2.1, ["dogeusd"] = 0.16,
        ["bnbusd"] = 610, ["hypeusd"] = 24, ["zecusd"] = 190,
    };

    /// <summary>All symbols, such as <c>btcusd</c>.</summary>
    public static IReadOnlyCollection<string> Symbols => Usual.Keys;

    /// <summary>The symbol that other feeds' names (<c>btcusdt</c>, <c>btc/usd</c>) mean, or null.</summary>
    public static string? SymbolOf(string name)
    {
        var plain = name.Replace("/", "", StringComparison.Ordinal).ToLowerInvariant();
        if (plain.EndsWith("usdt", StringComparison.Ordinal))
            plain = plain[..^1];
        return Usual.ContainsKey(plain) ? plain : null;
    }

    /// <summary>Dollars at a market second, with eight decimals.</summary>
    public decimal At(string symbol, long second)
    {
        var key = Noise.Key(seed, $"coin/{symbol}");
        var (day, within) = (Math.DivRem(second, Day, out var rest), rest);
        var begin = Anchor(key, day);
        var end = Anchor(key, day + 1);
        var height = begin + Bridge(key, day, within, end - begin);
        return Math.Round((decimal)(Usual[symbol] * Math.Exp(DailyVolatility * height)), 8);
    }

    /// <summary>The average of the seconds of a window that ends at a market second.</summary>
    public decimal Average(string symbol, long second, int window)
    {
        decimal sum = 0;
        for (var at = second - window + 1; at <= second; at++)
            sum += At(symbol, at);
        return Math.Round(sum / window, 8);
    }

    // Days move independently around the usual price, so that no price runs away however long a universe lasts.
    private static double Anchor(ulong key, long day) => Noise.Normal(Noise.Bits(key, 1, (ulong)day));

    private static double Bridge(ulong key, long day, long second, double drift)
    {
        // A bridge from 0 to the day's drift on a dyadic grid that is finer than a second.
        var (low, high) = (0.0, 1.0);
        var (left, right) = (0.0, drift);
        var place = (double)second / Day;
        ulong node = 1;
        for (var level = 0; level < LevelsPerDay; level++)
        {
            var middle = (low + high) / 2;
            var noise = Noise.Normal(Noise.Bits(key, 2 + node, (ulong)day)) * Math.Sqrt((high - low) / 4);
            var height = ((left + right) / 2) + noise;
            if (place < middle)
                (high, right, node) = (middle, height, 2 * node);
            else
                (low, left, node) = (middle, height, (2 * node) + 1);
        }

        return left + ((right - left) * (place - low) / (high - low));
    }
}
