using Equilibrage.Core.Strategies.TwoSided;

namespace Equilibrage.Core.Strategies;

/// <summary>Every strategy of the product, one line each.</summary>
public static class StrategyCatalog
{
    /// <summary>New instances of all strategies, for one engine.</summary>
    public static IReadOnlyList<IStrategy> CreateAll() =>
    [
        new EquilibrageStrategy(),
    ];
}
