using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.State;

/// <summary>What one layer of risk leaves for an entry; the smallest of all layers is entered.</summary>
/// <param name="Name">The layer, such as <c>market</c>; the names stand in docs/risk.md.</param>
/// <param name="Size">Dollars that it leaves, fees included; zero or less leaves nothing.</param>
/// <param name="Detail">The numbers behind it.</param>
public sealed record SizeLayer(string Name, Usdc Size, string Detail);
