using System.Net;
using Equilibrage.Adapters.Polymarket;
using Equilibrage.Adapters.Storage;
using Equilibrage.Core.Primitives;
using Equilibrage.Polymarket.Orders;
using Equilibrage.Polymarket.Signing;

namespace Equilibrage.Web.Hosting;

/// <summary>
/// Sandbox mode's choice of parts: the practice exchange on a loopback port of its own, and the same connection to it,
/// with signed orders, that would trade on Polymarket. Its key is worth nothing. With an address, a practice exchange
/// that runs by itself is used instead, on which several desks can trade.
/// </summary>
internal static class SandboxMode
{
    /// <summary>Starts the practice exchange and connects to it.</summary>
    public static async Task<DeskParts> StartAsync(
        RunOptions options, StorageHost storage, ILoggerFactory loggers, CancellationToken cancellation)
    {
        Secp256k1.EnsureAvailable();
        var signer = PracticeWallet.Open(options.Data);
        var account = new AccountId($"sandbox:practice:{signer.Address.ToLowerString()}");
        var lease = storage.LeaseOf(account, TimeProvider.System);
        var practice = options.Exchange is null
            ? await PracticeHost.StartAsync(options, storage, IPAddress.Loopback, 0, loggers, cancellation)
            : null;
        var root = practice?.Server.Address ?? options.Exchange!;
        var connection = PolymarketConnection.OpenTrading(
            PolymarketOptions.Practice(root) with
            {
                RecordingFolder = Recordings.Of(options),
                MaySend = lease.MaySend,
            },
            new() { Signer = signer, Wallet = TradingWallet.Own(signer.Address) },
            relayer: null, storage, account, TimeProvider.System, loggers);
        await connection.SynchronizeAsync(cancellation);
        var upkeep = new Upkeep(end => connection.MaintainAsync(beats: false, loggers, end));
        var universe = practice?.Universe.Name ?? $"the practice exchange at {root}";
        IEnumerable<IAsyncDisposable?> owned = [upkeep, connection, practice, DeskParts.Owned(signer)];
        return new(
            connection.Venue!, connection.Markets, connection.Feed,
            new(account, options.Capital, DeskInfos.Of("sandbox", account, connection.MarketSpeed, universe)),
            [.. owned.OfType<IAsyncDisposable>()])
        {
            Lease = lease,
            Broken = practice?.Exchange.Completion ?? new TaskCompletionSource().Task,
            FeedStatus = connection.FeedStatus,
            Exchange = root,
        };
    }
}
