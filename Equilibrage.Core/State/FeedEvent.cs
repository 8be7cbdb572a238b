using Equilibrage.Core.Books;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.State;

/// <summary>
/// What a venue's feed reports, in the order in which it happened there. Every report names its market time.
/// </summary>
public abstract record FeedEvent(DateTimeOffset MarketTime)
{
    /// <summary>A whole book, after subscribing or re-seeding.</summary>
    public sealed record Snapshot(DateTimeOffset MarketTime, BookSnapshot Book) : FeedEvent(MarketTime);

    /// <summary>New sizes of one market's levels, both tokens together.</summary>
    public sealed record Changed(DateTimeOffset MarketTime, MarketId MarketId, IReadOnlyList<BookDelta> Deltas)
        : FeedEvent(MarketTime);

    /// <summary>Something of these tokens was missed; their books are not to be believed.</summary>
    public sealed record Lost(DateTimeOffset MarketTime, IReadOnlyList<TokenId> Tokens) : FeedEvent(MarketTime);

    /// <summary>
    /// These tokens' books were silent for longer than their bound; nothing is known to be missed, and a snapshot makes
    /// them current again.
    /// </summary>
    public sealed record Stale(DateTimeOffset MarketTime, IReadOnlyList<TokenId> Tokens) : FeedEvent(MarketTime);

    /// <summary>Our order was executed after its submit was answered (a resting order).</summary>
    public sealed record Filled(DateTimeOffset MarketTime, Fill Fill, OrderStatus Status) : FeedEvent(MarketTime);

    /// <summary>Our order ended without an execution.</summary>
    public sealed record OrderEnded(
        DateTimeOffset MarketTime, VenueOrderId VenueOrderId, OrderStatus Status, string Reason)
        : FeedEvent(MarketTime);

    /// <summary>A trade of ours is final (confirmed), or failed and is void.</summary>
    public sealed record Settled(DateTimeOffset MarketTime, TradeId TradeId, bool IsConfirmed) : FeedEvent(MarketTime);

    /// <summary>Markets were listed.</summary>
    public sealed record Listed(DateTimeOffset MarketTime, IReadOnlyList<Market> Markets) : FeedEvent(MarketTime);

    /// <summary>A market came to its end.</summary>
    public sealed record Resolved(DateTimeOffset MarketTime, Resolution Resolution) : FeedEvent(MarketTime);

    /// <summary>The venue's market clock, when nothing else happened.</summary>
    public sealed record Clock(DateTimeOffset MarketTime) : FeedEvent(MarketTime);
}
