using Equilibrage.Core.Ports;
using Equilibrage.Core.Projections;
using Equilibrage.Web.Live;

namespace Equilibrage.Web.Hosting;

/// <summary>
/// Waits for the lease of the account. Meanwhile the leader's journal is followed and shown, so that taking over needs
/// to read little.
/// </summary>
internal sealed class Standby(
    ILease lease, IJournal journal, DeskOptions options, LiveView live, TimeProvider clock, ILogger<Standby> logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>Answers with the journal as far as it was read, once this process leads.</summary>
    /// <exception cref="JournalUnavailableException">The database failed.</exception>
    public async Task<JournalFollower> LeadAsync(CancellationToken cancellation)
    {
        var follower = new JournalFollower(journal, options.Account, options.Info.Mode);
        string? leader = null;
        while (!await lease.TakeAsync(cancellation))
        {
            if (leader != lease.Leader)
                logger.LogInformation("On standby: {Leader} leads {Account}", lease.Leader, options.Account);
            leader = lease.Leader;
            await follower.CatchUpAsync(cancellation);
            live.Publish(follower.View(EngineActivity.Standby, DetailOf(leader)));
            await Task.Delay(Pause, clock, cancellation);
        }

        if (leader is not null)
            logger.LogWarning("{Leader} has let its lease lapse; this process leads from now on", leader);
        logger.LogInformation("Leading {Account} under epoch {Epoch}", options.Account, lease.Epoch);
        return follower;
    }

    private static string DetailOf(string? leader) =>
        $"This copy is on standby and only shows: {leader ?? "another process"} trades this account. Give commands "
        + "there; this copy takes over within 15 seconds when that one stops.";
}
