using System.Globalization;
using System.Numerics;
using System.Text;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.Simulation;
using Equilibrage.Polymarket.Rest;

namespace Equilibrage.Sandbox.Universe;

/// <summary>
/// The practice exchange's own markets, for a start without a market file: 300 invented questions with the venue's mix
/// of categories, groups, outcome names, grids, spreads, liquidity and volumes. The same seed and start give the same
/// markets.
/// </summary>
public static class GeneratedMarkets
{
    /// <summary>How many markets there are.</summary>
    public const int Count = 300;

    private const int LongestSlug = 100;

    private static readonly Quantity MinimumOrderSize = Quantity.FromMicros(5 * Micros.PerUnit);

    // Markets per family, after the shares of the categories and of own-named outcomes (38 %) on the venue.
    private static readonly (int Markets, Func<InventedQuestions, IEnumerable<MarketDraft>> Family)[] Mix =
    [
        (114, questions => questions.Match()),
        (36, questions => questions.ThreeWay()),
        (33, questions => questions.Champion()),
        (17, questions => questions.UpOrDown()),
        (15, questions => questions.CoinStrikes()),
        (30, questions => questions.Nominee()),
        (15, questions => questions.ShareStrikes()),
        (9, questions => questions.Single("culture")),
        (6, questions => questions.Single("economics")),
        (6, questions => questions.Single("geopolitics")),
        (5, questions => questions.Single("mentions")),
        (5, questions => questions.Single("weather")),
        (3, questions => questions.Single("tech")),
        (6, questions => questions.Single(MarketCategory.Unclassified)),
    ];

    /// <summary>Where the market clock begins when nothing else is said.</summary>
    public static DateTimeOffset DefaultStart { get; } = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    /// <summary>
    /// Makes the markets. Each is decided (its event starts, or it ends) 25 hours to 7 days after
    /// <paramref name="start"/>, which is <see cref="DefaultStart"/> when not given.
    /// </summary>
    public static IReadOnlyList<ListingSeed> Create(long seed, DateTimeOffset? start = null)
    {
        var draw = new Draw(Noise.Key(seed, "generated-markets"));
        var questions = new InventedQuestions(draw, start ?? DefaultStart);
        var listings = new List<ListingSeed>(Count);
        var asked = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (markets, family) in Mix)
        {
            var wanted = listings.Count + markets;
            while (listings.Count < wanted)
            {
                // A group whose title was asked already would mix two games; another draw makes another group.
                var group = family(questions).ToList();
                if (!asked.Add(group[0].GroupTitle))
                    continue;
                foreach (var draft in group.Take(wanted - listings.Count))
                    listings.Add(Listing(draft, seed, listings.Count, draw));
            }
        }

        return listings;
    }

    private static ListingSeed Listing(MarketDraft draft, long seed, int index, Draw draw)
    {
        var figures = MarketFigures.Of(draft.FairPerMille, draw);
        var name = string.Create(CultureInfo.InvariantCulture, $"{seed}/{index}");
        var market = new Market
        {
            Id = new(DerivedId.Hex("generated-market", name)),
            Question = draft.Question,
            Slug = Slug(draft.Question),
            Category = draft.Category,
            GroupId = DerivedId.Hex("generated-group", draft.GroupTitle)[2..10],
            GroupTitle = draft.GroupTitle,
            TokenYes = Token(name, draft.NameYes),
            TokenNo = Token(name, draft.NameNo),
            NameYes = draft.NameYes,
            NameNo = draft.NameNo,
            TickSize = figures.Tick,
            MinimumOrderSize = MinimumOrderSize,
            IsNegRisk = draft.IsNegRisk,
            Fees = new(MarketCategory.AssumedRateMicros(draft.Category), IsAssumed: true),
            EventStart = draft.EventStart,
            ExpectedEnd = draft.End,
        };
        return new()
        {
            Market = market,
            BestBid = figures.Bid,
            BestAsk = figures.Ask,
            Liquidity = figures.Liquidity,
            Volume24h = figures.Volume24h,
        };
    }

    private static TokenId Token(string market, string outcome)
    {
        var digits = DerivedId.Hex("generated-token", market, outcome).AsSpan(2);
        // A leading zero keeps the parser from reading the first bit as a sign.
        var number = BigInteger.Parse($"0{digits}", NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        return new(number.ToString(CultureInfo.InvariantCulture));
    }

    private static string Slug(string question)
    {
        var slug = new StringBuilder(question.Length);
        foreach (var letter in question.ToLowerInvariant())
        {
            if (char.IsAsciiLetterOrDigit(letter))
                slug.Append(letter);
            else if (slug.Length > 0 && slug[^1] != '-')
                slug.Append('-');
        }

        return slug.ToString(0, Math.Min(slug.Length, LongestSlug)).TrimEnd('-');
    }
}
