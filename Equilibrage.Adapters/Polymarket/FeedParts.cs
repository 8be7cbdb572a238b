using Equilibrage.Adapters.Transport;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Adapters.Polymarket;

/// <summary>What a feed needs from outside.</summary>
internal sealed record FeedParts
{
    /// <summary>Address of the market channel.</summary>
    public required Uri MarketChannel { get; init; }

    /// <summary>Address of the user channel; used where <see cref="Identify"/> is given.</summary>
    public Uri? UserChannel { get; init; }

    /// <summary>Tells who we are, null when it cannot be learned now; itself null for market data only.</summary>
    public Func<CancellationToken, Task<AccountIdentity?>>? Identify { get; init; }

    /// <summary>Fees of a market, null when nobody knows them.</summary>
    public Func<MarketId, CancellationToken, Task<FeeSchedule?>> FeesOf { get; init; } =
        static (_, _) => Task.FromResult<FeeSchedule?>(null);

    /// <summary>Opens sockets.</summary>
    public required IFrameSocketFactory Sockets { get; init; }

    /// <summary>Reads books over REST.</summary>
    public required IBookReader Books { get; init; }

    /// <summary>Known markets; called from the reader of events.</summary>
    public Func<MarketId, Market?> Find { get; init; } = static _ => null;

    /// <summary>Asks the venue for a market that was just listed; null when it is none for us.</summary>
    public Func<MarketId, CancellationToken, Task<Market?>> Describe { get; init; } =
        static (_, _) => Task.FromResult<Market?>(null);

    /// <summary>Is handed every raw frame, for a recording; must be quick and never throw.</summary>
    public Action<string, ReadOnlyMemory<byte>>? Record { get; init; }

    /// <summary>
    /// Is told when the reader of events has had all of a market frame, with the time at which the frame was received;
    /// for measuring.
    /// </summary>
    public Action<DateTimeOffset>? Applied { get; init; }

    /// <summary>Bounds.</summary>
    public FeedRules Rules { get; init; } = new();

    /// <summary>Care of the connections.</summary>
    public SocketCare Care { get; init; } = new();

    /// <summary>Wall time.</summary>
    public TimeProvider Wall { get; init; } = TimeProvider.System;

    /// <summary>Seed of the waits' jitter.</summary>
    public int Seed { get; init; } = Environment.ProcessId;
}
