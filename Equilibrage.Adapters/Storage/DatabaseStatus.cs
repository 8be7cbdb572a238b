namespace Equilibrage.Adapters.Storage;

/// <summary>Whether the database can be used.</summary>
internal enum DatabaseState
{
    /// <summary>Not started yet.</summary>
    Starting,

    /// <summary>Serving.</summary>
    Running,

    /// <summary>Died while in use and is being started again: nothing may be decided or sent.</summary>
    Restarting,

    /// <summary>Stopped on purpose.</summary>
    Stopped,
}

/// <summary>The database as the readiness check and the pages show it.</summary>
/// <param name="State">Whether it can be used.</param>
/// <param name="CrashCount">How often it died since the application started.</param>
/// <param name="Message">What happened last, for people.</param>
internal sealed record DatabaseStatus(DatabaseState State, int CrashCount, string Message);
