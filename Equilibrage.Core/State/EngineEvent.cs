using Equilibrage.Core.Markets;
using Equilibrage.Core.Opportunities;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.State;

/// <summary>A fact that reaches the engine's one inbox, stamped with both clocks.</summary>
public abstract record EngineEvent(Stamp At)
{
    /// <summary>The first event of a new account: its capital.</summary>
    public sealed record Opened(Stamp At, Usdc Capital) : EngineEvent(At);

    /// <summary>The feed reported.</summary>
    public sealed record Fed(Stamp At, FeedEvent Report) : EngineEvent(At);

    /// <summary>The catalogue as it is now.</summary>
    public sealed record Catalogued(Stamp At, IReadOnlyList<Market> Markets) : EngineEvent(At);

    /// <summary>
    /// The tokens whose books are followed from now on; what else arrives of books is not to be believed.
    /// </summary>
    public sealed record Followed(Stamp At, IReadOnlySet<TokenId> Tokens) : EngineEvent(At);

    /// <summary>A scan of the whole catalogue, done outside the loop.</summary>
    public sealed record Scanned(Stamp At, ScanResult Scan) : EngineEvent(At);

    /// <summary>Time to look at every position.</summary>
    public sealed record MonitorDue(Stamp At) : EngineEvent(At);

    /// <summary>The venue answered a submit, or nothing is known of it.</summary>
    /// <param name="At">When.</param>
    /// <param name="ClientOrderId">Our order.</param>
    /// <param name="Answer">The answer; null when there is none.</param>
    /// <param name="Error">Why there is none.</param>
    public sealed record Answered(Stamp At, ClientOrderId ClientOrderId, SubmitAnswer? Answer, VenueError? Error)
        : EngineEvent(At);

    /// <summary>The venue refused to cancel an order that works, or may.</summary>
    public sealed record CancelFailed(Stamp At, ClientOrderId ClientOrderId, VenueError Error) : EngineEvent(At);

    /// <summary>
    /// The venue's record of one of our orders, asked for because its fate was unknown or it was to be canceled; null =
    /// it has none and never will.
    /// </summary>
    public sealed record LookedUp(Stamp At, ClientOrderId ClientOrderId, VenueOrder? Order) : EngineEvent(At);

    /// <summary>
    /// One of our orders was looked for and its id canceled, and the venue, which promises nothing about unknown ids,
    /// shows no trace of it; with its record of the account at that moment.
    /// </summary>
    public sealed record Sought(Stamp At, ClientOrderId ClientOrderId, VenueAccount Account) : EngineEvent(At);

    /// <summary>The venue refused something that was asked beside orders; asking again at once is pointless.</summary>
    public sealed record Declined(Stamp At, string Subject, VenueError Error) : EngineEvent(At);

    /// <summary>The venue carried an operation out, or will not.</summary>
    /// <param name="At">When.</param>
    /// <param name="OperationId">Which.</param>
    /// <param name="Receipt">What it moved; null when it was refused.</param>
    /// <param name="Error">Why it was refused.</param>
    public sealed record Executed(Stamp At, OperationId OperationId, ChainReceipt? Receipt, VenueError? Error)
        : EngineEvent(At);

    /// <summary>The venue's record of the whole account, to be held against ours.</summary>
    /// <param name="At">When.</param>
    /// <param name="Account">Balances and working orders.</param>
    /// <param name="Activity">What moved them since the last comparison; null when it was not read.</param>
    public sealed record Compared(Stamp At, VenueAccount Account, AccountActivity? Activity = null) : EngineEvent(At);

    /// <summary>The operator armed or disarmed the desk, or an arming expired.</summary>
    /// <param name="At">When.</param>
    /// <param name="Permission">What may be sent from now on.</param>
    /// <param name="Why">What led to it, for the journal.</param>
    public sealed record Permitted(Stamp At, OrderPermission Permission, string Why) : EngineEvent(At);

    /// <summary>
    /// The wall clock moved otherwise than time passed: it was set, or the machine slept. What was believed of the
    /// outside world is to be asked for again.
    /// </summary>
    /// <param name="At">When, by the clock as it is now.</param>
    /// <param name="By">How far it moved beyond what passed; negative for a clock that was set back.</param>
    public sealed record ClockJumped(Stamp At, TimeSpan By) : EngineEvent(At);

    /// <summary>The operator asked.</summary>
    public sealed record Commanded(Stamp At, OperatorCommand Command) : EngineEvent(At);

    /// <summary>
    /// The venue was asked to cancel every order of the account and then for those that are still open.
    /// </summary>
    /// <param name="At">When.</param>
    /// <param name="Canceled">Orders that it canceled now.</param>
    /// <param name="Open">Orders that it still shows; null when it did not answer.</param>
    /// <param name="Error">Why it did not.</param>
    public sealed record CanceledAll(Stamp At, int Canceled, IReadOnlyList<VenueOrder>? Open, VenueError? Error)
        : EngineEvent(At);

    /// <summary>A kill switch outside the program (its file, its variable) was read.</summary>
    /// <param name="At">When.</param>
    /// <param name="Switch">Which.</param>
    /// <param name="Reason">What it says; null while it is off.</param>
    public sealed record SwitchRead(Stamp At, HaltCause Switch, string? Reason) : EngineEvent(At);

    /// <summary>The feeds were looked at.</summary>
    /// <param name="At">When.</param>
    /// <param name="Lost">What is lost for longer than its grace; null when nothing is.</param>
    public sealed record FeedWatched(Stamp At, string? Lost) : EngineEvent(At);
}
