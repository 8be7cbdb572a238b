namespace Equilibrage.Core.State;

/// <summary>
/// The kill switch in force: nothing is entered, every working order is canceled, and exits, reconciliation and
/// settlement go on.
/// </summary>
/// <param name="Cause">What pulled it.</param>
/// <param name="Reason">Why, in words.</param>
/// <param name="Since">Both clocks at the first cause.</param>
/// <param name="AcknowledgedAt">
/// Wall time at which the venue confirmed that no order is open; null while some may be.
/// </param>
/// <param name="Canceled">Orders that the venue canceled for it, once acknowledged.</param>
public sealed record Halt(
    HaltCause Cause, string Reason, Stamp Since, DateTimeOffset? AcknowledgedAt = null, int Canceled = 0);

/// <summary>How far canceling everything has come; forgotten on a restart, which begins anew.</summary>
/// <param name="Canceled">Orders canceled so far.</param>
/// <param name="Left">Orders that may still be open; null before the venue told.</param>
/// <param name="Problem">Why the venue could not be asked; null when it could.</param>
public sealed record HaltProgress(int Canceled, int? Left, string? Problem)
{
    /// <summary>Nothing is known yet.</summary>
    public static HaltProgress None { get; } = new(0, null, null);
}
