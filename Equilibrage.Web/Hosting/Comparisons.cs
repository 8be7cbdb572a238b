using Equilibrage.Core.State;

namespace Equilibrage.Web.Hosting;

/// <summary>
/// When our books are held against the venue's record: until they were found equal after a start, every minute of wall
/// time after that, and at once when somebody asks. A quiet moment is preferred, but not waited for.
/// </summary>
internal sealed class Comparisons
{
    /// <summary>Between two comparisons of books that were equal.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan QuietPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BusyPause = TimeSpan.FromSeconds(5);

    private bool isAsked = true;
    private DateTimeOffset lastAsked;
    private DateTimeOffset lastDone;

    /// <summary>Wants a comparison as soon as possible.</summary>
    public void Ask() => isAsked = true;

    /// <summary>True when the account is to be read now; then it counts as asked for.</summary>
    /// <param name="state">Our books.</param>
    /// <param name="isBusy">True while something is on its way to or from the venue.</param>
    /// <param name="now">Steady time.</param>
    public bool TryBegin(EngineState state, bool isBusy, DateTimeOffset now)
    {
        var isDue = isAsked || !state.IsReconciled || now - lastDone >= Interval;
        if (!isDue || now - lastAsked < (isBusy || !IsAtRest(state) ? BusyPause : QuietPause))
            return false;
        lastAsked = now;
        return true;
    }

    /// <summary>The books were held against what was read.</summary>
    public void Done(DateTimeOffset now) => (isAsked, lastDone) = (false, now);

    /// <summary>
    /// From which market time on the account's activity is to be read. The mark lies behind what was booked, so that
    /// what a venue lists late is not skipped; what is read twice is known by its id.
    /// </summary>
    public static DateTimeOffset SinceOf(EngineState state) => state.Watermark ?? state.OpenedAt;

    private static bool IsAtRest(EngineState state) => !state.PendingOperations.Any()
        && state.Ledger.Pending.Count == 0 && state.Orders.Values.All(order => !order.IsWorking);
}
