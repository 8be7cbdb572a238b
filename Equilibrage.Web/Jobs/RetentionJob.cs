using Equilibrage.Core.Ports;
using Equilibrage.Web.Hosting;
using Quartz;

namespace Equilibrage.Web.Jobs;

/// <summary>Bounds the tables that grow with time; money is kept for ever.</summary>
[DisallowConcurrentExecution]
internal sealed class RetentionJob(
    IRetention retention, DeskOptions desk, TimeProvider clock, ILogger<RetentionJob> logger) : IJob
{
    /// <inheritdoc/>
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var report = await retention.CleanAsync(desk.Account, clock.GetUtcNow(), cancellationToken);
        logger.LogInformation(
            "Removed {Decisions} decisions, {Scans} scan counts and {Marks} price marks past their time",
            report.Decisions, report.Scans, report.Marks);
    }
}
