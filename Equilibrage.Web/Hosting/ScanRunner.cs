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
    private readonly Dictionary<MarketId, PriceHistory> histories = [];
    private int isRunning;

    /// <summary>Starts a scan unless one is running. Returns at once.</summary>
    public void Start(ScanSettings settings, CancellationToken cancellation)
    {
        if (Interlocked.CompareExchange(ref isRunning, 1, 0) == 0)
            _ = Task.Run(() => RunAsync(settings, cancellation), CancellationToken.None);
    }

    private async Task RunAsync(ScanSettings settings, CancellationToken cancellation)
    {
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
        finally
        {
            Volatile.Write(ref isRunning, 0);
        }
    }

    private async Task<ScanResult> ScanAsync(ScanSettings settings, CancellationToken cancellation)
    {
        var markets = await directory.ListAsync(cancellation);
        await SeedAsync(markets, cancellation);
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

        return MarketScanner.Scan(markets, byMarket, histories, settings, now);
    }

    /// <summary>Gives new markets the history that the venue has, and forgets markets that are gone.</summary>
    private async Task SeedAsync(IReadOnlyList<Market> markets, CancellationToken cancellation)
    {
        var listed = markets.Select(market => market.Id).ToHashSet();
        var unknown = listed.Where(id => !histories.ContainsKey(id)).ToList();
        if (unknown.Count > 0)
        {
            var quoted = await directory.QuoteAllAsync(cancellation);
            var at = quoted.Count > 0 ? quoted.Max(quote => quote.At) : DateTimeOffset.MinValue;
            var mids = await directory.HourlyMidsAsync(unknown, PriceHistory.Capacity, cancellation);
            foreach (var id in unknown)
            {
                histories[id] = new();
                if (mids.TryGetValue(id, out var hours))
                    histories[id].Seed(at, hours);
            }
        }

        foreach (var gone in histories.Keys.Where(id => !listed.Contains(id)).ToList())
            histories.Remove(gone);
    }
}
