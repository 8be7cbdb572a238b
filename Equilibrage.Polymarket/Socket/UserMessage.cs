using Equilibrage.Core.Primitives;

namespace Equilibrage.Polymarket.Socket;

/// <summary>One event of the user channel.</summary>
/// <param name="TimestampMs">Market time, Unix milliseconds.</param>
public abstract record UserMessage(long TimestampMs)
{
    /// <summary>An order of ours was placed, matched or canceled.</summary>
    public sealed record OrderChanged(long TimestampMs) : UserMessage(TimestampMs)
    {
        /// <summary>What happened.</summary>
        public required OrderEventKind Kind { get; init; }

        /// <summary>The order's hash.</summary>
        public required VenueOrderId Id { get; init; }

        /// <summary>API key of the owner.</summary>
        public string Owner { get; init; } = "";

        /// <summary>Wallet that funds the order.</summary>
        public string MakerAddress { get; init; } = "";

        /// <summary>The condition id.</summary>
        public required MarketId Market { get; init; }

        /// <summary>The token.</summary>
        public required TokenId Token { get; init; }

        /// <summary>Direction.</summary>
        public required Side Side { get; init; }

        /// <summary>Limit price.</summary>
        public required Price Price { get; init; }

        /// <summary>Shares asked for, when named.</summary>
        public Quantity? OriginalSize { get; init; }

        /// <summary>Shares matched so far, when named.</summary>
        public Quantity? SizeMatched { get; init; }

        /// <summary>Trades that matched it.</summary>
        public IReadOnlyList<TradeId> Trades { get; init; } = [];

        /// <summary>The outcome's name.</summary>
        public string Outcome { get; init; } = "";

        /// <summary>When it was placed, Unix milliseconds.</summary>
        public long CreatedAtMs { get; init; }

        /// <summary>When it expires, Unix seconds; 0 for never.</summary>
        public long ExpirationSeconds { get; init; }

        /// <summary>GTC, GTD, FOK or FAK.</summary>
        public string OrderType { get; init; } = "";

        /// <summary>The exchange's words, such as <c>LIVE</c> or <c>CANCELED_order couldn't …</c>.</summary>
        public required string Status { get; init; }
    }

    /// <summary>A trade in which we have a part; sent again for every change of its status.</summary>
    public sealed record TradeChanged(long TimestampMs) : UserMessage(TimestampMs)
    {
        /// <summary>The trade.</summary>
        public required TradeId Id { get; init; }

        /// <summary>The taker's order.</summary>
        public required VenueOrderId TakerOrderId { get; init; }

        /// <summary>The condition id.</summary>
        public required MarketId Market { get; init; }

        /// <summary>The taker's token.</summary>
        public required TokenId Token { get; init; }

        /// <summary>The taker's direction.</summary>
        public required Side Side { get; init; }

        /// <summary>Shares over all makers.</summary>
        public required Quantity Size { get; init; }

        /// <summary>The taker's price.</summary>
        public required Price Price { get; init; }

        /// <summary>Where the settlement stands.</summary>
        public required TradeState State { get; init; }

        /// <summary>When it was matched, Unix milliseconds.</summary>
        public long MatchTimeMs { get; init; }

        /// <summary>When it last changed, Unix milliseconds.</summary>
        public long LastUpdateMs { get; init; }

        /// <summary>The taker's outcome name.</summary>
        public string Outcome { get; init; } = "";

        /// <summary>API key of the receiver of this event, on either side.</summary>
        public string Owner { get; init; } = "";

        /// <summary>API key of the taker, when it is told.</summary>
        public string TradeOwner { get; init; } = "";

        /// <summary>Wallet of the taker, or of the receiver; told differently over time.</summary>
        public string MakerAddress { get; init; } = "";

        /// <summary>Settlement transaction, when there is one. No proof that the trade is final.</summary>
        public string TransactionHash { get; init; } = "";

        /// <summary>Number of the piece when a match needs several transactions.</summary>
        public int BucketIndex { get; init; }

        /// <summary>A flag-like base value, not the effective fee.</summary>
        public long FeeRateBps { get; init; }

        /// <summary>True when the receiver took, false when its order rested; null when not told.</summary>
        public bool? IsTaker { get; init; }

        /// <summary>The resting orders that it met, each with its own side, token and price.</summary>
        public required IReadOnlyList<MakerFill> Makers { get; init; }
    }
}

/// <summary>A resting order's part in a trade. Side, token and price are the resting order's own.</summary>
public sealed record MakerFill
{
    /// <summary>The resting order.</summary>
    public required VenueOrderId OrderId { get; init; }

    /// <summary>API key of its owner.</summary>
    public string Owner { get; init; } = "";

    /// <summary>Wallet that funds it.</summary>
    public string MakerAddress { get; init; } = "";

    /// <summary>Shares.</summary>
    public required Quantity Matched { get; init; }

    /// <summary>Its price.</summary>
    public required Price Price { get; init; }

    /// <summary>Its token; null when not told.</summary>
    public TokenId? Token { get; init; }

    /// <summary>Its direction; null when not told.</summary>
    public Side? Side { get; init; }

    /// <summary>Its outcome name.</summary>
    public string Outcome { get; init; } = "";

    /// <summary>A flag-like base value.</summary>
    public long FeeRateBps { get; init; }
}

/// <summary>What an order event tells.</summary>
public enum OrderEventKind
{
    /// <summary>The order rests or was taken in.</summary>
    Placement,

    /// <summary>It was matched.</summary>
    Update,

    /// <summary>It was canceled, by its owner or by the exchange.</summary>
    Cancellation,
}

/// <summary>
/// Where a trade's settlement stands. Only <see cref="Confirmed"/> and <see cref="Failed"/> are final.
/// </summary>
public enum TradeState
{
    /// <summary>A word that is not known; treated as provisional.</summary>
    Unknown,

    /// <summary>Matched, not yet handed to the chain.</summary>
    MatchedNotBroadcasted,

    /// <summary>Matched.</summary>
    Matched,

    /// <summary>In a block; balances have moved.</summary>
    Mined,

    /// <summary>Final.</summary>
    Confirmed,

    /// <summary>Did not settle and is tried again.</summary>
    Retrying,

    /// <summary>Final and void.</summary>
    Failed,
}
