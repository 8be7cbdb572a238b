using Equilibrage.Core.Markets;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.Simulation;

/// <summary>
/// All markets of a universe and their succession: which are listed, which end when, and what follows them. It depends
/// on seeds and market time alone, never on what anyone trades.
/// </summary>
internal sealed class ListingBoard
{
    private const int MostPast = 50_000;

    private readonly IReadOnlyList<ListingSeed> seeds;
    private readonly long universe;
    private readonly long start;
    private readonly long step;
    private readonly Listing[] listings;
    private readonly Dictionary<MarketId, int> markets;
    private readonly Dictionary<TokenId, int> tokens;
    private readonly PriorityQueue<int, (long ResolvedAt, int Index)> ends = new();
    private readonly Dictionary<MarketId, Resolution> ended = [];
    private readonly Queue<Listing> past = new();
    private readonly Dictionary<MarketId, ForcedEnd> forced = [];

    public ListingBoard(IReadOnlyList<ListingSeed> seeds, long universe, long start, long step)
    {
        (this.seeds, this.universe, this.start, this.step) = (seeds, universe, start, step);
        listings = new Listing[seeds.Count];
        markets = new(seeds.Count);
        tokens = new(2 * seeds.Count);
        for (var index = 0; index < seeds.Count; index++)
        {
            if (seeds[index].Market.Fees is null)
            {
                throw new ArgumentException(
                    $"Listing {seeds[index].Market.Id} names no fees; give the assumed ones.", nameof(seeds));
            }


            Put(Listing.First(seeds[index], universe, index, start));
        }
    }

    /// <summary>What is listed now, by place.</summary>
    public IReadOnlyList<Listing> All => listings;

    public Listing? Find(MarketId market) => markets.TryGetValue(market, out var index) ? listings[index] : null;

    public Listing? Find(TokenId token) => tokens.TryGetValue(token, out var index) ? listings[index] : null;

    /// <summary>How a market ended, or null when it has not, or never was.</summary>
    public Resolution? EndOf(MarketId market) => ended.GetValueOrDefault(market);

    public Listing[] Copy() => [.. listings];

    /// <summary>What has ended, oldest first; the oldest are forgotten over a limit.</summary>
    public Listing[] Past() => [.. past];

    /// <summary>Orders the end of a market, also of one that will be listed only later.</summary>
    public void Force(ForcedEnd end)
    {
        forced[end.MarketId] = end;
        if (Find(end.MarketId) is not { } listing)
            return;
        listing.Force(end);
        ends.Enqueue(listing.Index, (end.ResolvedAt, listing.Index));
    }

    /// <summary>
    /// Ends what is due up to a market second, each at its own step, and lists what follows; answers both, in the order
    /// in which it happens.
    /// </summary>
    public IEnumerable<(Listing Ended, Listing Next)> AdvanceTo(long second)
    {
        while (ends.TryPeek(out var index, out var due) && due.ResolvedAt <= second)
        {
            ends.Dequeue();
            var old = listings[index];
            // An end that was ordered otherwise since, or of a market that is gone.
            if (old.Plan.ResolvedAt != due.ResolvedAt)
                continue;
            var at = start + ((due.ResolvedAt - start + step - 1) / step * step);
            if (at > second)
            {
                ends.Enqueue(index, due);
                yield break;
            }

            Remove(old);
            ended.Add(old.Market.Id, old.Resolution);
            past.Enqueue(old);
            if (past.Count > MostPast)
                past.Dequeue();
            var next = old.Relist(seeds[index], universe, at);
            Put(next);
            yield return (old, next);
        }
    }

    private void Put(Listing listing)
    {
        if (!markets.TryAdd(listing.Market.Id, listing.Index)
            || !tokens.TryAdd(listing.Market.TokenYes, listing.Index)
            || !tokens.TryAdd(listing.Market.TokenNo, listing.Index))
        {
            throw new ArgumentException(
                $"Market {listing.Market.Id} or one of its tokens is listed twice.", nameof(listing));
        }


        listings[listing.Index] = listing;
        if (forced.TryGetValue(listing.Market.Id, out var end))
            listing.Force(end);
        ends.Enqueue(listing.Index, (listing.Plan.ResolvedAt, listing.Index));
    }

    private void Remove(Listing listing)
    {
        markets.Remove(listing.Market.Id);
        tokens.Remove(listing.Market.TokenYes);
        tokens.Remove(listing.Market.TokenNo);
    }
}
