using Equilibrage.Core.Orders;
using Equilibrage.Core.Projections;
using Equilibrage.Core.State;

namespace Equilibrage.Web.Hosting;

/// <summary>What waits for the loop.</summary>
internal abstract record InboxItem
{
    /// <summary>The feed reported; stamped with the wall clock at receipt.</summary>
    public sealed record Report(FeedEvent Event, DateTimeOffset ReceivedAt) : InboxItem;

    /// <summary>A fact that was made from the market time at which it is handled.</summary>
    public sealed record Fact(Func<Stamp, EngineEvent> Make) : InboxItem;

    /// <summary>An operator asks and waits.</summary>
    public sealed record Command(OperatorCommand Ask, TaskCompletionSource<CommandOutcome> Answer) : InboxItem;

    /// <summary>An operator wants a scan now.</summary>
    public sealed record ScanNow : InboxItem;

    /// <summary>
    /// The venue's record of the account, read while the journal stood at a sequence: later it may mean nothing. With
    /// all that moved its balances since they were last booked; null when the venue did not tell.
    /// </summary>
    public sealed record AccountRead(VenueAccount Account, AccountActivity? Activity, long AsOf) : InboxItem;

    /// <summary>Time passed.</summary>
    public sealed record Tick : InboxItem;
}
