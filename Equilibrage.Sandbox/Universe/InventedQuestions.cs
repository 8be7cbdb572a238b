using System.Globalization;

namespace Equilibrage.Sandbox.Universe;

/// <summary>
/// Families of invented questions, each yielding one group at a time. Fair prices of a group hang together: exactly one
/// of several comes true, a higher strike is less likely, a handicap costs chance.
/// </summary>
internal sealed class InventedQuestions(Draw draw, DateTimeOffset start)
{
    private const int FirstHour = 25;
    private const int LastHour = 7 * 24;
    private const int HoursOfPlay = 3;

    /// <summary>A game: who wins, by how much, how many points.</summary>
    public IEnumerable<MarketDraft> Match()
    {
        var pair = draw.PickMany(InventedNames.Teams, 2);
        var (home, away) = (pair[0], pair[1]);
        var title = $"{home} vs. {away}";
        var kickOff = Moment(FirstHour, LastHour - HoursOfPlay);
        var fair = draw.Between(300, 700);
        MarketDraft Of(string question, string yes, string no, int price) =>
            new("sports", title, question, yes, no, Math.Clamp(price, 20, 980), false, kickOff,
                kickOff.AddHours(HoursOfPlay));

        yield return Of(title, home, away, fair);
        var line = draw.Between(1, 5);
        var lines = draw.Between(0, 4);
        for (var i = 0; i < lines; i++)
            yield return Of($"{title}: O/U {line + i}.5", "Over", "Under", 640 - (i * 130) + draw.Between(-40, 40));
        if (draw.Chance(600))
            yield return Of($"Spread: {home} (-1.5)", home, away, fair - draw.Between(90, 200));
        if (draw.Chance(400))
            yield return Of($"Spread: {away} (-1.5)", away, home, 1000 - fair - draw.Between(90, 200));
        if (draw.Chance(500))
            yield return Of($"{title}: Both Teams to Score", "Yes", "No", draw.Between(420, 600));
        if (draw.Chance(120))
            yield return Of($"{title}: Odd/Even Total", "Odd", "Even", draw.Between(485, 515));
    }

    /// <summary>A game that may end in a draw.</summary>
    public IEnumerable<MarketDraft> ThreeWay()
    {
        var pair = draw.PickMany(InventedNames.Teams, 2);
        var kickOff = Moment(FirstHour, LastHour - HoursOfPlay);
        var title = $"{pair[0]} vs. {pair[1]}";
        var drawn = draw.Between(220, 320);
        var home = draw.Between(250, 1000 - drawn - 200);
        MarketDraft Of(string question, int price) =>
            new("sports", title, question, "Yes", "No", price, true, kickOff, kickOff.AddHours(HoursOfPlay));

        yield return Of($"Will {pair[0]} win on {Day(kickOff)}?", home);
        yield return Of($"Will {pair[0]} vs. {pair[1]} end in a draw?", drawn);
        yield return Of($"Will {pair[1]} win on {Day(kickOff)}?", 1000 - drawn - home);
    }

    /// <summary>A tournament's winner.</summary>
    public IEnumerable<MarketDraft> Champion()
    {
        var cup = draw.Pick(InventedNames.Cups);
        return OneOf(
            "sports", $"{cup} Winner", draw.PickMany(InventedNames.Teams, 9), team => $"Will {team} win the {cup}?");
    }

    /// <summary>A party's nominee.</summary>
    public IEnumerable<MarketDraft> Nominee()
    {
        var place = draw.Pick(InventedNames.Places);
        return OneOf(
            "politics", $"{place} mayoral election winner", draw.PickMany(InventedNames.People, draw.Between(4, 7)),
            person => $"Will {person} win the mayoral election in {place}?");
    }

    /// <summary>The direction of a coin within an hour.</summary>
    public IEnumerable<MarketDraft> UpOrDown()
    {
        var coin = draw.Pick(InventedNames.Coins);
        var opens = Moment(FirstHour, LastHour - 1);
        var title = string.Create(CultureInfo.InvariantCulture, $"{coin} Up or Down - {Day(opens)}, {opens:htt} UTC");
        yield return new("crypto", title, title, "Up", "Down", draw.Between(480, 520), false, opens, opens.AddHours(1));
    }

    /// <summary>A coin above strikes.</summary>
    public IEnumerable<MarketDraft> CoinStrikes()
    {
        var coin = draw.Pick(InventedNames.Coins);
        var unit = coin switch { "Bitcoin" => 2_000, "Ethereum" => 100, "Solana" => 5, _ => 1 };
        return Strikes(
            "crypto", $"{coin} above", strike => $"Will the price of {coin} be above ${strike:#,0}", unit, 34);
    }

    /// <summary>A share above strikes.</summary>
    public IEnumerable<MarketDraft> ShareStrikes()
    {
        var company = draw.Pick(InventedNames.Companies);
        return Strikes(
            "finance", $"{company} closes above", strike => $"Will {company} close above ${strike:#,0}", 5, 40);
    }

    /// <summary>Single questions of the smaller categories.</summary>
    public IEnumerable<MarketDraft> Single(string category)
    {
        var end = Moment(FirstHour, LastHour);
        var by = Day(end);
        var person = draw.Pick(InventedNames.People);
        var place = draw.Pick(InventedNames.Places);
        var city = draw.Pick(InventedNames.Cities);
        var film = draw.Pick(InventedNames.Films);
        var company = draw.Pick(InventedNames.Companies);
        var number = draw.Between(8, 33);
        var question = category switch
        {
            "culture" => $"Will \"{film}\" score at least {40 + number} with critics by {by}?",
            "economics" => $"Will inflation in {place} be {number / 8}.{number % 8} % or more?",
            "geopolitics" => $"Will {place} sign the border treaty by {by}?",
            "mentions" => $"Will {person} say \"recession\" {number / 4}+ times on {by}?",
            "weather" => $"Will the highest temperature in {city} be {number} °C on {by}?",
            "tech" => $"Will {company} announce a new model by {by}?",
            _ => $"Will {person} be named chair of the {city} council by {by}?",
        };
        yield return new(category, question, question, "Yes", "No", draw.Between(30, 700), false, null, end);
    }

    private IEnumerable<MarketDraft> OneOf(
        string category, string title, string[] names, Func<string, string> question)
    {
        var end = Moment(FirstHour, LastHour);
        var weights = names.Select(_ => draw.Between(1, 100)).ToArray();
        // Squares make favourites: real groups have one or two and a long tail.
        var total = weights.Sum(weight => weight * weight);
        return names.Select((name, i) => new MarketDraft(
            category, title, question(name), "Yes", "No",
            Math.Clamp(weights[i] * weights[i] * 1000 / total, 3, 990), true, null, end)).ToList();
    }

    private IEnumerable<MarketDraft> Strikes(
        string category, string title, Func<int, string> question, int unit, int middle)
    {
        var end = Moment(FirstHour, LastHour);
        int[] fair = [930, 790, 520, 240, 80];
        var first = draw.Between(middle - 4, middle + 4);
        return fair.Select((price, i) => new MarketDraft(
            category, $"{title} ___ on {Day(end)}?", $"{question((first + i) * unit)} on {Day(end)}?", "Yes", "No",
            price + draw.Between(-60, 60), false, null, end)).ToList();
    }

    private DateTimeOffset Moment(int firstHour, int lastHour) => start.AddHours(draw.Between(firstHour, lastHour));

    private static string Day(DateTimeOffset time) => time.ToString("MMMM d", CultureInfo.InvariantCulture);
}
