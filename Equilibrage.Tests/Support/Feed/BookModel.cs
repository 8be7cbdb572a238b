using System.Globalization;
using System.Text.Json;
using Equilibrage.Core.Books;
using Equilibrage.Polymarket.Socket;

namespace Equilibrage.Tests.Support.Feed;

/// <summary>
/// Books kept the slow and plain way from frames that were accepted: dictionaries over the framework's own JSON.
/// </summary>
internal sealed class BookModel(IEnumerable<string> tokens)
{
    private readonly Dictionary<string, Sides> books = tokens.ToDictionary(token => token, _ => new Sides());

    /// <summary>Takes an accepted frame. What is repeated is judged by the books themselves, so it is told.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="isReplaced">Whether the book of the event of this number was taken.</param>
    /// <param name="isApplied">Whether the change of this number (over the whole frame) was applied.</param>
    public void Apply(JsonElement frame, Func<int, bool> isReplaced, Func<int, bool> isApplied)
    {
        var (place, number) = (0, 0);
        IEnumerable<JsonElement> events = frame.ValueKind == JsonValueKind.Array ? frame.EnumerateArray() : [frame];
        foreach (var item in events)
        {
            var type = item.TryGetProperty("event_type", out var name) ? name.GetString() : null;
            if (isReplaced(place++) && books.TryGetValue(item.GetProperty("asset_id").GetString()!, out var book))
                (book.HasSnapshot, book.Bids, book.Asks) = (true, Side(item, "bids"), Side(item, "asks"));
            if (item.TryGetProperty("price_changes", out var changes) && changes.ValueKind == JsonValueKind.Array)
            {
                foreach (var change in changes.EnumerateArray())
                {
                    var index = number++;
                    if (type == "price_change" && isApplied(index))
                        Set(change);
                }
            }
        }
    }

    /// <summary>True when the books are the model's.</summary>
    public bool Equals(MarketBooks real) => books.All(item =>
    {
        var book = real.Book(real.Find(new(item.Key)));
        return IsSame(book.Bids.Levels, item.Value.Bids.Reverse()) && IsSame(book.Asks.Levels, item.Value.Asks);
    });

    private static bool IsSame(ReadOnlySpan<Level> levels, IEnumerable<KeyValuePair<decimal, decimal>> model) =>
        levels.ToArray().Select(level => (level.Price.ToDecimal(), level.Quantity.ToDecimal()))
            .SequenceEqual(model.Select(level => (level.Key, level.Value)));

    private static SortedDictionary<decimal, decimal> Side(JsonElement book, string name)
    {
        var side = new SortedDictionary<decimal, decimal>();
        var list = book.GetProperty(name);
        IEnumerable<JsonElement> levels = list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : [];
        foreach (var level in levels)
            Put(side, level);
        return side;
    }

    private static void Put(SortedDictionary<decimal, decimal> side, JsonElement level)
    {
        var (price, size) = (Decimal(level, "price"), Decimal(level, "size"));
        if (size == 0)
            side.Remove(price);
        else
            side[price] = size;
    }

    private static decimal Decimal(JsonElement item, string name)
    {
        var value = item.GetProperty(name);
        return decimal.Parse(
            value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText(),
            CultureInfo.InvariantCulture);
    }

    private void Set(JsonElement change)
    {
        if (books.TryGetValue(change.GetProperty("asset_id").GetString()!, out var book) && book.HasSnapshot)
            Put(change.GetProperty("side").GetString() == "BUY" ? book.Bids : book.Asks, change);
    }

    private sealed class Sides
    {
        public bool HasSnapshot { get; set; }

        public SortedDictionary<decimal, decimal> Bids { get; set; } = [];

        public SortedDictionary<decimal, decimal> Asks { get; set; } = [];
    }
}
