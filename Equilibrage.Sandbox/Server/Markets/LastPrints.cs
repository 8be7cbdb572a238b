using System.Collections.Concurrent;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.Simulation;

namespace Equilibrage.Sandbox.Server.Markets;

/// <summary>The last trade of each market: what was printed, else the crowd's flow.</summary>
internal sealed class LastPrints
{
    private const long Reach = 26 * 3600;

    private readonly ConcurrentDictionary<MarketId, PublicPrint> printed = new();

    /// <summary>Takes note of a trade.</summary>
    public void Add(MarketId market, PublicPrint print) => printed[market] = print;

    /// <summary>Forgets a market that has ended.</summary>
    public void Remove(MarketId market) => printed.TryRemove(market, out _);

    /// <summary>The last trade up to a market second, or null when there was none for a day.</summary>
    public PublicPrint? Find(Listing listing, long second)
    {
        var known = printed.GetValueOrDefault(listing.Market.Id);
        // Another hour's flow is known to be older than what was printed within this one.
        var from = Math.Max(second - Reach, known?.At ?? long.MinValue);
        return PublicPrint.OfCrowd(listing, from, second, 1) is [var latest] ? latest : known;
    }
}
