using System.Text;

namespace Equilibrage.Polymarket.Rest.Clob;

/// <summary>Where a trade stands between match and chain.</summary>
public enum TradeStatus
{
    /// <summary>A word that is not known here: provisional until it is understood.</summary>
    Unrecognized,

    /// <summary>Matched, not sent to the chain yet.</summary>
    MatchedNotBroadcasted,

    /// <summary>Matched and handed to the chain.</summary>
    Matched,

    /// <summary>In a block; balances have moved. Not final.</summary>
    Mined,

    /// <summary>Final and good.</summary>
    Confirmed,

    /// <summary>Its transaction failed and is tried again.</summary>
    Retrying,

    /// <summary>Final and void.</summary>
    Failed,
}

/// <summary>Where an order stands, by the venue's record of orders.</summary>
public enum OpenOrderStatus
{
    /// <summary>A word that is not known here.</summary>
    Unrecognized,

    /// <summary>Working.</summary>
    Live,

    /// <summary>Ended by matching; possibly only in part, so compare the matched size with the original one.</summary>
    Matched,

    /// <summary>Canceled.</summary>
    Canceled,

    /// <summary>Canceled because its market resolved.</summary>
    CanceledMarketResolved,

    /// <summary>Found invalid.</summary>
    Invalid,

    /// <summary>Held by a matching delay.</summary>
    Delayed,

    /// <summary>Was held, then found no match.</summary>
    Unmatched,
}

/// <summary>What became of an order when it was placed.</summary>
public enum PlacementStatus
{
    /// <summary>A word that is not known here: the outcome must be looked up.</summary>
    Unrecognized,

    /// <summary>Rests.</summary>
    Live,

    /// <summary>Matched at once, whole or in part.</summary>
    Matched,

    /// <summary>Held by a matching delay; the outcome comes later.</summary>
    Delayed,

    /// <summary>Was held, then found no match.</summary>
    Unmatched,
}

/// <summary>The words of the statuses, read with or without their prefix and in any case.</summary>
public static class StatusWords
{
    /// <summary>Reads a trade's status.</summary>
    public static TradeStatus TradeStatusOf(ReadOnlySpan<byte> word)
    {
        word = Strip(word, "TRADE_STATUS_"u8);
        return Is(word, "MATCHED"u8) ? TradeStatus.Matched
            : Is(word, "MINED"u8) ? TradeStatus.Mined
            : Is(word, "CONFIRMED"u8) ? TradeStatus.Confirmed
            : Is(word, "RETRYING"u8) ? TradeStatus.Retrying
            : Is(word, "FAILED"u8) ? TradeStatus.Failed
            : Is(word, "MATCHED_NOT_BROADCASTED"u8) ? TradeStatus.MatchedNotBroadcasted
            : TradeStatus.Unrecognized;
    }

    /// <summary>Reads an order's status. <c>CANCELED_</c> followed by a reason counts as canceled.</summary>
    public static OpenOrderStatus OrderStatusOf(ReadOnlySpan<byte> word)
    {
        word = Strip(word, "ORDER_STATUS_"u8);
        return Is(word, "LIVE"u8) ? OpenOrderStatus.Live
            : Is(word, "MATCHED"u8) ? OpenOrderStatus.Matched
            : Is(word, "CANCELED_MARKET_RESOLVED"u8) ? OpenOrderStatus.CanceledMarketResolved
            : Is(word, "CANCELED"u8) || Is(word, "CANCELLED"u8) || word.StartsWith("CANCELED_"u8)
                ? OpenOrderStatus.Canceled
            : Is(word, "INVALID"u8) ? OpenOrderStatus.Invalid
            : Is(word, "DELAYED"u8) ? OpenOrderStatus.Delayed
            : Is(word, "UNMATCHED"u8) ? OpenOrderStatus.Unmatched
            : OpenOrderStatus.Unrecognized;
    }

    /// <summary>Reads a placement's outcome.</summary>
    public static PlacementStatus PlacementOf(ReadOnlySpan<byte> word)
    {
        word = Strip(word, "ORDER_STATUS_"u8);
        return Is(word, "LIVE"u8) ? PlacementStatus.Live
            : Is(word, "MATCHED"u8) ? PlacementStatus.Matched
            : Is(word, "DELAYED"u8) ? PlacementStatus.Delayed
            : Is(word, "UNMATCHED"u8) ? PlacementStatus.Unmatched
            : PlacementStatus.Unrecognized;
    }

    /// <summary>The official word.</summary>
    public static string Word(TradeStatus status) => status switch
    {
        TradeStatus.MatchedNotBroadcasted => "MATCHED_NOT_BROADCASTED",
        TradeStatus.Matched => "MATCHED",
        TradeStatus.Mined => "MINED",
        TradeStatus.Confirmed => "CONFIRMED",
        TradeStatus.Retrying => "RETRYING",
        TradeStatus.Failed => "FAILED",
        _ => "",
    };

    /// <summary>The official word.</summary>
    public static string Word(OpenOrderStatus status) => status switch
    {
        OpenOrderStatus.Live => "LIVE",
        OpenOrderStatus.Matched => "MATCHED",
        OpenOrderStatus.Canceled => "CANCELED",
        OpenOrderStatus.CanceledMarketResolved => "CANCELED_MARKET_RESOLVED",
        OpenOrderStatus.Invalid => "INVALID",
        OpenOrderStatus.Delayed => "DELAYED",
        OpenOrderStatus.Unmatched => "UNMATCHED",
        _ => "",
    };

    /// <summary>The official word.</summary>
    public static string Word(PlacementStatus status) => status switch
    {
        PlacementStatus.Live => "live",
        PlacementStatus.Matched => "matched",
        PlacementStatus.Delayed => "delayed",
        PlacementStatus.Unmatched => "unmatched",
        _ => "",
    };

    /// <summary>True when nothing more happens to the trade.</summary>
    public static bool IsTerminal(this TradeStatus status) =>
        status is TradeStatus.Confirmed or TradeStatus.Failed;

    /// <summary>True once the chain's balances have moved by the trade.</summary>
    public static bool IsOnChain(this TradeStatus status) => status is TradeStatus.Mined or TradeStatus.Confirmed;

    private static ReadOnlySpan<byte> Strip(ReadOnlySpan<byte> word, ReadOnlySpan<byte> prefix) =>
        word.Length > prefix.Length && Ascii.EqualsIgnoreCase(word[..prefix.Length], prefix)
            ? word[prefix.Length..]
            : word;

    private static bool Is(ReadOnlySpan<byte> word, ReadOnlySpan<byte> known) => Ascii.EqualsIgnoreCase(word, known);
}
