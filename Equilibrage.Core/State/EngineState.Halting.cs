namespace Equilibrage.Core.State;

public sealed partial class EngineState
{
    /// <summary>The kill switch in force; null while trading is allowed.</summary>
    public Halt? Halt { get; private set; }

    /// <summary>How far canceling everything has come; forgotten on a restart.</summary>
    public HaltProgress HaltProgress { get; set; } = HaltProgress.None;

    /// <summary>
    /// Switches outside the program that are on, with their words: while one is, nobody can resume. Read again after a
    /// restart.
    /// </summary>
    public Dictionary<HaltCause, string> HaltSwitches { get; } = [];

    // A lost feed clears itself: a cause that does not takes its place, and what was acknowledged stays so.
    private void Fold(EngineOutput.Halted halted, Stamp at) =>
        Halt = Halt is { } earlier
            ? earlier with { Cause = halted.Cause, Reason = halted.Reason }
            : new(halted.Cause, halted.Reason, at);

    private void Fold(EngineOutput.HaltAcknowledged acknowledged, Stamp at) => Halt = Halt is { } halt
        ? halt with { AcknowledgedAt = at.RecordedAt, Canceled = acknowledged.Canceled }
        : throw new InvalidOperationException("A halt is acknowledged that was never begun.");

    private void Fold(EngineOutput.Resumed _)
    {
        if (Halt?.Cause != HaltCause.FeedLost)
            ForgetFaults();
        (Halt, HaltProgress) = (null, HaltProgress.None);
    }
}
