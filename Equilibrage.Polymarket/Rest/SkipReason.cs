namespace Equilibrage.Polymarket.Rest;

/// <summary>
/// Why a line of a market file is not a market that can be traded. Asked in this order; the first is named.
/// </summary>
public enum SkipReason
{
    /// <summary>Longer than any market.</summary>
    TooLong,

    /// <summary>Not one whole JSON object in UTF-8.</summary>
    BadJson,

    /// <summary>No condition id of <c>0x</c> and 64 hexadecimal digits.</summary>
    NoConditionId,

    /// <summary>No question.</summary>
    NoQuestion,

    /// <summary>Not two outcomes with names.</summary>
    WrongOutcomeCount,

    /// <summary>Not two different token ids of decimal digits.</summary>
    NoTokens,

    /// <summary>Closed.</summary>
    Closed,

    /// <summary>Not active, or archived.</summary>
    Inactive,

    /// <summary>Without an order book.</summary>
    NoOrderBook,

    /// <summary>Not accepting orders.</summary>
    NotAcceptingOrders,

    /// <summary>A price grid that the venue does not have, or none.</summary>
    UnknownTick,

    /// <summary>No smallest order, or one that is not positive.</summary>
    NoMinimumSize,

    /// <summary>No end date.</summary>
    NoEndDate,

    /// <summary>Neither a bid, an ask nor a displayed price strictly between 0 and 1.</summary>
    NoPrice,

    /// <summary>The condition id, or a token, of an earlier line.</summary>
    Duplicate,

    /// <summary>Ended before the clock starts.</summary>
    Ended,
}
