namespace Equilibrage.Core.Orders;

/// <summary>
/// The life of an order: which report moves it where. Reports come over several channels, may come twice and overtake
/// each other, so a report that is older news than what is known changes nothing. Table: docs/money.md.
/// </summary>
public static class OrderLife
{
    /// <summary>
    /// The status after a report; null when the report changes nothing. Terminal statuses never reopen: executions that
    /// come later, and those that fail, change quantities only.
    /// </summary>
    /// <param name="from">The status that is known.</param>
    /// <param name="cause">What reports.</param>
    /// <param name="told">The status that it reports.</param>
    public static OrderStatus? Next(OrderStatus from, OrderCause cause, OrderStatus told)
    {
        if (from.IsTerminal() || from == told)
            return null;
        return told switch
        {
            // We write it, nobody tells us.
            OrderStatus.Submitted => null,
            // Only the missing answer makes an order unknown, and only while nothing else was heard of it.
            OrderStatus.Unknown => from == OrderStatus.Submitted && cause == OrderCause.NoAnswer ? told : null,
            OrderStatus.Delayed => IsUnheard(from) ? told : null,
            OrderStatus.Accepted => IsUnheard(from) || from == OrderStatus.Delayed ? told : null,
            OrderStatus.PartiallyFilled => told,
            OrderStatus.Rejected => Refuse(from, cause),
            OrderStatus.Filled or OrderStatus.Canceled or OrderStatus.Expired => told,
            _ => throw new ArgumentOutOfRangeException(nameof(told), told, "No such status."),
        };
    }

    /// <summary>
    /// An order that the venue has shown cannot have been refused: a late refusal by another channel is older news, and
    /// one that the venue shows no more has ended.
    /// </summary>
    private static OrderStatus? Refuse(OrderStatus from, OrderCause cause)
    {
        if (IsUnheard(from) || from == OrderStatus.Delayed)
            return OrderStatus.Rejected;
        return cause is OrderCause.LookUp or OrderCause.Absence ? OrderStatus.Canceled : null;
    }

    private static bool IsUnheard(OrderStatus status) => status is OrderStatus.Submitted or OrderStatus.Unknown;
}
