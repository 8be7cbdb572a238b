using Equilibrage.Core.Projections;

namespace Equilibrage.Core.Ports;

/// <summary>A way to reach the operator.</summary>
public enum AlertChannel
{
    /// <summary>JSON to an address of the operator's own.</summary>
    Webhook,

    /// <summary>A Discord channel's webhook.</summary>
    Discord,

    /// <summary>A Telegram bot.</summary>
    Telegram,
}

/// <summary>A channel as pages and programs may see it: without its secrets.</summary>
/// <param name="Channel">Which.</param>
/// <param name="IsEnabled">True when alerts go there.</param>
/// <param name="Target">Where they go, masked; null when nothing is set.</param>
/// <param name="HasToken">True when a bot token is set.</param>
/// <param name="Kinds">What goes there.</param>
/// <param name="LastResult">What became of the last attempt; null before the first.</param>
/// <param name="LastAt">Wall time of that attempt.</param>
public sealed record AlertChannelView(
    AlertChannel Channel, bool IsEnabled, string? Target, bool HasToken, IReadOnlyCollection<AlertKind> Kinds,
    string? LastResult, DateTimeOffset? LastAt);

/// <summary>The alerts' settings and their queue.</summary>
/// <param name="Channels">Every channel.</param>
/// <param name="DailyHour">Hour of UTC at which the daily summary is made, 0 to 23.</param>
/// <param name="Queued">Alerts that wait to be sent.</param>
/// <param name="Failed">Alerts that a channel refused for good, of the last days.</param>
/// <param name="Dropped">Alerts that the queue's bound dropped, oldest first, ever.</param>
public sealed record AlertsView(
    IReadOnlyList<AlertChannelView> Channels, int DailyHour, long Queued, long Failed, long Dropped);

/// <summary>A change of one channel; parts that are null stay as they are.</summary>
/// <param name="Channel">Which.</param>
/// <param name="IsEnabled">Whether alerts go there.</param>
/// <param name="Target">Webhook address or chat id; empty text removes it.</param>
/// <param name="Token">Bot token; empty text removes it.</param>
/// <param name="Kinds">What goes there.</param>
/// <param name="DailyHour">Hour of UTC of the daily summary, 0 to 23, for all channels.</param>
public sealed record AlertChange(
    AlertChannel Channel, bool? IsEnabled = null, string? Target = null, string? Token = null,
    IReadOnlyCollection<AlertKind>? Kinds = null, int? DailyHour = null);

/// <summary>What became of a test.</summary>
/// <param name="IsSent">True when the channel took it.</param>
/// <param name="Message">What it answered, without secrets.</param>
public sealed record AlertResult(bool IsSent, string Message);

/// <summary>Alerts as the operator sets and tries them.</summary>
public interface IAlerts
{
    /// <summary>The settings and the queue.</summary>
    Task<AlertsView> ViewAsync(CancellationToken cancellation);

    /// <summary>Changes one channel; answers what is wrong, as field and message, and then changes nothing.</summary>
    Task<(string Field, string Message)?> ChangeAsync(AlertChange change, CancellationToken cancellation);

    /// <summary>Sends a test over a channel at once, whether it is enabled or not.</summary>
    Task<AlertResult> TestAsync(AlertChannel channel, CancellationToken cancellation);
}
