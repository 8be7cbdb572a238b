using Equilibrage.Adapters.Polymarket;
using Equilibrage.Adapters.Storage;
using Equilibrage.Core.Primitives;
using Equilibrage.Sandbox.Paper;

namespace Equilibrage.Web.Hosting;

/// <summary>
/// Paper mode's choice of parts: the exchange's public side, and a venue that executes on paper. Nothing that could
/// sign is made, so it cannot trade.
/// </summary>
internal static class PaperMode
{
    /// <summary>Connects to Polymarket, or to the practice exchange that was named in its place.</summary>
    public static async Task<DeskParts> StartAsync(
        RunOptions options, StorageHost storage, ILoggerFactory loggers, CancellationToken cancellation)
    {
        var (source, reached) = options.Exchange is { } root
            ? ($"the practice exchange at {root}", PolymarketOptions.Practice(root))
            : ("Polymarket's public data", PolymarketOptions.Live);
        var account = new AccountId(options.Exchange is null ? "paper:polymarket:desk" : "paper:practice:desk");
        var connection = PolymarketConnection.OpenPublic(
            reached with { RecordingFolder = Recordings.Of(options) }, TimeProvider.System, loggers);
        // Only a practice exchange has a clock that must be known; Polymarket may be away now and be back later.
        if (options.Exchange is not null)
            await connection.SynchronizeAsync(cancellation);
        var exchange = await PaperExchange.StartAsync(
            storage.Connections, account, options.Capital, connection.Feed, connection.Markets, cancellation);
        var upkeep = new Upkeep(end => connection.MaintainAsync(beats: false, loggers, end));
        return new(
            exchange, connection.Markets, exchange,
            new(account, options.Capital, DeskInfos.Of("paper", account, connection.MarketSpeed, source)),
            upkeep, DeskParts.Owned(exchange), connection)
        {
            FeedStatus = connection.FeedStatus,
        };
    }
}
