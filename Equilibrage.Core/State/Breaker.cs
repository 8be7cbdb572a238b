using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.State;

/// <summary>
/// Stops entries after too many faults of one kind in a row: closed, open for a while, then half-open for one trial
/// that closes it or opens it again. Time is wall time.
/// </summary>
public sealed record Breaker
{
    /// <summary>No faults.</summary>
    public static Breaker Closed { get; } = new();

    /// <summary>Orders in a row that were refused or not answered.</summary>
    public int Rejected { get; init; }

    /// <summary>Cancels in a row that failed.</summary>
    public int CancelFailed { get; init; }

    /// <summary>Orders in a row that were answered too slowly.</summary>
    public int Slow { get; init; }

    /// <summary>When it lets one trial pass; null while closed.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Why it opened; null while closed.</summary>
    public CallFault? OpenedBy { get; init; }

    /// <summary>The order that is its trial; null while none is under way.</summary>
    public ClientOrderId? Trial { get; init; }

    /// <summary>True when it lets no entry pass now.</summary>
    public bool Blocks(DateTimeOffset now) => Until is { } until && (now < until || Trial is not null);

    /// <summary>True when the next entry is its trial.</summary>
    public bool WantsTrial(DateTimeOffset now) => Until is { } until && now >= until && Trial is null;

    /// <summary>The breaker after an order or a cancel was answered as it should be.</summary>
    /// <param name="order">The order.</param>
    /// <param name="isCancel">True for its cancel.</param>
    public Breaker Succeed(ClientOrderId order, bool isCancel)
    {
        if (Trial == order)
            return Closed;
        return isCancel ? this with { CancelFailed = 0 } : this with { Rejected = 0, Slow = 0 };
    }

    /// <summary>The breaker after a fault.</summary>
    public Breaker Fail(ClientOrderId order, CallFault fault, RiskLimits limits, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(limits);
        var counted = fault switch
        {
            CallFault.Rejected => this with { Rejected = Rejected + 1 },
            CallFault.CancelFailed => this with { CancelFailed = CancelFailed + 1 },
            _ => this with { Slow = Slow + 1, Rejected = 0 },
        };
        var isTrial = Trial == order;
        if (Until is not null && !isTrial)
            return counted;
        var isTooMuch = isTrial || counted.CountOf(fault) >= limits.BreakerFaults;
        return isTooMuch
            ? counted with { Until = now.AddSeconds(limits.BreakerSeconds), OpenedBy = fault, Trial = null }
            : counted;
    }

    private int CountOf(CallFault fault) => fault switch
    {
        CallFault.Rejected => Rejected,
        CallFault.CancelFailed => CancelFailed,
        _ => Slow,
    };
}
