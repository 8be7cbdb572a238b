using System.Threading.Channels;
using Equilibrage.Core.Ports;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.Projections;
using Equilibrage.Web.Endpoints;
using Microsoft.AspNetCore.SignalR;

namespace Equilibrage.Web.Hubs;

/// <summary>
/// Tells one connection what changed since it was told last. There is no queue: a slow receiver is told less often and
/// always of the latest state, and neither the engine nor another receiver waits for it.
/// </summary>
internal sealed class LiveFeed : IAsyncDisposable
{
    private readonly IDesk desk;
    private readonly IHistory history;
    private readonly ISingleClientProxy client;
    private readonly ILogger log;
    private readonly Action abort;
    private readonly CancellationTokenSource end;
    private readonly Channel<bool> signal = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });
    private readonly HashSet<PositionId> left = [];
    private readonly IDisposable subscription;
    private readonly Task running;
    private volatile bool wantsPositions;
    private volatile bool wantsOpportunities;

    internal LiveFeed(
        IDesk desk, IHistory history, ISingleClientProxy client, HubCallerContext connection, ILogger<LiveFeed> log)
    {
        (this.desk, this.history, this.client, this.log) = (desk, history, client, log);
        end = CancellationTokenSource.CreateLinkedTokenSource(connection.ConnectionAborted);
        abort = connection.Abort;
        var first = desk.Current;
        subscription = desk.Subscribe(() =>
        {
            signal.Writer.TryWrite(true);
            return Task.CompletedTask;
        });
        running = RunAsync(first, end.Token);
    }

    public async ValueTask DisposeAsync()
    {
        subscription.Dispose();
        await end.CancelAsync();
        await running;
        end.Dispose();
    }

    internal void WantPositions() => wantsPositions = true;

    internal void WantOpportunities() => wantsOpportunities = true;

    private async Task RunAsync(DeskView told, CancellationToken cancellation)
    {
        try
        {
            await foreach (var _ in signal.Reader.ReadAllAsync(cancellation))
            {
                var now = desk.Current;
                await TellAsync(ViewChanges.Between(told, now), cancellation);
                told = now;
            }
        }
        catch (OperationCanceledException)
        {
            log.LogDebug("A live connection ended.");
        }
        catch (Exception error)
        {
            // A receiver that is silently told nothing more would believe that nothing happens.
            log.LogError(error, "A live connection is cut; its program has to connect again.");
            abort();
        }
    }

    private async Task TellAsync(ViewChanges changes, CancellationToken cancellation)
    {
        if (wantsPositions)
        {
            left.UnionWith(changes.Left);
            left.ExceptWith(changes.Positions.Select(position => position.Id));
            foreach (var fill in changes.Fills)
                await client.SendAsync("trade_executed", fill, cancellation);
            foreach (var position in changes.Positions)
                await client.SendAsync("position_update", position, cancellation);
            await TellOfClosedAsync(cancellation);
        }

        if (!wantsOpportunities)
            return;
        foreach (var opportunity in changes.Opportunities)
            await client.SendAsync("new_opportunity", OpportunityItem.From(opportunity), cancellation);
    }

    // The view lists open positions only; how one ended stands in the history.
    private async Task TellOfClosedAsync(CancellationToken cancellation)
    {
        foreach (var id in left.ToList())
        {
            try
            {
                if (await history.PositionAsync(new(desk.Info.Account), id, cancellation) is { } closed)
                    await client.SendAsync("position_update", closed, cancellation);
                left.Remove(id);
            }
            catch (Exception error) when (ApiFaults.IsDatabaseAway(error))
            {
                log.LogDebug(error, "How position {Position} ended is told after the next change.", id);
                return;
            }
        }
    }
}
