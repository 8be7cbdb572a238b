using System.Net;
using Equilibrage.Adapters.Storage;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Web.Hosting;

/// <summary>
/// Sandbox mode's choice of parts: the practice exchange for market data and for trading, and no key at all.
/// </summary>
internal static class SandboxMode
{
    /// <summary>Opens the universe that the options describe and starts the exchange.</summary>
    public static async Task<DeskParts> StartAsync(
        RunOptions options, StorageHost storage, CancellationToken cancellation)
    {
        var account = new AccountId("sandbox:practice:operator");
        var practice = await PracticeHost.StartAsync(
            options, storage, IPAddress.Loopback, 0, account, cancellation);
        var exchange = practice.Exchange;
        return new(
            exchange, exchange, exchange,
            new(account, options.Capital, DeskInfos.Of("sandbox", account, options.Speed, practice.Universe.Name)),
            practice)
        {
            Broken = exchange.Completion,
        };
    }
}
