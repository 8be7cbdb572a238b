using Equilibrage.Core.Orders;
using Equilibrage.Polymarket.Chain;

namespace Equilibrage.Adapters.Polymarket.Operations;

/// <summary>What an operation takes: a call, or nothing at all, or why it cannot be done.</summary>
/// <param name="Call">The call; null where there is nothing to be done, or nothing can be.</param>
/// <param name="Error">Why nothing can be done: what is unavailable may be later.</param>
internal sealed record OperationPlan(ContractCall? Call, VenueError? Error)
{
    /// <summary>Nothing is there to be moved.</summary>
    public static OperationPlan Nothing { get; } = new(null, null);

    /// <summary>It takes a call.</summary>
    public static OperationPlan Of(ContractCall call) => new(call, null);

    /// <summary>It cannot be done now.</summary>
    public static OperationPlan Later(string why) => new(null, new(VenueErrorKind.Unavailable, why));

    /// <summary>It cannot be done.</summary>
    public static OperationPlan Never(string why) => new(null, new(VenueErrorKind.Refused, why));
}
