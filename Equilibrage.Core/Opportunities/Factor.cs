using System.Globalization;
using System.Text.Json.Serialization;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.Opportunities;

/// <summary>The four things that an opportunity is scored by.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FactorKind>))]
public enum FactorKind
{
    /// <summary>Dollars near the best price, less the spread.</summary>
    Liquidity,

    /// <summary>How far the price moves within a day.</summary>
    Volatility,

    /// <summary>One-sided large trades, relative to the volume.</summary>
    Whale,

    /// <summary>Number and freshness of relevant headlines.</summary>
    News,
}

/// <summary>
/// One factor of a score: what went in, its value and what it added. All numbers are held in millionths, since a scan
/// makes four of these for every market.
/// </summary>
public readonly record struct Factor
{
    /// <summary>Which factor.</summary>
    public required FactorKind Kind { get; init; }

    /// <summary>
    /// First input, in millionths: thin depth in dollars, volatility in dollars per share, net large trades in
    /// dollars, or the age of the freshest headline in hours. Null without data.
    /// </summary>
    public long? InputMicros { get; init; }

    /// <summary>
    /// Second input, in millionths: spread in dollars per share, nothing, volume in dollars, or number of headlines.
    /// </summary>
    public long? SecondInputMicros { get; init; }

    /// <summary>Value in millionths of a point, 0 to 10 points; null without data.</summary>
    public long? ValueMicros { get; init; }

    /// <summary>
    /// Weight in millionths after the share of factors without data went to the others; these add up to 1.
    /// </summary>
    public long WeightMicros { get; init; }

    /// <summary>Points added to the score, in millionths; these add up to the raw score.</summary>
    public long ContributionMicros { get; init; }

    /// <summary>Name for people.</summary>
    public string Name => Kind.ToString();

    /// <summary>True when there was something to judge by.</summary>
    public bool HasData => ValueMicros is not null;

    /// <summary>Value, 0 to 10 points; null without data.</summary>
    public decimal? Value => ValueMicros is { } value ? Micros.ToDecimal(value) : null;

    /// <summary>Effective weight, 0 to 1; 0 without data.</summary>
    public decimal Weight => Micros.ToDecimal(WeightMicros);

    /// <summary>Points added to the score.</summary>
    public decimal Contribution => Micros.ToDecimal(ContributionMicros);

    /// <summary>The inputs as text for people; <c>no data</c> when there are none.</summary>
    public string Input => InputMicros is not { } first ? "no data" : Kind switch
    {
        FactorKind.Liquidity => $"{Dollars(first)} on the thinner side, spread {Cents(SecondInputMicros ?? 0)} ¢",
        FactorKind.Volatility => $"{Cents(first)} ¢ an hour over 24 h",
        FactorKind.Whale => $"{Dollars(first)} net of {Dollars(SecondInputMicros ?? 0)} traded in 24 h",
        _ => NewsText(first, SecondInputMicros ?? 0),
    };

    private static string NewsText(long hoursMicros, long countMicros) => countMicros == 0
        ? "no relevant headline in 48 h"
        : string.Create(
            CultureInfo.InvariantCulture,
            $"{countMicros / Micros.PerUnit} in 48 h, the freshest {Micros.ToDecimal(hoursMicros):0.#} h old");

    private static string Dollars(long micros) =>
        string.Create(
            CultureInfo.InvariantCulture, $"{(micros < 0 ? "-" : "")}${Math.Abs(Micros.ToDecimal(micros)):#,0}");

    private static string Cents(long micros) =>
        (Micros.ToDecimal(micros) * 100).ToString("0.##", CultureInfo.InvariantCulture);
}
