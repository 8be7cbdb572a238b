using System.Globalization;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Simulation;

namespace Equilibrage.Sandbox.Server.Markets;

/// <summary>
/// All markets, listed and ended, as they can be looked up by whoever asks. Written by the exchange's one writer, read
/// by every request; a reader gets what stood at one moment.
/// </summary>
internal sealed class MarketIndex
{
    /// <summary>How many ended markets are kept; older ones can no longer be looked up here.</summary>
    public const int MostEnded = 50_000;

    private readonly Lock gate = new();
    private readonly MarketEntry[] places;
    private readonly EventEntry[] events;
    private readonly Dictionary<string, EventEntry> eventsById = [];
    private readonly Dictionary<string, EventEntry> eventsBySlug = [];
    private readonly Dictionary<string, MarketEntry> byCondition = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, MarketEntry> byToken = [];
    private readonly Dictionary<string, MarketEntry> byNumber = [];
    private readonly Dictionary<string, MarketEntry> bySlug = [];
    private readonly Queue<MarketEntry> ended = new();

    private long endedBefore;

    /// <summary>Starts from what is listed and what ended before, oldest first.</summary>
    public MarketIndex(IReadOnlyList<Listing> listed, IEnumerable<Listing> past)
    {
        var groups = new List<EventEntry>();
        places = new MarketEntry[listed.Count];
        foreach (var listing in listed)
        {
            var parent = Group(listing, groups);
            parent.Places.Add(listing.Index);
            places[listing.Index] = new(listing, listing.Market, parent, hasEnded: false);
            Add(places[listing.Index]);
        }

        events = [.. groups];
        foreach (var listing in past)
            Keep(new(listing, listing.Market, places[listing.Index].Event, hasEnded: true));
    }

    /// <summary>All events, in a fixed order.</summary>
    public IReadOnlyList<EventEntry> Events => events;

    /// <summary>How many places the universe has: as many markets are listed.</summary>
    public int Count => places.Length;

    /// <summary>Replaces a market that has ended by the one that follows it.</summary>
    public void Succeed(Listing listed)
    {
        lock (gate)
        {
            var old = places[listed.Index];
            if (old.Listing.Generation >= listed.Generation)
                return;
            Keep(new(old.Listing, old.Market, old.Event, hasEnded: true));
            places[listed.Index] = new(listed, listed.Market, old.Event, hasEnded: false);
            Add(places[listed.Index]);
        }
    }

    /// <summary>Takes a market in as it is now.</summary>
    public void Change(Market market)
    {
        lock (gate)
        {
            if (byCondition.GetValueOrDefault(market.Id.Value) is not { HasEnded: false } old)
                return;
            places[old.Listing.Index] = new(old.Listing, market, old.Event, hasEnded: false);
            Add(places[old.Listing.Index]);
        }
    }

    /// <summary>A market by condition id, or null.</summary>
    public MarketEntry? ByCondition(string id) => Look(byCondition, id);

    /// <summary>A market by one of its tokens, or null.</summary>
    public MarketEntry? ByToken(string id) => Look(byToken, id);

    /// <summary>A market by its public number, or null.</summary>
    public MarketEntry? ByNumber(string id) => Look(byNumber, id);

    /// <summary>A market by its slug, or null.</summary>
    public MarketEntry? BySlug(string slug) => Look(bySlug, slug);

    /// <summary>An event by its id, or null.</summary>
    public EventEntry? EventById(string id) => eventsById.GetValueOrDefault(id);

    /// <summary>An event by its slug, or null.</summary>
    public EventEntry? EventBySlug(string slug) => eventsBySlug.GetValueOrDefault(slug);

    /// <summary>
    /// Listed markets that fit, from a place on; the place to go on from is null when there are no more.
    /// </summary>
    public (List<MarketEntry> Page, long? Next) Listed(long from, int limit, Func<MarketEntry, bool> fits)
    {
        lock (gate)
        {
            var page = new List<MarketEntry>(limit);
            var place = Math.Max(0, from);
            for (; place < places.Length && page.Count < limit; place++)
            {
                if (fits(places[place]))
                    page.Add(places[place]);
            }

            return (page, place < places.Length ? place : null);
        }
    }

    /// <summary>Ended markets that fit, oldest first, from a count on.</summary>
    public (List<MarketEntry> Page, long? Next) Ended(long from, int limit, Func<MarketEntry, bool> fits)
    {
        lock (gate)
        {
            var page = new List<MarketEntry>(limit);
            var count = Math.Max(from, endedBefore);
            foreach (var entry in ended.Skip((int)Math.Min(int.MaxValue, count - endedBefore)))
            {
                if (page.Count == limit)
                    return (page, count);
                count++;
                if (fits(entry))
                    page.Add(entry);
            }

            return (page, null);
        }
    }

    /// <summary>What is listed in the given places.</summary>
    public IReadOnlyList<MarketEntry> At(IReadOnlyCollection<int> wanted)
    {
        lock (gate)
            return [.. wanted.Select(place => places[place])];
    }

    /// <summary>All that is listed.</summary>
    public IReadOnlyList<MarketEntry> All()
    {
        lock (gate)
            return [.. places];
    }

    private MarketEntry? Look(Dictionary<string, MarketEntry> where, string key)
    {
        lock (gate)
            return where.GetValueOrDefault(key);
    }

    private void Add(MarketEntry entry)
    {
        byCondition[entry.Market.Id.Value] = entry;
        byToken[entry.Market.TokenYes.Value] = entry;
        byToken[entry.Market.TokenNo.Value] = entry;
        byNumber[entry.Id] = entry;
        bySlug[entry.Market.Slug] = entry;
    }

    private void Keep(MarketEntry entry)
    {
        Add(entry);
        ended.Enqueue(entry);
        if (ended.Count <= MostEnded)
            return;
        var oldest = ended.Dequeue();
        endedBefore++;
        byCondition.Remove(oldest.Market.Id.Value);
        byToken.Remove(oldest.Market.TokenYes.Value);
        byToken.Remove(oldest.Market.TokenNo.Value);
        byNumber.Remove(oldest.Id);
        if (bySlug.TryGetValue(oldest.Market.Slug, out var named) && ReferenceEquals(named, oldest))
            bySlug.Remove(oldest.Market.Slug);
    }

    private EventEntry Group(Listing listing, List<EventEntry> groups)
    {
        var market = listing.Market;
        var id = market.GroupId ?? string.Create(CultureInfo.InvariantCulture, $"{9_000_000 + listing.Index}");
        if (eventsById.TryGetValue(id, out var known))
            return known;
        var title = market.GroupTitle ?? market.Question;
        var slug = EventEntry.SlugOf(title);
        if (slug.Length == 0 || eventsBySlug.ContainsKey(slug))
            slug = $"{slug}-{id}";
        var entry = new EventEntry(id, title, slug, market.Category, market.IsNegRisk, groups.Count);
        groups.Add(entry);
        eventsById.Add(id, entry);
        eventsBySlug.Add(slug, entry);
        return entry;
    }
}
