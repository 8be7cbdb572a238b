namespace Equilibrage.Core.Simulation;

/// <summary>What a price path is made of. Times are market seconds since the Unix epoch.</summary>
/// <param name="Key">Key of its randomness.</param>
/// <param name="ListedAt">Where it starts.</param>
/// <param name="DecidedAt">The instant that settles the question, at least one hour after <paramref
/// name="ListedAt"/>.</param>
/// <param name="KneeAt">Between the two: where the speed of news changes (kick-off, or the start of a dispute).</param>
/// <param name="KneeShare">Share of the gradual news that arrives before the knee, 0 to 1.</param>
/// <param name="StartValue">Price at the start, strictly between 0 and 1.</param>
/// <param name="VoidChance">Chance that both outcomes will pay one half, already in the price.</param>
/// <param name="IsVoid">True when that is how it will end.</param>
/// <param name="HistorySeconds">How far back before the start the path reaches.</param>
public sealed record PricePathSpec(
    ulong Key, long ListedAt, long DecidedAt, long KneeAt, double KneeShare, double StartValue, double VoidChance,
    bool IsVoid, int HistorySeconds);

/// <summary>
/// The fair price of a market's first outcome as a function of market time that can be asked for any second, in any
/// order. A Brownian motion x runs on operational time θ, which goes from 0 at the listing to 1 at the decision,
/// gradually with jumps; the price is Φ(x ∕ √(1 − θ)), the chance that x ends above zero. So it is an exact martingale,
/// converges to 0 or 1, and the resolution is drawn from it. Formulas: docs/practice-exchange.md.
/// </summary>
public sealed class PricePath
{
    private const int SecondsPerCell = 30;
    private const int MostJumps = 3;

    private readonly PricePathSpec spec;
    private readonly BrownianPath forward;
    private readonly BrownianPath backward;
    private readonly double start;
    private readonly double gradual;
    private readonly double historyVariance;
    private readonly (long At, double Size)[] jumps;

    /// <summary>Lays the path out; nothing is evaluated yet.</summary>
    public PricePath(PricePathSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        if (spec.DecidedAt < spec.ListedAt + 3600)
            throw new ArgumentException("A path needs at least an hour between listing and decision.", nameof(spec));
        this.spec = spec;
        var conditional = (spec.StartValue - (spec.VoidChance / 2)) / (1 - spec.VoidChance);
        start = Gaussian.Quantile(Math.Clamp(conditional, 1e-6, 1 - 1e-6));
        jumps = Jumps(spec);
        gradual = 1 - jumps.Sum(jump => jump.Size);
        var life = spec.DecidedAt - spec.ListedAt;
        forward = new(Noise.Bits(spec.Key, 1), BrownianPath.LevelsFor(life / SecondsPerCell));
        backward = new(Noise.Bits(spec.Key, 2), BrownianPath.LevelsFor(spec.HistorySeconds / SecondsPerCell));
        historyVariance = gradual * spec.HistorySeconds
            * (spec.KneeAt > spec.ListedAt ? spec.KneeShare / (spec.KneeAt - spec.ListedAt) : 1.0 / life);
    }

    /// <summary>What a share of the first outcome will pay: 1, 0 or one half.</summary>
    public double Payout => spec.IsVoid ? 0.5 : start + forward.End > 0 ? 1 : 0;

    /// <summary>The earliest second with a price.</summary>
    public long EarliestAt => spec.ListedAt - spec.HistorySeconds;

    /// <summary>
    /// The fair price at a market second, 0 to 1; before <see cref="EarliestAt"/> that of that second.
    /// </summary>
    public double At(long second)
    {
        if (second >= spec.DecidedAt)
            return Payout;
        double position, remaining;
        if (second >= spec.ListedAt)
        {
            var cell = Math.Min((long)(Operational(second) * forward.Cells), forward.Cells - 1);
            position = start + forward.At(cell);
            remaining = 1 - ((double)cell / forward.Cells);
        }
        else
        {
            var back = (double)Math.Min(spec.ListedAt - second, spec.HistorySeconds) / Math.Max(1, spec.HistorySeconds);
            var cell = (long)(back * backward.Cells);
            position = start + (Math.Sqrt(historyVariance) * backward.At(cell));
            remaining = 1 + (historyVariance * cell / backward.Cells);
        }

        var value = Gaussian.Probability(position / Math.Sqrt(remaining));
        return value + (spec.VoidChance * (0.5 - value));
    }

    private static (long At, double Size)[] Jumps(PricePathSpec spec)
    {
        var drawn = new (long, double)[Noise.Below(Noise.Bits(spec.Key, 3), MostJumps + 1)];
        for (var i = 0; i < drawn.Length; i++)
        {
            var when = Noise.Unit(Noise.Bits(spec.Key, 4, (ulong)i));
            var size = 0.03 + (0.12 * Noise.Unit(Noise.Bits(spec.Key, 5, (ulong)i)));
            drawn[i] = (spec.ListedAt + (long)(when * (spec.DecidedAt - spec.ListedAt)), size);
        }

        return drawn;
    }

    private double Operational(long second)
    {
        var news = second < spec.KneeAt
            ? spec.KneeShare * (second - spec.ListedAt) / (spec.KneeAt - spec.ListedAt)
            : spec.KneeShare
                + ((1 - spec.KneeShare) * (second - spec.KneeAt) / Math.Max(1, spec.DecidedAt - spec.KneeAt));
        var theta = gradual * news;
        foreach (var (at, size) in jumps)
        {
            if (second >= at)
                theta += size;
        }

        return theta;
    }
}
