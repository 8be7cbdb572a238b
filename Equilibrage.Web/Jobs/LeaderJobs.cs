using Equilibrage.Core.Ports;
using Equilibrage.Core.Projections;
using Quartz;

namespace Equilibrage.Web.Jobs;

/// <summary>
/// Pauses the jobs of a copy on standby: what they find out is told to the desk of the same process, and one that does
/// not lead could do nothing with it.
/// </summary>
internal sealed class LeaderJobs(ISchedulerFactory schedulers, IDesk desk, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var scheduler = await schedulers.GetScheduler(stoppingToken);
        using var timer = new PeriodicTimer(Pause, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var isLeading = desk.Current.Activity != EngineActivity.Standby;
            if (scheduler.Status == SchedulerStatus.Running && !isLeading)
                await scheduler.Standby(stoppingToken);
            else if (scheduler.Status == SchedulerStatus.Standby && isLeading)
                await scheduler.Start(stoppingToken);
        }
    }
}
