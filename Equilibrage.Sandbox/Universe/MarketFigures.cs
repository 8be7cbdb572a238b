using Equilibrage.Core.Primitives;

namespace Equilibrage.Sandbox.Universe;

/// <summary>
/// Spreads, liquidity and volumes as they were on the venue: quantiles measured over 33,633 tradable markets of one
/// day, by where the price stood. Near one half the venue is mostly empty quotes around an undecided game; a third of
/// the generated ones there are drawn from the contested markets instead (tight on both sides), of which 300 markets of
/// an honest sample would hold eight, too few to practise on.
/// </summary>
internal sealed class MarketFigures
{
    private const int ContestedPerMille = 350;
    private const int VolumePerMille = 366;
    private const int ContestedVolumePerMille = 850;
    private const int FineTickPerMille = 80;

    // Dollars; spreads in thousandths of a dollar.
    private static readonly long[] EdgeLiquidity = [18, 936, 2_966, 7_177, 15_423, 60_000];
    private static readonly long[] EdgeSpread = [1, 2, 5, 14, 38, 100];
    private static readonly long[] SlopeLiquidity = [11, 280, 760, 2_218, 7_950, 40_000];
    private static readonly long[] SlopeSpread = [1, 20, 50, 100, 200, 350];
    private static readonly long[] MiddleLiquidity = [10, 21, 40, 99, 1_669, 9_000];
    private static readonly long[] MiddleSpread = [10, 60, 770, 850, 890, 980];
    private static readonly long[] ContestedLiquidity =
        [400, 1_416, 2_680, 4_396, 6_912, 11_190, 13_493, 24_532, 67_580, 134_616, 324_316];

    private static readonly long[] ContestedSpread = [10, 10, 10, 20, 20, 30];
    private static readonly long[] Volume =
        [1, 10, 28, 69, 101, 194, 382, 872, 2_204, 10_573, 60_000];

    private MarketFigures(TickSize tick, Price? bid, Price? ask, Usdc liquidity, Usdc volume) =>
        (Tick, Bid, Ask, Liquidity, Volume24h) = (tick, bid, ask, liquidity, volume);

    public TickSize Tick { get; }

    public Price? Bid { get; }

    public Price? Ask { get; }

    public Usdc Liquidity { get; }

    public Usdc Volume24h { get; }

    /// <summary>Draws the figures of a market whose fair price is given in thousandths.</summary>
    public static MarketFigures Of(int fairPerMille, Draw draw)
    {
        var isMiddle = fairPerMille is >= 380 and <= 620;
        var isContested = isMiddle && draw.Chance(ContestedPerMille);
        var isFine = fairPerMille is < 40 or > 960 || draw.Chance(FineTickPerMille);
        var (liquidity, spread) = fairPerMille switch
        {
            _ when isContested => (ContestedLiquidity, ContestedSpread),
            < 100 or > 900 => (EdgeLiquidity, EdgeSpread),
            >= 350 and <= 650 => (MiddleLiquidity, MiddleSpread),
            _ => (SlopeLiquidity, SlopeSpread),
        };
        var tick = TickSize.FromMicros(isFine ? 1_000 : 10_000);
        var (bid, ask) = Quote(fairPerMille, draw.Quantile(spread), tick);
        var dollars = draw.Quantile(liquidity);
        var volume = draw.Chance(isContested ? ContestedVolumePerMille : VolumePerMille) ? draw.Quantile(Volume) : 0;
        // Nobody trades a multiple of what rests there every day in a market that is hardly looked at.
        return new(tick, bid, ask, Dollars(dollars), Dollars(Math.Min(volume, dollars * 10)));
    }

    // A side that would lie outside the grid is missing, as on the venue.
    private static (Price? Bid, Price? Ask) Quote(int fairPerMille, long spreadPerMille, TickSize tick)
    {
        const long MicrosPerMille = 1_000;
        var width = Math.Max(1, spreadPerMille * MicrosPerMille / tick.ToMicros) * tick.ToMicros;
        var low = (fairPerMille * MicrosPerMille) - (width / 2);
        var bid = (low + (tick.ToMicros / 2)) / tick.ToMicros * tick.ToMicros;
        var ask = bid + width;
        return (bid > 0 ? Price.FromMicros(bid) : null, ask < Micros.PerUnit ? Price.FromMicros(ask) : null);
    }

    private static Usdc Dollars(long dollars) => Usdc.FromMicros(dollars * Micros.PerUnit);
}
