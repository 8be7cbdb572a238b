using Equilibrage.Core.State;

namespace Equilibrage.Core.Projections;

/// <summary>What an operator may want to hear of without looking at a page.</summary>
public enum AlertKind
{
    /// <summary>A leg fell, rose or timed out and is being sold.</summary>
    Liquidation,

    /// <summary>A position was decided and is being entered.</summary>
    PositionOpened,

    /// <summary>A position is over.</summary>
    PositionClosed,

    /// <summary>An entry stands on one leg.</summary>
    OneLeg,

    /// <summary>Something needs the operator's eye, or no longer does.</summary>
    Incident,

    /// <summary>Market data was lost, or is back.</summary>
    Feed,

    /// <summary>The kill switch was pulled, acknowledged or cleared.</summary>
    Halt,

    /// <summary>The day's figures.</summary>
    DailySummary,
}

/// <summary>One alert.</summary>
/// <param name="Id">Its id, derived from what it tells of, so that it is the same after a restart.</param>
/// <param name="Kind">What it is about.</param>
/// <param name="Title">What happened.</param>
/// <param name="Text">The numbers; empty when the title says all.</param>
/// <param name="At">Both clocks.</param>
public sealed record Alert(string Id, AlertKind Kind, string Title, string Text, Stamp At);
