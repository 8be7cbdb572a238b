using System.Text;
using System.Text.Json.Nodes;

namespace Equilibrage.Bench;

/// <summary>A named set of frames, the tokens that they are about, and how often it is measured.</summary>
internal sealed record FrameSet(
    string Name, IReadOnlyList<byte[]> Frames, IReadOnlyList<string> Tokens, int Rounds)
{
    public double AverageBytes => Frames.Average(frame => frame.Length);
}

/// <summary>
/// Frames in the exchange's recorded form, from a fixed seed: keys permuted, fields added, one object or an array.
/// </summary>
internal sealed class FrameMaker
{
    private const int Seed = 7;
    private const int ChangeFrames = 1_200;
    private const int BookFrames = 200;
    private const int Levels = 64;
    private const int Markets = 200;
    private const int MostChanges = 20;

    // Recorded from the market channel on 2026-08-14.
    private const string Verbatim =
        "{\"market\":\"0x3bb59c17b8ec156f8ef55d6de522c53c8bcc8fc708bfba00e1c7820c208ee28b\",\"price_changes\":["
        + "{\"asset_id\":\"40600137944982070120020561148201046074034528738262880058756488608210871246278\","
        + "\"price\":\"0.06\",\"size\":\"374.34\",\"side\":\"BUY\","
        + "\"hash\":\"f3285de052f887d0ce2847581636a69c1046178d\",\"best_bid\":\"0.07\",\"best_ask\":\"0.08\"},"
        + "{\"asset_id\":\"79597156840177168343562124064866301094619106642263695929345529947536386203124\","
        + "\"price\":\"0.94\",\"size\":\"0\",\"side\":\"SELL\","
        + "\"hash\":\"bc67a217bd1f1f8625f2d099308ee758f95a772c\",\"best_bid\":\"0.92\",\"best_ask\":\"0.93\"}],"
        + "\"timestamp\":\"1786728438403\",\"event_type\":\"price_change\"}";

    private readonly Random random = new(Seed);
    private readonly List<(string Market, string Yes, string No)> markets = [];
    private long clock = 1_786_728_438_403;

    private FrameMaker()
    {
        for (var index = 0; index < Markets; index++)
            markets.Add(("0x" + Text("0123456789abcdef", 64), Text("123456789", 77), Text("123456789", 77)));
    }

    public static IReadOnlyList<FrameSet> All()
    {
        var maker = new FrameMaker();
        IReadOnlyList<string> tokens = [.. maker.markets.SelectMany(market => new[] { market.Yes, market.No })];
        IReadOnlyList<string> recorded =
        [
            "40600137944982070120020561148201046074034528738262880058756488608210871246278",
            "79597156840177168343562124064866301094619106642263695929345529947536386203124",
        ];
        return
        [
            new("the recorded price_change", [Encoding.UTF8.GetBytes(Verbatim)], recorded, 400),
            new($"{ChangeFrames:#,0} price_change frames, 1-{MostChanges} changes",
                maker.Many(ChangeFrames, maker.Change), tokens, 80),
            new($"{BookFrames} books of {Levels} levels a side", maker.Many(BookFrames, maker.Book), tokens, 40),
        ];
    }

    private byte[][] Many(int count, Func<JsonObject> make) =>
        [.. Enumerable.Range(0, count).Select(_ => Encoding.UTF8.GetBytes(Wrapped(make).ToJsonString()))];

    private JsonNode Wrapped(Func<JsonObject> make) => random.Next(4) == 0 ? new JsonArray(make()) : make();

    private JsonObject Change()
    {
        var (market, yes, no) = markets[random.Next(Markets)];
        var changes = new JsonArray();
        var count = random.Next(1, MostChanges + 1);
        for (var index = 0; index < count; index++)
            changes.Add(Entry(index % 2 == 0 ? yes : no));
        return Shuffled(new()
        {
            ["market"] = market,
            ["price_changes"] = changes,
            ["timestamp"] = Stamp(),
            ["event_type"] = "price_change",
        });
    }

    private JsonObject Entry(string token)
    {
        var cents = random.Next(1, 99);
        return Shuffled(new()
        {
            ["asset_id"] = token,
            ["price"] = Price(cents),
            ["size"] = Size(),
            ["side"] = random.Next(2) == 0 ? "BUY" : "SELL",
            ["hash"] = Text("0123456789abcdef", 40),
            ["best_bid"] = Price(cents),
            ["best_ask"] = Price(cents + 1),
        });
    }

    private JsonObject Book()
    {
        var (market, yes, _) = markets[random.Next(Markets)];
        var (bids, asks) = (new JsonArray(), new JsonArray());
        for (var level = Levels; level > 0; level--)
        {
            bids.Add(new JsonObject { ["price"] = Mills(500 - (level * 7)), ["size"] = Size() });
            asks.Add(new JsonObject { ["price"] = Mills(500 + (level * 7)), ["size"] = Size() });
        }

        return new()
        {
            ["market"] = market,
            ["asset_id"] = yes,
            ["timestamp"] = Stamp(),
            ["hash"] = Text("0123456789abcdef", 40),
            ["bids"] = bids,
            ["asks"] = asks,
            ["tick_size"] = "0.001",
            ["last_trade_price"] = "0.5",
            ["event_type"] = "book",
        };
    }

    // Every other object has its keys in another order, and every fourth a field that nobody knows.
    private JsonObject Shuffled(JsonObject ordered)
    {
        if (random.Next(2) == 0)
            return ordered;
        if (random.Next(2) == 0)
            ordered["added_" + random.Next(3)] = new JsonObject { ["a"] = 1, ["b"] = new JsonArray("x", true) };
        var items = ordered.ToArray();
        random.Shuffle(items);
        ordered.Clear();
        return new(items);
    }

    private string Stamp() => (clock += random.Next(1, 50)).ToString(System.Globalization.CultureInfo.InvariantCulture);

    private string Size() => FormattableString.Invariant($"{random.Next(0, 500_000) / 100m:0.##}");

    private static string Price(int cents) => FormattableString.Invariant($"{cents / 100m:0.##}");

    private static string Mills(int mills) => FormattableString.Invariant($"{mills / 1000m:0.###}");

    private string Text(string alphabet, int length) => new(random.GetItems<char>(alphabet, length));
}
