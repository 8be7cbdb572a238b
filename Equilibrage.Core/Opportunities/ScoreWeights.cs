namespace Equilibrage.Core.Opportunities;

/// <summary>How much each factor counts: each 0 to 1, at least one positive. They need not add up to 1.</summary>
public sealed record ScoreWeights
{
    /// <summary>The defaults.</summary>
    public static ScoreWeights Default { get; } = new();

    /// <summary>Weight of liquidity.</summary>
    public decimal Liquidity { get; init; } = 0.35m;

    /// <summary>Weight of volatility.</summary>
    public decimal Volatility { get; init; } = 0.30m;

    /// <summary>Weight of whale activity.</summary>
    public decimal Whale { get; init; } = 0.20m;

    /// <summary>Weight of news.</summary>
    public decimal News { get; init; } = 0.15m;

    /// <summary>True when every weight lies between 0 and 1 and one of them is positive.</summary>
    public bool IsValid =>
        Liquidity is >= 0 and <= 1 && Volatility is >= 0 and <= 1 && Whale is >= 0 and <= 1 && News is >= 0 and <= 1
        && Liquidity + Volatility + Whale + News > 0;

    /// <summary>The weight of a factor.</summary>
    public decimal Of(FactorKind kind) => kind switch
    {
        FactorKind.Liquidity => Liquidity,
        FactorKind.Volatility => Volatility,
        FactorKind.Whale => Whale,
        FactorKind.News => News,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such factor."),
    };
}
