using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.Books;

/// <summary>All shares offered or wanted at one price.</summary>
public readonly record struct Level(Price Price, Quantity Quantity);

/// <summary>Which side of a book.</summary>
public enum BookSide
{
    /// <summary>Wanted shares; best is the highest price.</summary>
    Bid,

    /// <summary>Offered shares; best is the lowest price.</summary>
    Ask,
}

/// <summary>A whole book as received, levels in any order (venues send the worst first).</summary>
public sealed record BookSnapshot(TokenId TokenId, IReadOnlyList<Level> Bids, IReadOnlyList<Level> Asks);

/// <summary>One level's new total size; zero removes the level. Never a difference.</summary>
public readonly record struct BookDelta(TokenId TokenId, BookSide Side, Price Price, Quantity Quantity);

/// <summary>How far a token's book may be believed.</summary>
public enum BookTrust
{
    /// <summary>Nothing received yet.</summary>
    Empty,

    /// <summary>Subscribed, waiting for a snapshot.</summary>
    Seeding,

    /// <summary>Snapshot received on this connection and every change since.</summary>
    Current,

    /// <summary>Silent for longer than its bound.</summary>
    Stale,

    /// <summary>Known to have missed something.</summary>
    Untrusted,
}
