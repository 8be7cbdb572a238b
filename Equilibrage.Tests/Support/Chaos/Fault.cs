namespace Equilibrage.Tests.Support.Chaos;

/// <summary>What can go wrong in a run.</summary>
internal enum Fault
{
    /// <summary>An order never reaches the exchange, and nobody says so.</summary>
    RequestLost,

    /// <summary>An order is taken and its answer lost.</summary>
    AnswerLost,

    /// <summary>An order reaches the exchange long after it was given up.</summary>
    RequestLate,

    /// <summary>An answer comes after everything else is known.</summary>
    AnswerLate,

    /// <summary>An order is known not to have been sent.</summary>
    NotSent,

    /// <summary>The exchange refuses an order.</summary>
    Refused,

    /// <summary>A call that is safe to repeat fails.</summary>
    CallFails,

    /// <summary>A call that is safe to repeat is not answered until the connection gives up.</summary>
    CallHangs,

    /// <summary>The exchange serves nobody for a while.</summary>
    ExchangeAway,

    /// <summary>The exchange takes no new orders for a while.</summary>
    CancelOnly,

    /// <summary>An event of the account comes twice.</summary>
    EventTwice,

    /// <summary>An event of the account is overtaken by others.</summary>
    EventLate,

    /// <summary>The feed is cut for a while; what happens meanwhile is never told.</summary>
    FeedCut,

    /// <summary>The feed says nothing for a while and does not know it.</summary>
    FeedSilent,

    /// <summary>The database fails without having written.</summary>
    AppendLost,

    /// <summary>The database writes and fails to say so.</summary>
    AppendUnsaid,

    /// <summary>The database is away for a while.</summary>
    DatabaseAway,

    /// <summary>The process dies before a write of the journal is durable.</summary>
    DropBeforeWrite,

    /// <summary>The process dies right after a write of the journal, before anything is sent.</summary>
    DropAfterWrite,

    /// <summary>The process dies at any moment.</summary>
    Drop,

    /// <summary>The wall clock jumps.</summary>
    ClockJump,

    /// <summary>The machine stands still for a while.</summary>
    Pause,

    /// <summary>An operation on the chain takes long.</summary>
    ChainSlow,

    /// <summary>An operation on the chain fails and may be tried again.</summary>
    ChainFails,

    /// <summary>The settlement of a trade fails: a ghost fill.</summary>
    TradeFails,

    /// <summary>The exchange holds an order before it matches it.</summary>
    MatchDelayed,

    /// <summary>The user trades elsewhere with the same wallet.</summary>
    TradeElsewhere,

    /// <summary>The operator halts the desk and lets it go on later.</summary>
    Halt,
}
