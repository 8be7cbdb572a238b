using Equilibrage.Core.Orders;

namespace Equilibrage.Core.Simulation;

/// <summary>What became of an operation: what it moved, or why it was not carried out.</summary>
public sealed record OperationResult(ChainReceipt? Receipt, VenueError? Error)
{
    /// <summary>It was not carried out.</summary>
    public static OperationResult Fail(VenueErrorKind kind, string why) => new(null, new(kind, why));
}
