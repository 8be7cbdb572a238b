using System.Threading.Channels;
using Equilibrage.Core.Ports;
using Equilibrage.Core.State;

namespace Equilibrage.Web.Hosting;

/// <summary>
/// Reads the kill switches outside the program and looks at the feeds once a second, and tells the engine. It tells
/// again what it told before: the engine forgets it on a restart, and records only what changes something.
/// </summary>
internal sealed class HaltWatch(
    TradingDesk desk, HaltSwitches switches, TimeProvider clock, IFeedStatus? feed, ILogger<HaltWatch> logger)
    : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly FeedGrace grace = new(clock);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, clock);
        do
            await TellAsync(stoppingToken);
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task TellAsync(CancellationToken cancellation)
    {
        foreach (var (which, reason) in switches.Read())
            await PostAsync(at => new EngineEvent.SwitchRead(at, which, reason), cancellation);
        if (feed is null)
            return;
        var lost = grace.Look(feed.Status);
        await PostAsync(at => new EngineEvent.FeedWatched(at, lost), cancellation);
    }

    private async Task PostAsync(Func<Stamp, EngineEvent> fact, CancellationToken cancellation)
    {
        try
        {
            await desk.PostAsync(new InboxItem.Fact(fact), cancellation);
        }
        catch (ChannelClosedException)
        {
            logger.LogDebug("The desk recovers just now; the next second tells it again");
        }
    }
}
