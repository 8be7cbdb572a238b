using System.Globalization;
using System.Numerics;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.Simulation;

/// <summary>
/// One market as a simulated venue has it listed: the seed it came from, its generation (0 is the seed itself, later
/// ones follow each resolution), and the pure functions of market time that drive it.
/// </summary>
public sealed class Listing
{
    private const int HistorySeconds = 25 * 3600;
    private const long Hour = 3600;

    private Price? ordered;

    private Listing(ListingSeed seed, long universe, int index, int generation, long listedAt)
    {
        (Seed, Index, Generation, ListedAt) = (seed, index, generation, listedAt);
        Market = seed.Market;
        Key = Noise.Key(universe, seed.Market.Id.Value);
        var start = StartValue(seed);
        var market = seed.Market;
        Plan = ResolutionPlan.Draw(
            Key, listedAt, market.EventStart?.ToUnixTimeSeconds(), market.ExpectedEnd.ToUnixTimeSeconds(), start);
        Path = new(new(
            Key, listedAt, Plan.DecidedAt, Plan.KneeAt, Plan.KneeShare, start, Plan.VoidChance, Plan.IsHalfHalf,
            generation == 0 ? HistorySeconds : 0));
        Makers = new(this);
        Takers = new(this);
    }

    /// <summary>What it started from.</summary>
    public ListingSeed Seed { get; }

    /// <summary>The market, with the price grid that it has now.</summary>
    public Market Market { get; private set; }

    /// <summary>
    /// How long the venue holds orders that would take, market milliseconds: as the listing says, else 3 s in sports
    /// and 50 ms in crypto, where those who quote are given time to withdraw.
    /// </summary>
    public int TakerDelayMs => Seed.TakerDelayMs ?? Market.Category switch
    {
        "sports" => 3_000,
        "crypto" => 50,
        _ => 0,
    };

    /// <summary>Its place in the universe, the same for all generations.</summary>
    public int Index { get; }

    /// <summary>0 for the seed, then one more with each new listing.</summary>
    public int Generation { get; }

    /// <summary>Market second of the listing.</summary>
    public long ListedAt { get; }

    /// <summary>Key of its randomness.</summary>
    public ulong Key { get; }

    /// <summary>How it will end.</summary>
    public ResolutionPlan Plan { get; private set; }

    /// <summary>Its fair price.</summary>
    public PricePath Path { get; }

    /// <summary>Those who quote it.</summary>
    public Makers Makers { get; }

    /// <summary>Those who trade it.</summary>
    public Takers Takers { get; }

    /// <summary>Its end as the venue announces it.</summary>
    public Resolution Resolution => new(
        Market.Id, ordered ?? Price.FromMicros((long)(Path.Payout * Micros.PerUnit)), Plan.Kind,
        DateTimeOffset.FromUnixTimeSeconds(Plan.ResolvedAt));

    /// <summary>The market as it stands in the universe's list of seeds.</summary>
    public static Listing First(ListingSeed seed, long universe, int index, long listedAt) =>
        new(seed, universe, index, 0, listedAt);

    /// <summary>
    /// The next generation, listed at <paramref name="listedAt"/>: the same question with ids of its own, a fresh
    /// price, mostly near one half, and its event (or its end) 25 hours to 7 days later.
    /// </summary>
    public Listing Relist(ListingSeed origin, long universe, long listedAt)
    {
        ArgumentNullException.ThrowIfNull(origin);
        var generation = Generation + 1;
        var key = Noise.Key(universe, $"{origin.Market.Id.Value}/{generation}");
        var decisive = listedAt + (25 * Hour) + (long)(Noise.Unit(Noise.Bits(key, 1)) * 143 * Hour);
        var (bid, ask) = FreshQuote(origin, key);
        var market = origin.Market with
        {
            Id = new(DerivedId.Hex("practice-market", origin.Market.Id.Value, Text(generation))),
            TokenYes = Token(origin.Market.TokenYes, generation),
            TokenNo = Token(origin.Market.TokenNo, generation),
            Question = $"{origin.Market.Question} (round {Text(generation + 1)})",
            Slug = $"{origin.Market.Slug}-round-{Text(generation + 1)}",
            IsTradable = true,
            EventStart = origin.Market.EventStart is null ? null : DateTimeOffset.FromUnixTimeSeconds(decisive),
            ExpectedEnd = DateTimeOffset.FromUnixTimeSeconds(
                origin.Market.EventStart is null ? decisive : decisive + (3 * Hour)),
        };
        var seed = origin with { Market = market, BestBid = bid, BestAsk = ask };
        return new(seed, universe, Index, generation, listedAt);
    }

    /// <summary>
    /// Middles of the first outcome's quote at the full hours up to a market second, oldest first, in micro-dollars;
    /// none before the market has a price. A missing side counts as the end of the scale.
    /// </summary>
    public IReadOnlyList<long> HourlyMids(long second, int hours)
    {
        var last = second / Hour;
        var middles = new List<long>(hours);
        for (var hour = last - hours + 1; hour <= last; hour++)
        {
            if (hour * Hour < Path.EarliestAt)
                continue;
            var (bid, ask) = Makers.Best(Path.At(hour * Hour));
            middles.Add((bid + ask) / 2);
        }

        return middles;
    }

    /// <summary>Ends it otherwise than was drawn; its price goes its way all the same.</summary>
    internal void Force(ForcedEnd end)
    {
        Plan = Plan with { Kind = end.Kind, ResolvedAt = end.ResolvedAt };
        ordered = end.PayoutYes;
    }

    /// <summary>Makes the price grid finer; prices on the old one stay on it.</summary>
    internal void Refine(TickSize tick) => Market = Market with { TickSize = tick };

    private static (Price Bid, Price Ask) FreshQuote(ListingSeed origin, ulong key)
    {
        var tick = origin.Market.TickSize.ToMicros;
        var isContested = Noise.Unit(Noise.Bits(key, 2)) < 0.7;
        var draw = Noise.Unit(Noise.Bits(key, 3));
        var middle = isContested ? 0.42 + (0.16 * draw) : 0.08 + (0.84 * draw);
        var spread = Makers.SpreadTicks(origin);
        if (spread * tick > 30_000 && Noise.Unit(Noise.Bits(key, 4)) < 0.3)
            spread = Math.Max(1, 20_000 / tick);
        var ticks = Micros.PerUnit / tick;
        spread = Math.Min(spread, ticks - 2);
        var bid = Math.Clamp((long)(middle * ticks) - (spread / 2), 1, ticks - 1 - spread);
        return (Price.FromMicros(bid * tick), Price.FromMicros((bid + spread) * tick));
    }

    private static TokenId Token(TokenId origin, int generation)
    {
        var digits = DerivedId.Hex("practice-token", origin.Value, Text(generation)).AsSpan(2);
        // A leading zero keeps the parser from reading the first bit as a sign.
        var number = BigInteger.Parse($"0{digits}", NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        return new(number.ToString(CultureInfo.InvariantCulture));
    }

    private static double StartValue(ListingSeed seed)
    {
        var bid = seed.BestBid?.ToMicros ?? 0;
        var ask = seed.BestAsk?.ToMicros ?? Micros.PerUnit;
        return Math.Clamp((bid + ask) / 2.0 / Micros.PerUnit, 0.002, 0.998);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
