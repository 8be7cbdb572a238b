namespace Equilibrage.Adapters.Storage.Server;

/// <summary>Where the private server lives and how long things may take.</summary>
internal sealed record EmbeddedPostgresOptions
{
    /// <summary>The application's data folder. Created when missing.</summary>
    public required string DataFolder { get; init; }

    /// <summary>The folder from which <c>node_modules</c> is searched upward.</summary>
    public string SearchRoot { get; init; } = AppContext.BaseDirectory;

    /// <summary>Home of clusters and server programs when the application runs as root.</summary>
    public string SystemFolder { get; init; } = "/var/lib/equilibrage";

    /// <summary>False gives up crash safety for speed: for test databases only.</summary>
    public bool IsDurable { get; init; } = true;

    /// <summary>How long a start may take, crash recovery included.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long a stop may take before the next harder signal.</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Clock of waits and back-off.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
