using Equilibrage.Polymarket.Rest;
using Microsoft.Extensions.Logging;

namespace Equilibrage.Adapters.Polymarket;

/// <summary>
/// The dead man's switch: as long as it beats, our resting orders live; ten seconds after it stops, the exchange
/// cancels all orders of this key.
/// </summary>
internal sealed class Heartbeat(AccountSession session, TimeProvider clock, ILogger<Heartbeat> logger)
{
    /// <summary>Between two beats: half of what the exchange waits for.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private string previous = "";

    /// <summary>Beats that were answered.</summary>
    public long Beats { get; private set; }

    /// <summary>Beats until it is canceled, whenever this process may: another one that leads beats itself.</summary>
    public async Task RunAsync(Func<bool> mayBeat, CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        do
        {
            if (mayBeat())
                await BeatAsync(cancellation);
        }
        while (await timer.WaitForNextTickAsync(cancellation));
    }

    /// <summary>One beat; a refused id begins a new chain at once.</summary>
    public async Task BeatAsync(CancellationToken cancellation)
    {
        var answer = await SendAsync(cancellation);
        if (answer.Error is { IsAmbiguous: false, Status: 400 } && previous.Length > 0)
        {
            previous = "";
            answer = await SendAsync(cancellation);
        }

        if (answer.Value is not { } beat)
        {
            logger.LogWarning("A heartbeat was not taken: {Message}", answer.Error?.Message);
            return;
        }

        previous = beat.HeartbeatId;
        Beats++;
    }

    private Task<PolymarketResult<Equilibrage.Polymarket.Rest.Clob.HeartbeatMessage>> SendAsync(
        CancellationToken cancellation) =>
        session.CallAsync(open => open.Clob.HeartbeatAsync(previous, cancellation), cancellation);
}
