using System.Text.Json.Serialization;

namespace Equilibrage.Core.Orders;

/// <summary>How long an order works, by the venue's names.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<OrderType>))]
public enum OrderType
{
    /// <summary>Rests until filled or canceled.</summary>
    Gtc,

    /// <summary>Rests until a date.</summary>
    Gtd,

    /// <summary>All at once or nothing.</summary>
    Fok,

    /// <summary>What can be had at once; the rest is dropped.</summary>
    Fak,
}

/// <summary>Where one of our orders stands. Terminal statuses never reopen.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<OrderStatus>))]
public enum OrderStatus
{
    /// <summary>Journalled and handed to the sender; no answer yet.</summary>
    Submitted,

    /// <summary>The venue has it.</summary>
    Accepted,

    /// <summary>The venue holds it before matching; in flight, never resent.</summary>
    Delayed,

    /// <summary>Partly executed and still working.</summary>
    PartiallyFilled,

    /// <summary>Executed whole. Terminal.</summary>
    Filled,

    /// <summary>Canceled, or its remainder dropped. Terminal.</summary>
    Canceled,

    /// <summary>Its date passed, or its market ended. Terminal.</summary>
    Expired,

    /// <summary>Refused by the venue. Terminal.</summary>
    Rejected,

    /// <summary>Sent without an answer: looked up, never resent, counted as exposure.</summary>
    Unknown,
}

/// <summary>Properties of statuses.</summary>
public static class OrderStatuses
{
    /// <summary>True when nothing more can happen to the order, late fills aside.</summary>
    public static bool IsTerminal(this OrderStatus status) =>
        status is OrderStatus.Filled or OrderStatus.Canceled or OrderStatus.Expired or OrderStatus.Rejected;
}
