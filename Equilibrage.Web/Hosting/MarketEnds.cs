using Equilibrage.Core.Ports;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;

namespace Equilibrage.Web.Hosting;

/// <summary>
/// Asks again and again how the markets that we hold ended, if they did. The feed tells of an end once; while it was
/// cut, or its channel was full, nobody else would, and winners would lie there unredeemed until the next start.
/// </summary>
internal sealed class MarketEnds(IMarketDirectory directory, Inbox inbox, ILogger<MarketEnds> logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(60);

    private DateTimeOffset asked;
    private Task running = Task.CompletedTask;

    /// <summary>Starts what is due by steady time and returns at once.</summary>
    public void Start(EngineState state, DateTimeOffset now, CancellationToken cancellation)
    {
        var held = state.Positions.Values.Select(position => position.MarketId)
            .Where(market => !state.Resolutions.ContainsKey(market)).Distinct().ToList();
        if (held.Count == 0 || asked == default)
            asked = now;
        if (now - asked < Pause || !running.IsCompleted)
            return;
        asked = now;
        running = AskAsync(held, cancellation);
    }

    /// <summary>Waits for what was asked, if anything.</summary>
    public Task DrainAsync() => running;

    private async Task AskAsync(IReadOnlyCollection<MarketId> held, CancellationToken cancellation)
    {
        // The loop goes on meanwhile.
        await Task.Yield();
        try
        {
            foreach (var end in await directory.ResolvedAsync(held, cancellation))
            {
                await inbox.AddAsync(
                    new InboxItem.Fact(at => new EngineEvent.Fed(at, new FeedEvent.Resolved(at.MarketTime, end))),
                    cancellation);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            logger.LogDebug("The question how markets ended was given up at shutdown");
        }
        catch (Exception error)
        {
            logger.LogWarning(error, "How markets ended is not known now; it is asked again in a minute");
        }
    }
}
