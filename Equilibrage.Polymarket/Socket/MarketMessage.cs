using Equilibrage.Core.Books;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Polymarket.Socket;

/// <summary>
/// One event of the market channel, as a value: what a server writes and what a reader of rare events gets.
/// </summary>
/// <param name="TimestampMs">Market time, Unix milliseconds.</param>
public abstract record MarketMessage(long TimestampMs)
{
    /// <summary>A whole book, after a subscription and after trades that changed it.</summary>
    public sealed record Book(long TimestampMs) : MarketMessage(TimestampMs)
    {
        /// <summary>The condition id.</summary>
        public required MarketId Market { get; init; }

        /// <summary>The token.</summary>
        public required TokenId Token { get; init; }

        /// <summary>The exchange's fingerprint, see <see cref="BookHash"/>; a diagnostic and never a gate.</summary>
        public string Hash { get; init; } = "";

        /// <summary>Wanted shares, best first; written worst first, as the exchange does.</summary>
        public required IReadOnlyList<Level> Bids { get; init; }

        /// <summary>Offered shares, best first; written worst first.</summary>
        public required IReadOnlyList<Level> Asks { get; init; }

        /// <summary>Smallest resting order in shares, when named.</summary>
        public Quantity? MinimumOrderSize { get; init; }

        /// <summary>Price grid, when named.</summary>
        public TickSize? TickSize { get; init; }

        /// <summary>Whether the market belongs to a negative-risk group, when named.</summary>
        public bool? IsNegRisk { get; init; }

        /// <summary>Price of the last print, when named; null also where there was none.</summary>
        public Price? LastTradePrice { get; init; }
    }

    /// <summary>New total sizes of levels, usually of both tokens of the market.</summary>
    public sealed record PriceChange(long TimestampMs, MarketId Market, IReadOnlyList<PriceChangeEntry> Changes)
        : MarketMessage(TimestampMs);

    /// <summary>A public print.</summary>
    public sealed record Trade(long TimestampMs) : MarketMessage(TimestampMs)
    {
        /// <summary>The condition id.</summary>
        public required MarketId Market { get; init; }

        /// <summary>The taker's token.</summary>
        public required TokenId Token { get; init; }

        /// <summary>Execution price.</summary>
        public required Price Price { get; init; }

        /// <summary>Shares.</summary>
        public required Quantity Size { get; init; }

        /// <summary>The taker's direction.</summary>
        public required Side Side { get; init; }

        /// <summary>A flag-like base value, not the effective fee.</summary>
        public long FeeRateBps { get; init; }

        /// <summary>Settlement transaction, when known.</summary>
        public string TransactionHash { get; init; } = "";
    }

    /// <summary>The price grid changed: a new epoch of the book.</summary>
    public sealed record TickSizeChange(
        long TimestampMs, MarketId Market, TokenId Token, TickSize OldTick, TickSize NewTick)
        : MarketMessage(TimestampMs);

    /// <summary>The best prices changed; null where a side is empty.</summary>
    public sealed record BestBidAsk(
        long TimestampMs, MarketId Market, TokenId Token, Price? BestBid, Price? BestAsk) : MarketMessage(TimestampMs);

    /// <summary>A market was listed.</summary>
    public sealed record NewMarket(long TimestampMs) : MarketMessage(TimestampMs)
    {
        /// <summary>Gamma's id.</summary>
        public required string Id { get; init; }

        /// <summary>The condition id.</summary>
        public required MarketId Market { get; init; }

        /// <summary>The question.</summary>
        public required string Question { get; init; }

        /// <summary>The address part.</summary>
        public string Slug { get; init; } = "";

        /// <summary>The rules in words.</summary>
        public string Description { get; init; } = "";

        /// <summary>Tokens, first outcome first.</summary>
        public required IReadOnlyList<TokenId> Tokens { get; init; }

        /// <summary>Outcome names in the same order.</summary>
        public required IReadOnlyList<string> Outcomes { get; init; }

        /// <summary>Tags.</summary>
        public IReadOnlyList<string> Tags { get; init; } = [];

        /// <summary>Price grid, when named.</summary>
        public TickSize? TickSize { get; init; }

        /// <summary>
        /// Id of the group that the market belongs to (what the exchange calls an event), when named.
        /// </summary>
        public string? GroupId { get; init; }

        /// <summary>The group's title, when named.</summary>
        public string? GroupTitle { get; init; }

        /// <summary>True while orders are accepted.</summary>
        public bool IsActive { get; init; } = true;
    }

    /// <summary>A market came to its end.</summary>
    public sealed record MarketResolved(long TimestampMs) : MarketMessage(TimestampMs)
    {
        /// <summary>Gamma's id.</summary>
        public string Id { get; init; } = "";

        /// <summary>The condition id.</summary>
        public required MarketId Market { get; init; }

        /// <summary>Tokens, first outcome first.</summary>
        public required IReadOnlyList<TokenId> Tokens { get; init; }

        /// <summary>The token that pays one dollar; null when both pay one half.</summary>
        public required TokenId? Winner { get; init; }

        /// <summary>The winner's outcome name, empty when both pay one half.</summary>
        public string WinningOutcome { get; init; } = "";

        /// <summary>Tags.</summary>
        public IReadOnlyList<string> Tags { get; init; } = [];
    }

    /// <summary>Market time of a practice exchange, sent at each of its steps; Polymarket has no such event.</summary>
    public sealed record PracticeClock(long TimestampMs) : MarketMessage(TimestampMs);
}

/// <summary>One level's new total size inside a <see cref="MarketMessage.PriceChange"/>.</summary>
/// <param name="Token">The token.</param>
/// <param name="Price">The level.</param>
/// <param name="Size">Its new total size; zero removes it.</param>
/// <param name="Side">Buy changes the bids, Sell the asks.</param>
/// <param name="Hash">Fingerprint of the order that caused it.</param>
/// <param name="BestBid">Best bid of the token afterwards; null for none.</param>
/// <param name="BestAsk">Best ask of the token afterwards; null for none.</param>
public readonly record struct PriceChangeEntry(
    TokenId Token, Price Price, Quantity Size, Side Side, string Hash, Price? BestBid, Price? BestAsk);
