using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.Simulation.Paper;

/// <summary>An order of a paper account, with all that has happened to it.</summary>
public sealed class PaperOrder(PreparedOrder prepared)
{
    private readonly List<Fill> fills = [];
    private string? reason;

    /// <summary>What was decided.</summary>
    public OrderCommand Command => prepared.Command;

    /// <summary>Its id.</summary>
    public VenueOrderId Id => prepared.VenueOrderId;

    /// <summary>Where it stands.</summary>
    public OrderStatus Status { get; private set; } = OrderStatus.Accepted;

    /// <summary>Shares that are not executed; zero when a purchase by dollars got more than was planned.</summary>
    public Quantity Remaining { get; private set; } = prepared.Command.Quantity;

    /// <summary>How many executions it has had.</summary>
    public int FillCount => fills.Count;

    /// <summary>The order as a venue shows it.</summary>
    public VenueOrder View() => new(Id, Status, [.. fills], reason);

    internal void Add(Fill fill, OrderStatus status)
    {
        fills.Add(fill);
        Remaining -= Quantity.Min(Remaining, fill.Quantity);
        Status = status;
    }

    internal void End(OrderStatus status, string? why) => (Status, reason) = (status, why ?? reason);
}
