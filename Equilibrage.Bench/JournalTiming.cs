namespace Equilibrage.Bench;

/// <summary>How fast the journal took outputs in commits of one size.</summary>
/// <param name="Most">Outputs after which a commit was made.</param>
/// <param name="Commits">Commits.</param>
/// <param name="Outputs">Outputs in them.</param>
/// <param name="Seconds">How long all of them took.</param>
/// <param name="OwnCpu">Processor time of this process meanwhile.</param>
/// <param name="ServerCpu">Processor time of the server's processes.</param>
internal sealed record GroupTiming(
    int Most, int Commits, long Outputs, double Seconds, TimeSpan OwnCpu, TimeSpan ServerCpu)
{
    public double PerSecond => Outputs / Seconds;

    public double OwnMicroseconds => OwnCpu.TotalMicroseconds / Outputs;

    public double ServerMicroseconds => ServerCpu.TotalMicroseconds / Outputs;
}

/// <summary>The journal's speed.</summary>
/// <param name="Load">The machine's load averages before the run.</param>
/// <param name="Groups">Throughput by size of commit.</param>
/// <param name="Sends">From before a decision until its order may be sent.</param>
/// <param name="Floor">What the smallest possible commit takes here.</param>
internal sealed record JournalTiming(
    string Load, IReadOnlyList<GroupTiming> Groups, LatencyHistogram Sends, LatencyHistogram Floor);
