using Equilibrage.Core.Accounting;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.Projections;

/// <summary>A position for people and programs. Prices are dollars per share; null before they exist.</summary>
public sealed record PositionView
{
    /// <summary>Its id.</summary>
    public required PositionId Id { get; init; }

    /// <summary>The market's condition id.</summary>
    public required MarketId MarketId { get; init; }

    /// <summary>The question.</summary>
    public required string MarketName { get; init; }

    /// <summary>The strategy.</summary>
    public required StrategyId StrategyId { get; init; }

    /// <summary>active, liquidated or closed.</summary>
    public required PositionStatus Status { get; init; }

    /// <summary>The state machine's value.</summary>
    public required PositionState State { get; init; }

    /// <summary>Market time of entry (both legs held), else of the decision.</summary>
    public required DateTimeOffset EntryTime { get; init; }

    /// <summary>Market time of closing.</summary>
    public DateTimeOffset? CloseTime { get; init; }

    /// <summary>Spend over shares of the first outcome, without fee.</summary>
    public decimal? EntryPriceYes { get; init; }

    /// <summary>Spend over shares of the second outcome, without fee.</summary>
    public decimal? EntryPriceNo { get; init; }

    /// <summary>Actual spend on the first outcome, without fee.</summary>
    public required Usdc CapitalYes { get; init; }

    /// <summary>Actual spend on the second outcome, without fee.</summary>
    public required Usdc CapitalNo { get; init; }

    /// <summary>Shares of the first outcome held now.</summary>
    public required Quantity SharesYes { get; init; }

    /// <summary>Shares of the second outcome held now.</summary>
    public required Quantity SharesNo { get; init; }

    /// <summary>Best bid of the first outcome, or its payout.</summary>
    public Price? CurrentPriceYes { get; init; }

    /// <summary>Best bid of the second outcome, or its payout.</summary>
    public Price? CurrentPriceNo { get; init; }

    /// <summary>The side that was sold while the other stayed.</summary>
    public Outcome? LiquidatedSide { get; init; }

    /// <summary>The last leg's exit reason.</summary>
    public ExitReason? ExitReason { get; init; }

    /// <summary>Realised plus held at the bid, minus cost and fees.</summary>
    public required Usdc Pnl { get; init; }

    /// <summary>Fees paid.</summary>
    public required Usdc Fees { get; init; }

    /// <summary>Dollars allocated, fees included.</summary>
    public required Usdc Capital { get; init; }

    /// <summary>The score that let it in.</summary>
    public int? Score { get; init; }

    /// <summary>True when the operator opened it.</summary>
    public required bool IsManual { get; init; }

    /// <summary>When the market is expected to end.</summary>
    public DateTimeOffset? ExpectedEnd { get; init; }

    /// <summary>How the market ended, if it did while held.</summary>
    public Resolution? Resolution { get; init; }

    /// <summary>The exit parameters it was opened with.</summary>
    public required ExitRules Rules { get; init; }

    /// <summary>How its orders are worked, as it was set when it was opened.</summary>
    public ExecutionRules Execution { get; init; } = ExecutionRules.Default;

    /// <summary>What was decided when its entry stood on one leg; null when it never did.</summary>
    public OneLegEpisode? OneLeg { get; init; }

    /// <summary>Both legs, first outcome first.</summary>
    public required IReadOnlyList<LegView> Legs { get; init; }
}

/// <summary>One leg of a position.</summary>
public sealed record LegView
{
    /// <summary>Which side.</summary>
    public required Outcome Outcome { get; init; }

    /// <summary>The market's own name of it.</summary>
    public required string Name { get; init; }

    /// <summary>The token.</summary>
    public required TokenId TokenId { get; init; }

    /// <summary>Shares bought.</summary>
    public required Quantity Bought { get; init; }

    /// <summary>Those of them that a resting bid of ours bought, without a fee.</summary>
    public Quantity BoughtAsMaker { get; init; }

    /// <summary>Those of them that were split from dollars.</summary>
    public Quantity BoughtBySplit { get; init; }

    /// <summary>Shares sold.</summary>
    public required Quantity Sold { get; init; }

    /// <summary>Those of them that a resting sale of ours sold, without a fee.</summary>
    public Quantity SoldAsMaker { get; init; }

    /// <summary>Those of them that were merged into dollars.</summary>
    public Quantity SoldByMerge { get; init; }

    /// <summary>Shares held now.</summary>
    public required Quantity Held { get; init; }

    /// <summary>Spend without fee.</summary>
    public required Usdc Cost { get; init; }

    /// <summary>Received for sold shares, before fee.</summary>
    public required Usdc Proceeds { get; init; }

    /// <summary>Paid at resolution.</summary>
    public required Usdc Payout { get; init; }

    /// <summary>Fees of both directions.</summary>
    public required Usdc Fees { get; init; }

    /// <summary>Spend over shares, dollars per share.</summary>
    public decimal? EntryPrice { get; init; }

    /// <summary>Received over shares sold, dollars per share.</summary>
    public decimal? ExitPrice { get; init; }

    /// <summary>Best bid, last trusted bid, or payout.</summary>
    public Price? CurrentPrice { get; init; }

    /// <summary>True when the current price is not from a trusted book.</summary>
    public required bool Stale { get; init; }

    /// <summary>
    /// Price at which the nearest armed falling trigger (stop-loss, divergence) sells; null when none is armed.
    /// </summary>
    public decimal? TriggerPrice { get; init; }

    /// <summary>How far the current price is above that trigger, percent of the current price.</summary>
    public decimal? DistancePercent { get; init; }

    /// <summary>Price at which take-profit sells; null when off.</summary>
    public decimal? TakeProfitPrice { get; init; }

    /// <summary>Depth-walked bid that fired, when one did.</summary>
    public decimal? FiredAt { get; init; }

    /// <summary>How much less per share the sale brought.</summary>
    public decimal? RealizedSlippage { get; init; }

    /// <summary>Why it ended.</summary>
    public ExitReason? ExitReason { get; init; }

    /// <summary>Profit of the leg, held shares at the bid, after fees.</summary>
    public required Usdc Pnl { get; init; }
}

/// <summary>One execution, as shown with a position and in the list of trades.</summary>
public sealed record FillView(
    TradeId TradeId, PositionId PositionId, Outcome Outcome, Side Side, Price Price, Quantity Quantity, Usdc Notional,
    Usdc Fee, ExitReason? Reason, DateTimeOffset ExecutedAt, EntryStatus Settlement)
{
    /// <summary>Our id of the order that was executed; null where it is not known.</summary>
    public ClientOrderId? OrderId { get; init; }
}
