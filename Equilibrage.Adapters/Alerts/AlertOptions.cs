namespace Equilibrage.Adapters.Alerts;

/// <summary>How alerts are sent.</summary>
public sealed record AlertOptions
{
    /// <summary>The account whose journal is watched.</summary>
    public required string Account { get; init; }

    /// <summary>The data folder; the settings stand in a file there that its owner alone can read.</summary>
    public required string DataFolder { get; init; }

    /// <summary>True to let addresses of this machine be used, plain HTTP too; for receivers of one's own and tests.
    /// </summary>
    public bool AllowsLoopback { get; init; }

    /// <summary>Where Telegram's bot interface is.</summary>
    public Uri TelegramRoot { get; init; } = new("https://api.telegram.org/");

    /// <summary>Most alerts that wait; the oldest are dropped beyond.</summary>
    public int MostQueued { get; init; } = 1_000;

    /// <summary>How often the journal is looked at and what is due is sent.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a channel may take to answer.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);
}
