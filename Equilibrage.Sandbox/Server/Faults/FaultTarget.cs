using Equilibrage.Core.Primitives;

namespace Equilibrage.Sandbox.Server.Faults;

/// <summary>Where a fault may strike; what is null is not known there and fits no rule that names it.</summary>
internal readonly record struct FaultTarget
{
    /// <summary><c>market</c>, <c>user</c> and so on, or null for a request.</summary>
    public string? Channel { get; init; }

    /// <summary>Number of the connection.</summary>
    public long? Socket { get; init; }

    /// <summary>A token, or both tokens of a market.</summary>
    public (TokenId First, TokenId? Second)? Assets { get; init; }

    /// <summary>A wallet.</summary>
    public AccountId? Account { get; init; }

    /// <summary>Method and path of a request, such as <c>POST /order</c>.</summary>
    public string? Route { get; init; }
}
