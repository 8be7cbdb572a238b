using Equilibrage.Core.Observations;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.Simulation;

/// <content>Quotes and price history.</content>
public sealed partial class SimulatedVenue
{
    /// <summary>Quotes of all listed markets now.</summary>
    public IReadOnlyList<MarketQuote> Quotes() => CaptureQuotes().Compute();

    /// <summary>What the quotes of now depend on; computing them may happen on another thread.</summary>
    public QuoteFrame CaptureQuotes()
    {
        var touched = new Dictionary<int, AxisLevels>();
        foreach (var (index, hot) in hotMarkets)
        {
            if (hot.Book is not { } book)
                continue;
            var levels = new AxisLevels();
            book.CopyTo(levels);
            touched.Add(index, levels);
        }

        return new(board.Copy(), touched, Second);
    }

    /// <summary>
    /// Middles of the first outcome at the full hours before now, oldest first, in micro-dollars; fewer for a market
    /// that was listed later, none for one that is not listed. A missing side counts as the end of the scale.
    /// </summary>
    public IReadOnlyDictionary<MarketId, IReadOnlyList<long>> HourlyMids(
        IReadOnlyCollection<MarketId> markets, int hours)
    {
        ArgumentNullException.ThrowIfNull(markets);
        var result = new Dictionary<MarketId, IReadOnlyList<long>>(markets.Count);
        foreach (var market in markets)
        {
            if (board.Find(market) is { } listing)
                result[market] = listing.HourlyMids(Second, hours);
        }

        return result;
    }
}
