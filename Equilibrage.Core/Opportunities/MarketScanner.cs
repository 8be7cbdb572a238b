using Equilibrage.Core.Markets;
using Equilibrage.Core.Observations;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.Opportunities;

/// <summary>What a scan found.</summary>
/// <param name="Opportunities">
/// Every market, best first: by score; among equals those that may be entered first, then the sooner decisive moment
/// (so that capital turns over), then the raw score, then the id.
/// </param>
/// <param name="CountsByReason">Refused markets per refusing rule; rules that refused none are absent.</param>
/// <param name="Scanned">Markets judged.</param>
/// <param name="At">Market time of the scan.</param>
public sealed record ScanResult(
    IReadOnlyList<Opportunity> Opportunities,
    IReadOnlyDictionary<DenyReason, int> CountsByReason,
    int Scanned,
    DateTimeOffset At)
{
    /// <summary>Markets that may be entered.</summary>
    public int Eligible => Scanned - CountsByReason.Values.Sum();
}

/// <summary>Scores every market of a catalogue.</summary>
public static class MarketScanner
{
    /// <summary>Judges all markets at one market time.</summary>
    /// <param name="markets">The catalogue.</param>
    /// <param name="quotes">Prices by market; a market without any is refused as unquoted.</param>
    /// <param name="histories">Hourly middles by market.</param>
    /// <param name="settings">Rules, weights and plan.</param>
    /// <param name="now">Market time.</param>
    /// <param name="news">Headlines by market; null without a provider.</param>
    public static ScanResult Scan(
        IReadOnlyCollection<Market> markets,
        IReadOnlyDictionary<MarketId, MarketQuote> quotes,
        IReadOnlyDictionary<MarketId, PriceHistory> histories,
        ScanSettings settings,
        DateTimeOffset now,
        IReadOnlyDictionary<MarketId, NewsSignal>? news = null)
    {
        ArgumentNullException.ThrowIfNull(markets);
        ArgumentNullException.ThrowIfNull(quotes);
        ArgumentNullException.ThrowIfNull(histories);
        ArgumentNullException.ThrowIfNull(settings);
        if (!settings.Weights.IsValid)
            throw new ArgumentException("Each weight lies between 0 and 1 and one is positive.", nameof(settings));
        var opportunities = new List<Opportunity>(markets.Count);
        foreach (var market in markets)
        {
            quotes.TryGetValue(market.Id, out var quote);
            histories.TryGetValue(market.Id, out var history);
            NewsSignal? signal = news is null ? null : news.GetValueOrDefault(market.Id);
            opportunities.Add(OpportunityScorer.Score(market, quote, history, signal, settings, now));
        }

        return Rank(opportunities, now);
    }

    /// <summary>Sorts and counts what was judged one by one. The list becomes the result's.</summary>
    public static ScanResult Rank(List<Opportunity> opportunities, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(opportunities);
        opportunities.Sort(Compare);
        var counts = new SortedDictionary<DenyReason, int>();
        foreach (var opportunity in opportunities)
        {
            if (opportunity.Refusal is { } refusal)
                counts[refusal.Reason] = counts.GetValueOrDefault(refusal.Reason) + 1;
        }

        return new(opportunities, counts, opportunities.Count, now);
    }

    private static int Compare(Opportunity left, Opportunity right)
    {
        var order = right.Score.CompareTo(left.Score);
        if (order == 0)
            order = right.IsEligible.CompareTo(left.IsEligible);
        if (order == 0)
            order = left.DecisiveTime.CompareTo(right.DecisiveTime);
        if (order == 0)
            order = right.RawMicros.CompareTo(left.RawMicros);
        return order != 0 ? order : string.CompareOrdinal(left.MarketId.Value, right.MarketId.Value);
    }
}
