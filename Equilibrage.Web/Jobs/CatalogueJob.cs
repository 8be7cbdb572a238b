using Equilibrage.Core.Ports;
using Equilibrage.Core.State;
using Equilibrage.Web.Hosting;
using Quartz;

namespace Equilibrage.Web.Jobs;

/// <summary>Reads the whole catalogue again, so that a listing that the feed missed is not missed for long.</summary>
[DisallowConcurrentExecution]
internal sealed class CatalogueJob(IMarketDirectory directory, TradingDesk desk) : IJob
{
    /// <inheritdoc/>
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var markets = await directory.ListAsync(cancellationToken);
        await desk.PostAsync(new InboxItem.Fact(at => new EngineEvent.Catalogued(at, markets)), cancellationToken);
    }
}
