using Equilibrage.Core.Markets;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.Simulation;

/// <summary>
/// A user's order at the simulated venue, with all that has happened to it. Written by the venue only.
/// </summary>
internal sealed class VenueOrderState(PreparedOrder prepared, AccountId account, FeeSchedule fees, long sequence)
{
    private readonly List<Fill> fills = [];

    public PreparedOrder Prepared { get; } = prepared;

    public OrderCommand Command => Prepared.Command;

    public VenueOrderId Id => Prepared.VenueOrderId;

    public AccountId Account { get; } = account;

    public FeeSchedule Fees { get; } = fees;

    /// <summary>When it was matched or began to rest, in the venue's count.</summary>
    public long Sequence { get; set; } = sequence;

    public OrderStatus Status { get; set; } = OrderStatus.Accepted;

    public string? Reason { get; set; }

    /// <summary>When a delayed order is matched, milliseconds of market time.</summary>
    public long DueAtMs { get; set; }

    /// <summary>Micro-shares that are not executed.</summary>
    public long Remaining { get; private set; } = prepared.Command.Quantity.ToMicros;

    public IReadOnlyList<Fill> Fills => fills;

    public bool IsOpen => !Status.IsTerminal();

    /// <summary>A bid on the axis of the first outcome: buys the first or sells the second.</summary>
    public bool IsBid => (Command.Side == Side.Buy) == (Command.Outcome == Outcome.Yes);

    /// <summary>The limit on the axis of the first outcome.</summary>
    public Price AxisLimit => Command.Outcome == Outcome.Yes ? Command.Limit : Command.Limit.Complement;

    /// <summary>Dollars kept aside for it: its cost, and while it may still take, its fee.</summary>
    public Usdc ReservedCash
    {
        get
        {
            if (!IsOpen || Command.Side == Side.Sell)
                return Usdc.Zero;
            var rest = Quantity.FromMicros(Remaining);
            var fee = Status == OrderStatus.Delayed ? Fees.TakerFeeBudget(Command.Limit, rest) : Usdc.Zero;
            return Command.Limit.CostOf(rest) + fee;
        }
    }

    /// <summary>Micro-shares kept aside for it.</summary>
    public long ReservedShares => IsOpen && Command.Side == Side.Sell ? Remaining : 0;

    public void Add(Fill fill)
    {
        fills.Add(fill);
        Remaining -= fill.Quantity.ToMicros;
    }

    /// <summary>Forgets an execution whose settlement failed; its shares do not work again.</summary>
    public void Void(Fill fill) => fills.Remove(fill);

    public VenueOrder View() => new(Id, Status, [.. fills], Reason);
}
