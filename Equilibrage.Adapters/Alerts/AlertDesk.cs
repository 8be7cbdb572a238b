using Equilibrage.Core.Ports;
using Equilibrage.Core.Projections;
using Equilibrage.Core.State;
using Equilibrage.Adapters.Storage;

namespace Equilibrage.Adapters.Alerts;

/// <summary>The alerts' settings as the operator sees and changes them.</summary>
internal sealed class AlertDesk : IAlerts
{
    private readonly AlertOptions options;
    private readonly AlertOutbox outbox;
    private readonly AlertSender sender;
    private readonly TimeProvider clock;
    private readonly Lock gate = new();
    private AlertSettings settings;

    /// <summary>Reads the settings.</summary>
    public AlertDesk(AlertOptions options, AlertOutbox outbox, AlertSender sender, TimeProvider clock)
    {
        (this.options, this.outbox, this.sender, this.clock) = (options, outbox, sender, clock);
        (settings, Problem) = AlertSettings.Read(options.DataFolder);
    }

    /// <summary>Why the settings could not be read; null when they could.</summary>
    public string? Problem { get; }

    /// <summary>The settings in force.</summary>
    public AlertSettings Settings => Volatile.Read(ref settings);

    /// <inheritdoc/>
    public async Task<AlertsView> ViewAsync(CancellationToken cancellation)
    {
        var (queued, failed, last) = await outbox.TallyAsync(cancellation);
        var cursor = await outbox.CursorAsync(cancellation);
        var now = Settings;
        return new AlertsView(
            [.. Enum.GetValues<AlertChannel>().Select(channel => View(channel, now.Of(channel), last))],
            now.DailyHour, queued, failed, cursor?.Dropped ?? 0);
    }

    /// <inheritdoc/>
    public Task<(string Field, string Message)?> ChangeAsync(AlertChange change, CancellationToken cancellation)
    {
        lock (gate)
            return Task.FromResult(Change(change));
    }

    /// <inheritdoc/>
    public async Task<AlertResult> TestAsync(AlertChannel channel, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var alert = new Alert(
            $"test-{now.ToUnixTimeMilliseconds()}", AlertKind.Incident, "Test of Equilibrage",
            "This channel works.", new Stamp(now, now));
        var outcome = await sender.SendAsync(channel, Settings.Of(channel), alert, cancellation);
        return new AlertResult(outcome.IsSent, outcome.Message);
    }

    private (string Field, string Message)? Change(AlertChange change)
    {
        var before = settings.Of(change.Channel);
        var after = new ChannelSettings
        {
            IsEnabled = change.IsEnabled ?? before.IsEnabled,
            Target = Value(change.Target, before.Target),
            Token = Value(change.Token, before.Token),
            Kinds = change.Kinds is { } kinds ? [.. kinds.Distinct().Order()] : before.Kinds,
        };
        if (sender.Check(change.Channel, after) is { } wrong)
            return wrong;
        var isReady = after.Target is not null && (change.Channel != AlertChannel.Telegram || after.Token is not null);
        if (after.IsEnabled && !isReady)
            return ("target", "Say where alerts go before they are switched on.");
        var channels = new Dictionary<AlertChannel, ChannelSettings>(settings.Channels) { [change.Channel] = after };
        var next = settings with { DailyHour = change.DailyHour ?? settings.DailyHour, Channels = channels };
        next.Write(options.DataFolder);
        Volatile.Write(ref settings, next);
        return null;
    }

    private static string? Value(string? given, string? before) =>
        given is null ? before : given.Trim() is { Length: > 0 } text ? text : null;

    private static AlertChannelView View(
        AlertChannel channel, ChannelSettings settings, Dictionary<string, (string Message, DateTimeOffset At)> last)
    {
        var known = last.TryGetValue(Words.Of(channel), out var latest);
        return new AlertChannelView(
            channel, settings.IsEnabled, AlertSender.Masked(channel, settings), settings.Token is not null,
            settings.Kinds, known ? latest.Message : null, known ? latest.At : null);
    }
}
