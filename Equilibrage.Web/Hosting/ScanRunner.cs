using Equilibrage.Core.Markets;
using Equilibrage.Core.Observations;
using Equilibrage.Core.Opportunities;
using Equilibrage.Core.Ports;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;

namespace Equilibrage.Web.Hosting;

/// <summary>
/// Scans the whole catalogue outside the loop: polled quotes, hourly histories, filters and scores. One scan at a time;
/// the result goes back into the inbox as a fact.
/// </summary>
internal sealed class ScanRunner(IMarketDirectory directory, Inbox inbox, ILogger<ScanRunner> logger)
{
    // A history costs the venue a request or a share of one, so the best markets without one come first, scan by scan.
    private const int SeedsPerScan = 300;

    private readonly Dictionary<MarketId, PriceHistory> histories = [];
    private Task running = Task.CompletedTask;

    /// <summary>Starts a scan and returns at once; false when one is running.</summary>
    public bool TryStart(ScanSettings settings, CancellationToken cancellation)
    {
        if (!running.IsCompleted)
            return false;
        running = RunAsync(settings, cancellation);
        return true;
    }

    /// <summary>Waits for the scan that is running, if any.</summary>
    public Task DrainAsync() => running;

    private async Task RunAsync(ScanSettings settings, CancellationToken cancellation)
    {
        // A scan takes a while; the loop goes on meanwhile.
        await Task.Yield();
        try
        {
            var scan = await ScanAsync(settings, cancellation);
            await inbox.AddAsync(new InboxItem.Fact(at => new EngineEvent.Scanned(at, scan)), cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            logger.LogDebug("The scan was given up at shutdown");
        }
        catch (Exception error)
        {
            logger.LogWarning(error, "The scan failed; the next one is due as usual");
        }
    }

    private async Task<ScanResult> ScanAsync(ScanSettings settings, CancellationToken cancellation)
    {
        var markets = await directory.ListAsync(cancellation);
        var quotes = await directory.QuoteAllAsync(cancellation);
        var byMarket = new Dictionary<MarketId, MarketQuote>(quotes.Count);
        var now = DateTimeOffset.MinValue;
        foreach (var quote in quotes)
        {
            byMarket[quote.MarketId] = quote;
            now = quote.At > now ? quote.At : now;
            if (quote.MidMicros is { } mid && histories.TryGetValue(quote.MarketId, out var history))
                history.Observe(quote.At, mid);
        }

        Forget(markets);
        var scan = MarketScanner.Scan(markets, byMarket, histories, settings, now);
        return await SeedAsync(scan, byMarket, cancellation)
            ? MarketScanner.Scan(markets, byMarket, histories, settings, now)
            : scan;
    }

    /// <summary>Gives the best markets without a history the venue's; false when none needs it.</summary>
    private async Task<bool> SeedAsync(
        ScanResult scan, Dictionary<MarketId, MarketQuote> quotes, CancellationToken cancellation)
    {
        var fresh = scan.Opportunities
            .OrderByDescending(opportunity => opportunity.IsEligible)
            .Select(opportunity => opportunity.MarketId)
            .Where(id => !histories.ContainsKey(id) && quotes.ContainsKey(id))
            .Take(SeedsPerScan)
            .ToList();
        if (fresh.Count == 0)
            return false;
        var mids = await directory.HourlyMidsAsync(fresh, PriceHistory.Capacity, cancellation);
        foreach (var id in fresh)
        {
            var history = histories[id] = new();
            if (mids.TryGetValue(id, out var hours))
                history.Seed(quotes[id].At, hours);
            if (quotes[id].MidMicros is { } mid)
                history.Observe(quotes[id].At, mid);
        }

        return true;
    }

    private void Forget(IReadOnlyList<Market> markets)
    {
        var listed = markets.Select(market => market.Id).ToHashSet();
        foreach (var gone in histories.Keys.Where(id => !listed.Contains(id)).ToList())
            histories.Remove(gone);
    }
}
