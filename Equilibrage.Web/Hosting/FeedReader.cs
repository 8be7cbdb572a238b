using Equilibrage.Core.Ports;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Web.Hosting;

/// <summary>Brings the venue's feed into the inbox and asks again for books of which changes were dropped.</summary>
internal sealed class FeedReader(IEventSource source, Inbox inbox, TimeProvider clock)
{
    private readonly Lock gate = new();
    private IReadOnlyCollection<TokenId> wanted = [];

    /// <summary>The books that are wanted from now on.</summary>
    public void Want(IReadOnlyCollection<TokenId> tokens)
    {
        lock (gate)
        {
            wanted = tokens;
            source.Want(tokens);
        }
    }

    /// <summary>Reads until canceled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        await foreach (var report in source.ReadAsync(cancellation))
        {
            await inbox.ReportAsync(new(report, clock.GetUtcNow()), cancellation);
            var dropped = inbox.TakeDropped();
            if (dropped.Count > 0)
                Reseed(dropped);
        }
    }

    /// <summary>A token that falls silent and is wanted again starts with a snapshot.</summary>
    private void Reseed(IReadOnlyCollection<TokenId> tokens)
    {
        lock (gate)
        {
            source.Want([.. wanted.Except(tokens)]);
            source.Want(wanted);
        }
    }
}
