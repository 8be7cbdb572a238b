using Equilibrage.Core.Projections;
using Equilibrage.Core.State;

namespace Equilibrage.Core.Ports;

/// <summary>What pages, endpoints and hubs hold on to: the live view, and one way to ask for something.</summary>
public interface IDesk
{
    /// <summary>The latest view.</summary>
    DeskView Current { get; }

    /// <summary>Mode and market clock speed of this process.</summary>
    DeskInfo Info { get; }

    /// <summary>
    /// Calls back after the view changed, at most once per 100 ms, until disposed. Never blocks the engine.
    /// </summary>
    IDisposable Subscribe(Func<Task> changed);

    /// <summary>Sends a command and waits until it was journalled and answered.</summary>
    Task<CommandOutcome> SendAsync(OperatorCommand command, CancellationToken cancellation);

    /// <summary>Scans now and waits for the result.</summary>
    Task<ScanView> ScanAsync(CancellationToken cancellation);
}

/// <summary>What does not change while the process runs.</summary>
/// <param name="Mode">Mode, such as <c>sandbox</c>.</param>
/// <param name="Account">The account.</param>
/// <param name="Speed">Market seconds per wall second; 1 outside the practice exchange.</param>
/// <param name="Universe">
/// What is traded, in a few words, such as <c>35,901 markets of gamma.jsonl.gz, seed 7</c>.
/// </param>
/// <param name="Version">Version of the program.</param>
/// <param name="CrashCount">How often the process was restarted after a crash.</param>
/// <param name="StartedAt">Wall time of the start.</param>
public sealed record DeskInfo(
    string Mode, string Account, decimal Speed, string Universe,
    string Version, int CrashCount, DateTimeOffset StartedAt);

/// <summary>
/// The desk cannot take a command now (starting, recovering, database away); asking again later may succeed.
/// </summary>
public sealed class DeskUnavailableException(string message) : Exception(message);
