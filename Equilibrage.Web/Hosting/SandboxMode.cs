using System.Net;
using Equilibrage.Adapters.Polymarket;
using Equilibrage.Adapters.Storage;
using Equilibrage.Core.Primitives;
using Equilibrage.Polymarket.Orders;
using Equilibrage.Polymarket.Signing;

namespace Equilibrage.Web.Hosting;

/// <summary>
/// Sandbox mode's choice of parts: the practice exchange on a loopback port of its own, and the same connection to it,
/// with signed orders, that would trade on Polymarket. Its key is worth nothing.
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
        var practice = await PracticeHost.StartAsync(options, storage, IPAddress.Loopback, 0, loggers, cancellation);
        var connection = PolymarketConnection.OpenTrading(
            PolymarketOptions.Practice(practice.Server.Address) with { RecordingFolder = Recordings.Of(options) },
            new() { Signer = signer, Wallet = TradingWallet.Own(signer.Address) },
            relayer: null, storage, account, TimeProvider.System, loggers);
        await connection.SynchronizeAsync(cancellation);
        var upkeep = new Upkeep(end => connection.MaintainAsync(beats: false, loggers, end));
        return new(
            connection.Venue!, connection.Markets, connection.Feed,
            new(account, options.Capital, DeskInfos.Of("sandbox", account, options.Speed, practice.Universe.Name)),
            upkeep, connection, practice, DeskParts.Owned(signer))
        {
            Broken = practice.Exchange.Completion,
            FeedStatus = connection.FeedStatus,
            Exchange = practice.Server.Address,
        };
    }
}
