using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.Audit;

/// <summary>How far the exchange says a trade of ours has come.</summary>
public enum ExchangeTradeStage
{
    /// <summary>Matched; balances have not moved.</summary>
    OnItsWay,

    /// <summary>Balances have moved; not final.</summary>
    Moved,

    /// <summary>Final.</summary>
    Final,

    /// <summary>Final and void.</summary>
    Failed,
}

/// <summary>One execution of ours in the exchange's record.</summary>
/// <param name="Fill">What was executed.</param>
/// <param name="Stage">How far it has come; null when the exchange does not say.</param>
public sealed record ExchangeTrade(Fill Fill, ExchangeTradeStage? Stage);

/// <summary>The exchange's record of our account.</summary>
/// <param name="Source">Where it was read, for people.</param>
/// <param name="Cash">Collateral, reservations included.</param>
/// <param name="Tokens">Shares, positive entries only.</param>
/// <param name="OpenOrders">Orders that still work.</param>
/// <param name="Trades">All executions ever; null when they cannot be had from this source.</param>
public sealed record ExchangeRecord(
    string Source, Usdc Cash, IReadOnlyDictionary<TokenId, Quantity> Tokens, IReadOnlySet<VenueOrderId> OpenOrders,
    IReadOnlyList<ExchangeTrade>? Trades);
