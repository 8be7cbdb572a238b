using Equilibrage.Core.Books;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Adapters.Polymarket;

/// <summary>How far the recovery of a token has come.</summary>
internal enum RecoveryStep
{
    /// <summary>Nothing is wrong, or nothing was tried yet.</summary>
    None,

    /// <summary>Subscribed anew.</summary>
    Resubscribed,

    /// <summary>Moved to a fresh connection.</summary>
    Moved,

    /// <summary>Polled every few seconds.</summary>
    FastPolling,

    /// <summary>Polled twice a minute.</summary>
    SlowPolling,

    /// <summary>Nothing answers.</summary>
    GivenUp,
}

/// <summary>Why a token's book is being asked for.</summary>
internal enum ProbeReason
{
    /// <summary>It is not.</summary>
    None,

    /// <summary>To compare.</summary>
    Compare,

    /// <summary>To replace.</summary>
    Seed,
}

/// <summary>One token as the feed's machine knows it.</summary>
internal sealed class FollowedToken(TokenId id, int number, FeedConnection connection)
{
    public TokenId Id { get; } = id;

    /// <summary>Its number among the books.</summary>
    public int Number { get; } = number;

    public FeedConnection Connection { get; set; } = connection;

    public BookTrust Trust { get; set; } = BookTrust.Empty;

    public RecoveryStep Step { get; set; }

    public DateTimeOffset SubscribedAt { get; set; }

    /// <summary>Last frame about it, or last comparison that agreed.</summary>
    public DateTimeOffset HeardAt { get; set; }

    /// <summary>True when a frame about it came since it was last subscribed: the subscription works.</summary>
    public bool IsHeard { get; set; }

    /// <summary>True when only a snapshot helps: something was or may have been missed.</summary>
    public bool IsDoubted { get; set; }

    /// <summary>Last snapshot, or last comparison that agreed.</summary>
    public DateTimeOffset VerifiedAt { get; set; }

    public DateTimeOffset? MismatchedSince { get; set; }

    /// <summary>Comparisons in a row that found another book.</summary>
    public int Differences { get; set; }

    public ProbeReason Probe { get; set; }

    public DateTimeOffset ProbedAt { get; set; }

    /// <summary>Market time of the book when the question was sent; an answer that is older is a cached one.</summary>
    public long ProbedMs { get; set; }

    /// <summary>True when the question was sent after the subscription was seen to work.</summary>
    public bool IsProbeSound { get; set; }

    /// <summary>Not before this is a next question sent or a next step taken.</summary>
    public DateTimeOffset NextAt { get; set; }

    public int Polls { get; set; }

    public DateTimeOffset? UnansweredSince { get; set; }

    /// <summary>Changes since the question was sent, which the answer may lack.</summary>
    public List<BufferedChange> Buffer { get; } = [];

    public bool HasOverflown { get; set; }
}

/// <summary>A change that is kept until a book is there to take it.</summary>
internal readonly record struct BufferedChange(long TimestampMs, BookSide Side, Price Price, Quantity Quantity);

/// <summary>One connection with the tokens that are subscribed on it.</summary>
internal sealed class FeedConnection(int number)
{
    public int Number { get; } = number;

    public bool IsOpen { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    public HashSet<FollowedToken> Tokens { get; } = [];
}
