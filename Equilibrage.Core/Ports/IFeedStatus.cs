namespace Equilibrage.Core.Ports;

/// <summary>How a venue's feed is doing.</summary>
public interface IFeedStatus
{
    /// <summary>The latest state; replaced about twice a second, never changed.</summary>
    FeedStatus Status { get; }
}

/// <summary>
/// A feed's connections, books and recoveries at one moment. Counts run from the start of the process.
/// </summary>
public sealed record FeedStatus
{
    /// <summary>A feed that has not begun.</summary>
    public static FeedStatus None { get; } = new();

    /// <summary>Market-data connections that are wanted.</summary>
    public int Connections { get; init; }

    /// <summary>Of those, open ones.</summary>
    public int OpenConnections { get; init; }

    /// <summary>Tokens whose books are followed.</summary>
    public int Tokens { get; init; }

    /// <summary>Of those, books that may be believed.</summary>
    public int Current { get; init; }

    /// <summary>Books that wait for a first snapshot.</summary>
    public int Seeding { get; init; }

    /// <summary>Books that were silent too long or are in doubt.</summary>
    public int Stale { get; init; }

    /// <summary>Books that are known to have missed something.</summary>
    public int Untrusted { get; init; }

    /// <summary>Tokens that were wanted beyond what the feed can follow.</summary>
    public int Refused { get; init; }

    /// <summary>Frames received.</summary>
    public long Frames { get; init; }

    /// <summary>Frames refused as malformed.</summary>
    public long RefusedFrames { get; init; }

    /// <summary>Fields and event types of unknown names.</summary>
    public long Unknown { get; init; }

    /// <summary>Connections that were lost.</summary>
    public long Disconnects { get; init; }

    /// <summary>Books asked for over REST to compare or to seed.</summary>
    public long Probes { get; init; }

    /// <summary>Probes without a usable answer.</summary>
    public long FailedProbes { get; init; }

    /// <summary>Probes whose answer was older than the book.</summary>
    public long OldProbes { get; init; }

    /// <summary>Comparisons that found another book, or best prices other than the venue's.</summary>
    public long Mismatches { get; init; }

    /// <summary>Books that were seeded again.</summary>
    public long Reseeds { get; init; }

    /// <summary>Recovery step 1: tokens subscribed anew.</summary>
    public long Resubscribes { get; init; }

    /// <summary>Recovery step 2: tokens moved to a fresh connection.</summary>
    public long Moves { get; init; }

    /// <summary>Recovery step 3: tokens that came to be polled fast.</summary>
    public long FastPolls { get; init; }

    /// <summary>Recovery step 4: tokens that came to be polled slowly.</summary>
    public long SlowPolls { get; init; }

    /// <summary>Recovery step 5: tokens given up until something is heard of them.</summary>
    public long GivenUp { get; init; }

    /// <summary>True while the account's channel is open; null where there is none.</summary>
    public bool? IsAccountOpen { get; init; }

    /// <summary>Times that the account's channel was lost: what happened meanwhile must be asked for.</summary>
    public long AccountGaps { get; init; }

    /// <summary>Account frames refused as malformed.</summary>
    public long RefusedAccountFrames { get; init; }
}
