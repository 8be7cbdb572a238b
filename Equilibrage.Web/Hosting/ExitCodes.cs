namespace Equilibrage.Web.Hosting;

/// <summary>What the process tells its starter: only a crash is worth a restart.</summary>
internal static class ExitCodes
{
    /// <summary>Stopped as asked.</summary>
    public const int Done = 0;

    /// <summary>An audit or the doctor found something that has to be mended.</summary>
    public const int Differs = 1;

    /// <summary>The command line is wrong.</summary>
    public const int Usage = 2;

    /// <summary>
    /// The data folder, the universe or the configuration does not allow a start; restarting would not help.
    /// </summary>
    public const int Refused = 3;

    /// <summary>It was asked for, and nobody confirmed that it is done.</summary>
    public const int Unconfirmed = 4;

    /// <summary>Another wallet was set: the supervisor starts the process again, which is no crash.</summary>
    public const int Again = 75;

    /// <summary>An invariant broke, or something unexpected happened; starting again recovers.</summary>
    public const int Crashed = 70;
}
