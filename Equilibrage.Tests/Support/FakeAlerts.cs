using Equilibrage.Core.Ports;
using Equilibrage.Core.Projections;

namespace Equilibrage.Tests.Support;

/// <summary>Alerts in memory; remembers what was changed and tested.</summary>
public sealed class FakeAlerts : IAlerts
{
    /// <summary>Changes, in order.</summary>
    public List<AlertChange> Changes { get; } = [];

    /// <summary>Channels that were tested.</summary>
    public List<AlertChannel> Tested { get; } = [];

    /// <summary>What is wrong with the next change; null for nothing.</summary>
    public (string Field, string Message)? Wrong { get; set; }

    /// <inheritdoc/>
    public Task<AlertsView> ViewAsync(CancellationToken cancellation) => Task.FromResult(new AlertsView(
        [.. Enum.GetValues<AlertChannel>().Select(channel => new AlertChannelView(
            channel, channel == AlertChannel.Webhook, channel == AlertChannel.Webhook ? "https://example.com/…" : null,
            false, [AlertKind.Halt, AlertKind.OneLeg], null, null))],
        7, 3, 2, 1));

    /// <inheritdoc/>
    public Task<(string Field, string Message)?> ChangeAsync(AlertChange change, CancellationToken cancellation)
    {
        Changes.Add(change);
        return Task.FromResult(Wrong);
    }

    /// <inheritdoc/>
    public Task<AlertResult> TestAsync(AlertChannel channel, CancellationToken cancellation)
    {
        Tested.Add(channel);
        return Task.FromResult(new AlertResult(true, "The channel answered 204."));
    }
}
