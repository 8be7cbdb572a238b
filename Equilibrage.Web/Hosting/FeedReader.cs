using Equilibrage.Core.Ports;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Web.Hosting;

/// <summary>Brings the venue's feed into the inbox and asks again for books of which changes were dropped.</summary>
internal sealed class FeedReader(IEventSource source, Inbox inbox, TimeProvider clock)
{
    /// <summary>The books that are wanted from now on.</summary>
    public void Want(IReadOnlyCollection<TokenId> tokens) => source.Want(tokens);

    /// <summary>Asks for fresh snapshots of books that are not to be believed any more.</summary>
    public void Reseed(IReadOnlyCollection<TokenId> tokens) => source.Reseed(tokens);

    /// <summary>Reads until canceled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        await foreach (var report in source.ReadAsync(cancellation))
        {
            await inbox.ReportAsync(new(report, clock.GetUtcNow()), cancellation);
            var dropped = inbox.TakeDropped();
            if (dropped.Count > 0)
                source.Reseed(dropped);
        }
    }
}
