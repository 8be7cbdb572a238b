using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.Observations;

/// <summary>
/// What a scan knows of a market's prices and flow without a live book: one row of a polled table, with its time.
/// Absent values are null, never zero.
/// </summary>
public sealed record MarketQuote
{
    /// <summary>The market.</summary>
    public required MarketId MarketId { get; init; }

    /// <summary>Market time of the quote.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Best bid of the first outcome.</summary>
    public Price? BidYes { get; init; }

    /// <summary>Best ask of the first outcome.</summary>
    public Price? AskYes { get; init; }

    /// <summary>Best bid of the second outcome.</summary>
    public Price? BidNo { get; init; }

    /// <summary>Best ask of the second outcome.</summary>
    public Price? AskNo { get; init; }

    /// <summary>Shares on the best five bids of the first outcome.</summary>
    public Quantity BidDepthYes { get; init; }

    /// <summary>Shares on the best five bids of the second outcome.</summary>
    public Quantity BidDepthNo { get; init; }

    /// <summary>Dollars on the best five levels of the thinner side (bids or asks, either outcome).</summary>
    public Usdc ThinDepth { get; init; }

    /// <summary>Dollars traded in the last 24 hours; null when unknown.</summary>
    public Usdc? Volume24h { get; init; }

    /// <summary>
    /// Dollars of large trades toward the first outcome minus toward the second, last 24 hours; null when unknown.
    /// </summary>
    public Usdc? WhaleNet24h { get; init; }

    /// <summary>Middle of the first outcome's quote in micro-dollars, or null without both sides.</summary>
    public long? MidMicros => BidYes is { } bid && AskYes is { } ask ? (bid.ToMicros + ask.ToMicros) / 2 : null;
}

/// <summary>A public trade of a market.</summary>
public sealed record PublicTrade(
    TradeId TradeId, MarketId MarketId, TokenId TokenId, Side Side, Price Price, Quantity Quantity, DateTimeOffset At);
