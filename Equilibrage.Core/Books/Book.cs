using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.Books;

/// <summary>
/// The order book of one token: two ladders, best first by construction whatever order the venue sends, with its trust
/// and age. Written by the engine only.
/// </summary>
public sealed class Book(TokenId tokenId)
{
    private static readonly Price GhostBid = Price.FromMicros(10_000);
    private static readonly Price GhostAsk = Price.FromMicros(990_000);

    /// <summary>The token.</summary>
    public TokenId TokenId { get; } = tokenId;

    /// <summary>Wanted shares, highest price first.</summary>
    public Ladder Bids { get; } = new(BookSide.Bid);

    /// <summary>Offered shares, lowest price first.</summary>
    public Ladder Asks { get; } = new(BookSide.Ask);

    /// <summary>How far the book may be believed.</summary>
    public BookTrust Trust { get; private set; } = BookTrust.Empty;

    /// <summary>Market time of the last change.</summary>
    public DateTimeOffset MarketTime { get; private set; }

    /// <summary>Wall time at which the last change was received.</summary>
    public DateTimeOffset ReceivedAt { get; private set; }

    /// <summary>Highest bid, or null.</summary>
    public Price? BestBid => Bids.Count > 0 ? Bids.Levels[0].Price : null;

    /// <summary>Lowest ask, or null.</summary>
    public Price? BestAsk => Asks.Count > 0 ? Asks.Levels[0].Price : null;

    /// <summary>
    /// True for a 0.01/0.99 book (or wider): venues have served such ghosts for liquid markets, so it counts as no
    /// quote until another source confirms it.
    /// </summary>
    public bool IsGhost => (BestBid is not { } bid || bid <= GhostBid) && (BestAsk is not { } ask || ask >= GhostAsk);

    /// <summary>True when decisions may rest on it: current and not a ghost.</summary>
    public bool IsUsable => Trust == BookTrust.Current && !IsGhost;

    /// <summary>Replaces everything; the book is current from here on.</summary>
    public void Apply(BookSnapshot snapshot, DateTimeOffset marketTime, DateTimeOffset receivedAt)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        Bids.Clear();
        Asks.Clear();
        foreach (var level in snapshot.Bids)
            Bids.Set(level.Price, level.Quantity);
        foreach (var level in snapshot.Asks)
            Asks.Set(level.Price, level.Quantity);
        (Trust, MarketTime, ReceivedAt) = (BookTrust.Current, marketTime, receivedAt);
    }

    /// <summary>Replaces everything with levels in any order; the book is current from here on.</summary>
    public void Apply(
        ReadOnlySpan<Level> bids, ReadOnlySpan<Level> asks, DateTimeOffset marketTime, DateTimeOffset receivedAt)
    {
        Bids.Replace(bids);
        Asks.Replace(asks);
        (Trust, MarketTime, ReceivedAt) = (BookTrust.Current, marketTime, receivedAt);
    }

    /// <summary>Sets one level's total size. Without a snapshot there is nothing to change, so it is ignored.</summary>
    public void Apply(in BookDelta delta, DateTimeOffset marketTime, DateTimeOffset receivedAt) =>
        Set(delta.Side, delta.Price, delta.Quantity, marketTime, receivedAt);

    /// <inheritdoc cref="Apply(in BookDelta, DateTimeOffset, DateTimeOffset)"/>
    public void Set(
        BookSide side, Price price, Quantity quantity, DateTimeOffset marketTime, DateTimeOffset receivedAt)
    {
        if (Trust is BookTrust.Empty or BookTrust.Seeding or BookTrust.Untrusted)
            return;
        (side == BookSide.Bid ? Bids : Asks).Set(price, quantity);
        (MarketTime, ReceivedAt) = (marketTime, receivedAt);
    }

    /// <summary>Withdraws belief; only a snapshot brings it back.</summary>
    public void Distrust(BookTrust trust) => Trust = trust == BookTrust.Current
        ? throw new ArgumentException("Only a snapshot makes a book current.", nameof(trust))
        : trust;

    /// <summary>What an order for so many shares would get.</summary>
    public Sweep SweepShares(Side side, Quantity shares) => Sweep.OfShares(Opposite(side), side, shares);

    /// <summary>What an order for so many dollars would get.</summary>
    public Sweep SweepDollars(Side side, Usdc dollars) => Sweep.OfDollars(Opposite(side), side, dollars);

    /// <summary>Dollars resting on the best <paramref name="count"/> levels of a side, rounded down.</summary>
    public Usdc Depth(BookSide side, int count)
    {
        var levels = (side == BookSide.Bid ? Bids : Asks).Levels;
        Int128 exact = 0;
        foreach (var level in levels[..Math.Min(count, levels.Length)])
            exact += (Int128)level.Price.ToMicros * level.Quantity.ToMicros;
        return Usdc.FromMicros(Micros.Narrow(exact / Micros.PerUnit));
    }

    /// <summary>Shares resting on the best <paramref name="count"/> levels of a side.</summary>
    public Quantity DepthShares(BookSide side, int count)
    {
        var levels = (side == BookSide.Bid ? Bids : Asks).Levels;
        var total = Quantity.Zero;
        foreach (var level in levels[..Math.Min(count, levels.Length)])
            total += level.Quantity;
        return total;
    }

    private ReadOnlySpan<Level> Opposite(Side side) => side == Side.Buy ? Asks.Levels : Bids.Levels;
}
