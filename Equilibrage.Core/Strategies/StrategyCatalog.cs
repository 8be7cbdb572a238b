using Equilibrage.Core.Strategies.TwoSided;

namespace Equilibrage.Core.Strategies;

/// <summary>Every strategy of the product, one line each.</summary>
public static class StrategyCatalog
{
    /// <summary>The strategy whose plan scans are judged by.</summary>
    public static IStrategy Primary { get; } = new EquilibrageStrategy();

    /// <summary>New instances of all strategies, for one engine.</summary>
    public static IReadOnlyList<IStrategy> CreateAll() =>
    [
        new EquilibrageStrategy(),
    ];
}
