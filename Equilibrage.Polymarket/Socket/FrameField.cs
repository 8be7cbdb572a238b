using System.Numerics;

namespace Equilibrage.Polymarket.Socket;

/// <summary>
/// The fields of market-channel objects, as flags: which were there, and which were not what they should be.
/// </summary>
[Flags]
internal enum FrameField : uint
{
    /// <summary>No field: a name that is not known.</summary>
    None = 0,
    EventType = 1 << 0,
    Market = 1 << 1,
    Asset = 1 << 2,
    Timestamp = 1 << 3,
    Hash = 1 << 4,
    Bids = 1 << 5,
    Asks = 1 << 6,
    Changes = 1 << 7,
    Price = 1 << 8,
    Size = 1 << 9,
    Side = 1 << 10,
    Tick = 1 << 11,
    NewTick = 1 << 12,
    BestBid = 1 << 13,
    BestAsk = 1 << 14,

    /// <summary>A name that is known, of a field that no book needs.</summary>
    Unread = 1u << 31,
}

/// <summary>Names of fields.</summary>
internal static class FrameFields
{
    /// <summary>The field of a name.</summary>
    public static FrameField Find(ReadOnlySpan<byte> name)
    {
        switch (name.Length)
        {
            case 4: return OfFour(name);
            case 5: return name.SequenceEqual("price"u8) ? FrameField.Price : FrameField.None;
            case 6:
                return name.SequenceEqual("market"u8) ? FrameField.Market : Rare(name);
            case 8:
                if (name.SequenceEqual("asset_id"u8))
                    return FrameField.Asset;
                if (name.SequenceEqual("best_bid"u8))
                    return FrameField.BestBid;
                return name.SequenceEqual("best_ask"u8) ? FrameField.BestAsk : Rare(name);
            case 9:
                if (name.SequenceEqual("timestamp"u8))
                    return FrameField.Timestamp;
                return name.SequenceEqual("tick_size"u8) ? FrameField.Tick : FrameField.None;
            case 10: return name.SequenceEqual("event_type"u8) ? FrameField.EventType : Rare(name);
            case 13:
                if (name.SequenceEqual("price_changes"u8))
                    return FrameField.Changes;
                return name.SequenceEqual("new_tick_size"u8) ? FrameField.NewTick : Rare(name);
            default: return Rare(name);
        }
    }

    /// <summary>How a field that is missing or wrong is called in a refusal.</summary>
    public static FrameRefusal Refusal(FrameField field) => First(field) switch
    {
        FrameField.Timestamp => FrameRefusal.BadTime,
        FrameField.Price or FrameField.BestBid or FrameField.BestAsk => FrameRefusal.BadPrice,
        FrameField.Size => FrameRefusal.BadSize,
        FrameField.Side => FrameRefusal.BadSide,
        FrameField.Tick or FrameField.NewTick => FrameRefusal.BadTick,
        FrameField.Bids or FrameField.Asks or FrameField.Changes => FrameRefusal.BadList,
        _ => FrameRefusal.BadText,
    };

    private static FrameField First(FrameField fields) =>
        (FrameField)(1u << BitOperations.TrailingZeroCount((uint)fields));

    private static FrameField OfFour(ReadOnlySpan<byte> name)
    {
        if (name.SequenceEqual("size"u8))
            return FrameField.Size;
        if (name.SequenceEqual("side"u8))
            return FrameField.Side;
        if (name.SequenceEqual("hash"u8))
            return FrameField.Hash;
        if (name.SequenceEqual("bids"u8))
            return FrameField.Bids;
        return name.SequenceEqual("asks"u8) ? FrameField.Asks : Rare(name);
    }

    // What listings, resolutions and prints carry besides.
    private static FrameField Rare(ReadOnlySpan<byte> name) => name.Length switch
    {
        2 => name.SequenceEqual("id"u8),
        4 => name.SequenceEqual("slug"u8) || name.SequenceEqual("tags"u8) || name.SequenceEqual("line"u8),
        6 => name.SequenceEqual("spread"u8) || name.SequenceEqual("active"u8),
        7 => name.SequenceEqual("version"u8),
        8 => name.SequenceEqual("neg_risk"u8) || name.SequenceEqual("question"u8) || name.SequenceEqual("outcomes"u8),
        10 => name.SequenceEqual("assets_ids"u8),
        11 => name.SequenceEqual("description"u8),
        12 => name.SequenceEqual("fee_rate_bps"u8) || name.SequenceEqual("condition_id"u8)
            || name.SequenceEqual("fees_enabled"u8) || name.SequenceEqual("fee_schedule"u8),
        13 => name.SequenceEqual("old_tick_size"u8) || name.SequenceEqual("event_message"u8),
        14 => name.SequenceEqual("min_order_size"u8) || name.SequenceEqual("clob_token_ids"u8)
            || name.SequenceEqual("taker_base_fee"u8),
        15 => name.SequenceEqual("game_start_time"u8) || name.SequenceEqual("winning_outcome"u8),
        16 => name.SequenceEqual("transaction_hash"u8) || name.SequenceEqual("last_trade_price"u8)
            || name.SequenceEqual("winning_asset_id"u8) || name.SequenceEqual("group_item_title"u8),
        18 => name.SequenceEqual("sports_market_type"u8),
        25 => name.SequenceEqual("order_price_min_tick_size"u8),
        _ => false,
    } ? FrameField.Unread : FrameField.None;
}
