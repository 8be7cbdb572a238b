using Equilibrage.Core.Ports;
using Equilibrage.Web.Custody;

namespace Equilibrage.Web.Hosting;

/// <summary>What a mode chose to run the desk with. A mode is this choice and nothing else.</summary>
/// <param name="venue">Where orders go.</param>
/// <param name="directory">Where markets and polled quotes come from.</param>
/// <param name="source">Where live books and account events come from.</param>
/// <param name="desk">What the desk is told.</param>
/// <param name="owned">What ends with the mode, in this order.</param>
internal sealed class DeskParts(
    IVenue venue, IMarketDirectory directory, IEventSource source, DeskOptions desk, params IAsyncDisposable[] owned)
    : IAsyncDisposable
{
    /// <summary>Where orders go.</summary>
    public IVenue Venue => venue;

    /// <summary>Where markets and polled quotes come from.</summary>
    public IMarketDirectory Directory => directory;

    /// <summary>Where live books and account events come from.</summary>
    public IEventSource Source => source;

    /// <summary>What the desk is told.</summary>
    public DeskOptions Desk => desk;

    /// <summary>The lease of the account, where a part needs to know of it; null has the host open it.</summary>
    public ILease? Lease { get; init; }

    /// <summary>How the feed is doing; null where nobody can tell.</summary>
    public IFeedStatus? FeedStatus { get; init; }

    /// <summary>The practice exchange that is traded on; null for Polymarket and on paper.</summary>
    public Uri? Exchange { get; init; }

    /// <summary>The operator's wallet; null in every mode but Live.</summary>
    public WalletSession? Wallet { get; init; }

    /// <summary>Fails when a part broke that the desk cannot run without; never completes otherwise.</summary>
    public Task Broken { get; init; } = new TaskCompletionSource().Task;

    /// <summary>Something that ends at once as something that ends with the mode.</summary>
    public static IAsyncDisposable Owned(IDisposable part) => new AtOnce(part);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var part in owned)
            await part.DisposeAsync();
    }

    private sealed class AtOnce(IDisposable part) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            part.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
