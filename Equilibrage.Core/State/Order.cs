using System.Collections.Immutable;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.State;

/// <summary>One of our orders as we know it.</summary>
public sealed record Order
{
    /// <summary>What was sent.</summary>
    public required PreparedOrder Prepared { get; init; }

    /// <summary>Where it stands.</summary>
    public required OrderStatus Status { get; init; }

    /// <summary>Why it sells; null for a purchase.</summary>
    public ExitReason? Reason { get; init; }

    /// <summary>Collateral still set aside for it.</summary>
    public Usdc Reserved { get; init; }

    /// <summary>Its executions so far.</summary>
    public ImmutableList<Fill> Fills { get; init; } = [];

    /// <summary>Trades among them that failed to settle; kept, so that a repeated report is known.</summary>
    public ImmutableHashSet<TradeId> Voided { get; init; } = [];

    /// <summary>Both clocks at submission.</summary>
    public required Stamp SubmittedAt { get; init; }

    /// <summary>Both clocks when the venue was asked to cancel it; null when it was not, or refused.</summary>
    public Stamp? CancelRequestedAt { get; init; }

    /// <summary>The venue's words, if any.</summary>
    public string? Why { get; init; }

    /// <summary>What was decided.</summary>
    public OrderCommand Command => Prepared.Command;

    /// <summary>Shares executed so far, failed trades aside.</summary>
    public Quantity Filled => Quantity.FromMicros(
        Fills.Where(fill => !Voided.Contains(fill.TradeId)).Sum(fill => fill.Quantity.ToMicros));

    /// <summary>True while it is known to rest in the book, where it can be canceled.</summary>
    public bool IsResting => Command.Type is OrderType.Gtc or OrderType.Gtd
        && (Status is OrderStatus.Accepted or OrderStatus.PartiallyFilled);

    /// <summary>True while it may still execute.</summary>
    public bool IsWorking => !Status.IsTerminal();
}
