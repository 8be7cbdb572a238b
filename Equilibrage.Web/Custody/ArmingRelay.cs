using System.Threading.Channels;
using Equilibrage.Core.State;
using Equilibrage.Web.Hosting;

namespace Equilibrage.Web.Custody;

/// <summary>
/// Tells the engine what may be sent, every second: a life that begins between two changes hears of the last one, and
/// an event that changes nothing leaves no trace.
/// </summary>
/// <param name="arming">What may be sent.</param>
/// <param name="desk">Whose engine is told.</param>
/// <param name="clock">Paces it.</param>
internal sealed class ArmingRelay(LiveArming arming, TradingDesk desk, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var (permission, why) = (arming.Permission, arming.Describe());
            try
            {
                await desk.PostAsync(
                    new InboxItem.Fact(at => new EngineEvent.Permitted(at, permission, why)), stoppingToken);
            }
            catch (ChannelClosedException)
            {
                // The life has just ended; the next one asks what is permitted when it begins.
                continue;
            }
        }
    }
}
