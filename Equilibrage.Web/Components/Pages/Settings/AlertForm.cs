using Equilibrage.Core.Ports;
using Equilibrage.Core.Projections;

namespace Equilibrage.Web.Components.Pages.Settings;

/// <summary>One channel as it is typed. What is set is shown masked and stays unless something is typed.</summary>
public sealed class AlertForm(AlertChannel channel)
{
    private readonly HashSet<AlertKind> _kinds = [];

    /// <summary>Which channel.</summary>
    public AlertChannel Channel => channel;

    /// <summary>Whether alerts go there.</summary>
    public bool IsEnabled { get; set; }

    /// <summary>What was typed as the target; empty for no change.</summary>
    public string? Target { get; set; }

    /// <summary>What was typed as the token; empty for no change.</summary>
    public string? Token { get; set; }

    /// <summary>What is set, masked; null for nothing.</summary>
    public string? Shown { get; private set; }

    /// <summary>True when a token is set.</summary>
    public bool HasToken { get; private set; }

    /// <summary>What goes there.</summary>
    public IReadOnlySet<AlertKind> Kinds => _kinds;

    /// <summary>What became of the last click.</summary>
    public string? Message { get; private set; }

    /// <summary>True when the message is a complaint.</summary>
    public bool IsWrong { get; private set; }

    /// <summary>What the target is called.</summary>
    public string TargetLabel => channel == AlertChannel.Telegram ? "Chat id" : "Address";

    /// <summary>What one looks like.</summary>
    public string Example => channel switch
    {
        AlertChannel.Discord => "https://discord.com/api/webhooks/…",
        AlertChannel.Telegram => "-100123…",
        _ => "https://example.com/hook",
    };

    /// <summary>Takes what is set.</summary>
    public void Take(AlertChannelView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        (IsEnabled, Shown, HasToken, Target, Token) = (view.IsEnabled, view.Target, view.HasToken, null, null);
        _kinds.Clear();
        _kinds.UnionWith(view.Kinds);
        if (Message is null && view.LastResult is { } last)
            Say($"Last: {last}", isWrong: false);
    }

    /// <summary>Ticks or unticks a kind.</summary>
    public void Toggle(AlertKind kind)
    {
        if (!_kinds.Remove(kind)) _kinds.Add(kind);
    }

    /// <summary>Shows what became of a click.</summary>
    public void Say(string message, bool isWrong) => (Message, IsWrong) = (message, isWrong);

    /// <summary>What saving asks for.</summary>
    public AlertChange ToChange() => new(
        channel, IsEnabled, string.IsNullOrWhiteSpace(Target) ? null : Target,
        string.IsNullOrWhiteSpace(Token) ? null : Token, [.. _kinds]);
}
