using Equilibrage.Core.Primitives;

namespace Equilibrage.Adapters.Storage.Writing;

/// <summary>What rows repeat of a market.</summary>
/// <param name="Name">The question.</param>
/// <param name="PayoutYes">What the first outcome pays; null before the end.</param>
internal sealed record MarketFacts(string Name, Price? PayoutYes);
