using System.Collections.Frozen;

namespace Equilibrage.Polymarket.Rest;

/// <summary>
/// The venue's fee categories. Recent Gamma lines name none, so it is inferred: from the kind of fees, the kind of
/// sports market, a start of play, a category or tag where there is one, and last from the words of the slugs.
/// </summary>
public static class MarketCategory
{
    /// <summary>What nothing is known about.</summary>
    public const string Unclassified = "unclassified";

    private const long UnclassifiedRate = 50_000;

    // Rank decides when words of several categories meet: what somebody says about the Fed is a mention.
    private static readonly (string Category, long RateMicros, string Words)[] Known =
    [
        ("mentions", 40_000, "say says said mention mentions mentioned tweets tweet posts"),
        ("weather", 50_000, """
            temperature hurricane rain rainfall precipitation snow snowfall tornado storm weather hottest heat
            earthquake earthquakes climate celsius fahrenheit
            """),
        ("crypto", 70_000, """
            bitcoin btc ethereum eth solana sol xrp dogecoin doge bnb hype hyperliquid crypto fdv airdrop
            token stablecoin usdt usdc microstrategy coinbase binance memecoin cardano litecoin tether defi
            nft megaeth metamask pumpfun chainlink ethena
            """),
        ("sports", 50_000, """
            nhl nba mlb nfl mls wnba ncaa ncaab ncaam cbb cwbb ufc boxing f1 nascar motogp fifa uefa ucl uel
            epl laliga bundesliga ligue serie j1 j2 elc atp wta pga golf tennis masters wimbledon olympics
            medal cs2 lol dota2 dota val valorant esports cricket ipl rugby stanley playoffs championship
            champions league premier cup finals mvp heisman relegated relegation scorer grand prix
            constructors drivers bowl series match sport sports soccer football basketball hockey baseball
            manager pfa
            """),
        ("finance", 40_000, """
            tsla nvda aapl amzn googl msft meta nflx pltr spx spy qqq nasdaq dow stock stocks shares earnings
            ipo gold silver oil crude brent wti copper gas largest company ndx nya opendoor usd jpy richest
            index kospi nikkei dax treasury yield close gc si
            """),
        ("economics", 50_000, """
            fed fomc inflation cpi gdp unemployment jobs payrolls recession tariff tariffs rate rates ecb boe
            boj bank economy mortgage deficit debt
            """),
        ("geopolitics", 0, """
            iran israel ukraine russia russian ukrainian gaza hamas hezbollah nato war ceasefire strike
            strikes invade invasion taiwan china syria lebanon yemen houthi nuclear khamenei putin zelenskyy
            xi hormuz peace missile military troops kharg regime rsf palestine capture venezuela
            """),
        ("tech", 40_000, """
            openai gpt chatgpt gemini claude anthropic grok xai ai model llm deepmind apple iphone google
            microsoft spacex starship tesla nvidia deepseek tiktok app launch
            """),
        ("politics", 40_000, """
            election elections president presidential senate senator house congress governor gubernatorial
            mayor primary nominee nomination democratic democrat democrats republican republicans gop
            parliament parliamentary minister prime cabinet impeach impeached trump biden vance newsom supreme
            court pardon veto approval poll seats party vote votes referendum chancellor coalition epstein
            attorney shutdown politics
            """),
        ("culture", 50_000, """
            oscars oscar grammy grammys emmy eurovision movie film album song songs spotify netflix taylor
            swift gta box office rotten tomatoes billboard youtube mrbeast actor actress celebrity married
            wedding pregnant divorce show season survivor bachelor jesus pope culture
            """),
    ];

    private static readonly FrozenDictionary<string, int> RankByWord = Known
        .SelectMany((entry, rank) => entry.Words
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .Select(word => KeyValuePair.Create(word, rank)))
        .GroupBy(pair => pair.Key)
        .ToFrozenDictionary(group => group.Key, group => group.Min(pair => pair.Value));

    private static readonly FrozenDictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> RankBySpan =
        RankByWord.GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly FrozenDictionary<string, long> RateByCategory =
        Known.ToFrozenDictionary(entry => entry.Category, entry => entry.RateMicros);

    /// <summary>Every category that <see cref="Of"/> can give, the unclassified one last.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Known.Select(entry => entry.Category), Unclassified];

    /// <summary>
    /// Today's taker fee rate of a category in millionths; an unknown one is charged as unclassified.
    /// </summary>
    public static long AssumedRateMicros(string category) =>
        RateByCategory.GetValueOrDefault(category, UnclassifiedRate);

    /// <summary>The category of a market.</summary>
    public static string Of(GammaMarket market)
    {
        ArgumentNullException.ThrowIfNull(market);
        if (market.FeeType is { } fees)
        {
            if (fees.StartsWith("crypto", StringComparison.Ordinal))
                return "crypto";
            if (fees.StartsWith("sports", StringComparison.Ordinal))
                return "sports";
        }

        if (market.Category is { } said && RateByCategory.ContainsKey(said))
            return said;
        if (market.SportsMarketType is not null || market.GameStartTime is not null)
            return "sports";
        var rank = Math.Min(Rank(market.Category), Rank(market.Tag));
        if (rank == int.MaxValue)
            rank = Math.Min(Rank(market.EventSlug), Rank(market.Slug));
        return rank == int.MaxValue ? Unclassified : Known[rank].Category;
    }

    private static int Rank(ReadOnlySpan<char> slug)
    {
        var best = int.MaxValue;
        foreach (var range in slug.SplitAny('-', ' '))
        {
            if (TryRank(slug[range], out var rank) && rank < best)
                best = rank;
        }

        return best;
    }

    private static bool TryRank(ReadOnlySpan<char> word, out int rank)
    {
        Span<char> lower = stackalloc char[24];
        var length = word.Length <= lower.Length ? word.ToLowerInvariant(lower) : 0;
        rank = 0;
        return length > 0 && RankBySpan.TryGetValue(lower[..length], out rank);
    }
}
