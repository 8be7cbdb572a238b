using Equilibrage.Core.Accounting;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.Projections;
using Equilibrage.Core.State;
using Equilibrage.Web.Components.Controls;

namespace Equilibrage.Web.Components;

/// <summary>The words that every page uses for the values of the domain.</summary>
public static class Words
{
    /// <summary>A state of a position, short enough for a badge.</summary>
    public static string Of(PositionState state) => Say.Of(state);

    /// <summary>What pulled the kill switch.</summary>
    public static string Of(HaltCause cause) => cause switch
    {
        HaltCause.Operator => "By the operator",
        HaltCause.File => "By the halt file",
        HaltCause.Environment => "By the environment",
        HaltCause.DailyLoss => "Loss of the day",
        HaltCause.Drawdown => "Fall from the peak",
        HaltCause.Errors => "Errors in a row",
        HaltCause.FeedLost => "Feed lost",
        _ => throw new ArgumentOutOfRangeException(nameof(cause), cause, "No such cause."),
    };

    /// <summary>What opened a breaker.</summary>
    public static string Of(CallFault fault) => fault switch
    {
        CallFault.Rejected => "orders were refused",
        CallFault.CancelFailed => "cancels failed",
        CallFault.Slow => "answers were slow",
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, "No such fault."),
    };

    /// <summary>What a state means, in a sentence.</summary>
    public static string Explain(PositionState state) => state switch
    {
        PositionState.Planned => "Approved and sized; nothing has been sent.",
        PositionState.EnteringLeg1 => "The leg that is harder to get is being bought.",
        PositionState.EnteringLeg2 => "The other leg is being bought.",
        PositionState.Active => "Everything planned is held and the triggers are armed.",
        PositionState.Liquidating => "One leg fell to its trigger and is being sold.",
        PositionState.HoldingWinner => "One leg is sold; the other is held until the market resolves.",
        PositionState.Closing => "All that is held is being sold.",
        PositionState.Unwinding => "The entry failed half-way; what was bought is being sold again.",
        PositionState.Closed => "Nothing is held any more.",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "No such state."),
    };

    /// <summary>The colour of a journal line.</summary>
    public static Tone Of(JournalTone tone) => tone switch
    {
        JournalTone.Info => Tone.Info,
        JournalTone.Good => Tone.Good,
        JournalTone.Warn => Tone.Warn,
        JournalTone.Bad => Tone.Bad,
        _ => Tone.Neutral,
    };

    /// <summary>The colour of a state.</summary>
    public static Tone ToneOf(PositionState state) => state switch
    {
        PositionState.Active => Tone.Good,
        PositionState.HoldingWinner => Tone.Info,
        PositionState.Liquidating or PositionState.Unwinding or PositionState.Closing => Tone.Warn,
        _ => Tone.Neutral,
    };

    /// <summary>Why a leg ended.</summary>
    public static string Of(ExitReason reason) => Say.Of(reason);

    /// <summary>How a market ended.</summary>
    public static string Of(ResolutionKind kind) => Say.Of(kind);

    /// <summary>A refusing rule, short enough for a chip: "Price band".</summary>
    public static string Short(DenyReason reason)
    {
        var words = reason.Code().Replace('_', ' ');
        return char.ToUpperInvariant(words[0]) + words[1..];
    }

    /// <summary>A category as a word: "sports" is "Sports".</summary>
    public static string Category(string category) =>
        string.IsNullOrEmpty(category) ? "Unclassified" : char.ToUpperInvariant(category[0]) + category[1..];

    /// <summary>Shares with at most two decimals.</summary>
    public static string Shares(Quantity quantity) => Format.Number(quantity.ToDecimal(), 2);

    /// <summary>What finally refused an opportunity; null when it may be entered.</summary>
    public static Denial? FinalDenial(this OpportunityView item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return item.Opportunity.Denial ?? item.Verdict;
    }

    /// <summary>The rule of <see cref="FinalDenial"/>, without building its sentence.</summary>
    public static DenyReason? FinalReason(this OpportunityView item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return item.Opportunity.Refusal?.Reason ?? item.Verdict?.Reason;
    }

    /// <summary>True when the operator may try to enter; threshold and pause bind only automatic entries.</summary>
    public static bool MayEnterByHand(this OpportunityView item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return item.FinalReason() is null or DenyReason.BelowThreshold or DenyReason.EntriesPaused;
    }
}
