using Equilibrage.Web.Hosting;
using Quartz;

namespace Equilibrage.Web.Jobs;

/// <summary>Asks the desk to hold its books against the venue's record at the next quiet moment.</summary>
[DisallowConcurrentExecution]
internal sealed class ReconciliationJob(TradingDesk desk) : IJob
{
    /// <inheritdoc/>
    public ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
        desk.PostAsync(new InboxItem.CompareNow(), cancellationToken);
}
