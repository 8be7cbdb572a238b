using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.Simulation;

/// <summary>By what a user's action on the chain was asked for.</summary>
/// <param name="Operation">The operation of a desk in this process, if it was one.</param>
/// <param name="TransactionHash">The transaction, if it came in one.</param>
public sealed record ActionOrigin(OperationId? Operation, string? TransactionHash = null);
