namespace Equilibrage.Adapters.Polymarket.Operations;

/// <summary>Another process works on the same operation.</summary>
internal sealed class OperationTakenException(string id)
    : Exception($"Another process works on operation {id}: what it does is read before anything else.");
