using System.Globalization;
using Equilibrage.Core.Books;
using Equilibrage.Core.State;

namespace Equilibrage.Core.Engine;

/// <summary>
/// What a jump of the wall clock ends: after a sleep nothing that was seen before is recent, and after a clock was set
/// nobody knows how old it is. Books wait for fresh snapshots, entries for a comparison, and proofs by waiting begin
/// anew.
/// </summary>
internal static class ClockJumps
{
    /// <summary>Distrusts what time may have changed, and tells the operator.</summary>
    public static void Absorb(EngineState state, EngineEvent.ClockJumped jumped, Recorder record)
    {
        foreach (var book in state.Books.Values)
            book.Distrust(BookTrust.Untrusted);
        state.AbsentSince.Clear();
        state.Suspected.Clear();
        state.IsReconciled = false;
        var seconds = Math.Abs(jumped.By.TotalSeconds).ToString("#,0", CultureInfo.InvariantCulture);
        var cause = jumped.By > TimeSpan.Zero ? "forward: the machine slept, or its clock was set" : "back: it was set";
        record.Emit(new EngineOutput.IncidentRaised(
            "the wall clock jumped",
            $"It moved {seconds} s {cause}. All books are read anew and compared before anything is entered.",
            Kind: IncidentKind.Clock));
    }
}
