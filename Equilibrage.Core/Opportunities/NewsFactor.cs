using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.Opportunities;

/// <summary>The headlines about a market in the last 48 hours, as a news provider counted them.</summary>
/// <param name="Count">How many, zero or more.</param>
/// <param name="Freshest">Market time of the newest; without meaning when there is none.</param>
public readonly record struct NewsSignal(int Count, DateTimeOffset Freshest);

/// <summary>
/// News: the freshest relevant headline gives 10 at 0 hours, falling linearly to 0 at 48, and every further one adds
/// 1, at most 10. Without a provider there is no data; a provider that found nothing gives 0.
/// </summary>
public static class NewsFactor
{
    private const long Most = 10 * Micros.PerUnit;
    private const long WindowTicks = 48 * TimeSpan.TicksPerHour;

    /// <summary>Value in millionths of a point, 0 to 10 points.</summary>
    /// <param name="count">Relevant headlines of the last 48 hours.</param>
    /// <param name="age">Age of the freshest; one from the future counts as new.</param>
    public static long Value(int count, TimeSpan age)
    {
        if (count <= 0 || age.Ticks >= WindowTicks)
            return 0;
        var left = WindowTicks - Math.Max(0, age.Ticks);
        var freshness = (long)((Int128)Most * left / WindowTicks);
        return Math.Min(Most, freshness + ((count - 1) * Micros.PerUnit));
    }

    /// <summary>The factor at <paramref name="now"/> (market time), its weight still to be set.</summary>
    public static Factor Of(NewsSignal? signal, DateTimeOffset now)
    {
        if (signal is not { } news)
            return new() { Kind = FactorKind.News };
        var age = news.Count > 0 ? TimeSpan.FromTicks(Math.Max(0, (now - news.Freshest).Ticks)) : TimeSpan.Zero;
        return new()
        {
            Kind = FactorKind.News,
            InputMicros = (long)((Int128)age.Ticks * Micros.PerUnit / TimeSpan.TicksPerHour),
            SecondInputMicros = news.Count * Micros.PerUnit,
            ValueMicros = Value(news.Count, age),
        };
    }
}
