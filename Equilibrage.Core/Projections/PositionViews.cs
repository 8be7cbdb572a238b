using Equilibrage.Core.Accounting;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.Strategies.TwoSided;

namespace Equilibrage.Core.Projections;

/// <summary>Views of positions, from the live state or from storage alike.</summary>
public static class PositionViews
{
    /// <summary>
    /// Makes the view; <paramref name="yes"/> and <paramref name="no"/> are the prices that value the legs.
    /// </summary>
    public static PositionView Make(
        Position position, Market? market, (Price? Bid, bool IsStale) yes, (Price? Bid, bool IsStale) no)
    {
        ArgumentNullException.ThrowIfNull(position);
        return new()
        {
            Id = position.Id,
            MarketId = position.MarketId,
            MarketName = market?.Question ?? position.MarketId.Value,
            StrategyId = position.StrategyId,
            Status = position.Status,
            State = position.State,
            EntryTime = position.EnteredAt ?? position.OpenedAt,
            CloseTime = position.ClosedAt,
            EntryPriceYes = position.Yes.EntryPrice,
            EntryPriceNo = position.No.EntryPrice,
            CapitalYes = position.Yes.Cost,
            CapitalNo = position.No.Cost,
            SharesYes = position.Yes.Held,
            SharesNo = position.No.Held,
            CurrentPriceYes = yes.Bid,
            CurrentPriceNo = no.Bid,
            LiquidatedSide = position.LiquidatedSide,
            ExitReason = position.IsOpen ? null : position.ExitReason,
            Pnl = position.Pnl(yes.Bid, no.Bid),
            Fees = position.Fees,
            Capital = position.Capital,
            Score = position.Score,
            IsManual = position.IsManual,
            ExpectedEnd = market?.ExpectedEnd,
            Resolution = position.Resolution,
            Rules = position.Rules,
            Execution = position.Execution,
            OneLeg = position.OneLeg,
            Legs =
            [
                Leg(position, position.Yes, market, yes),
                Leg(position, position.No, market, no),
            ],
        };
    }

    private static LegView Leg(Position position, Leg leg, Market? market, (Price? Bid, bool IsStale) price)
    {
        var isArmed = position.State == PositionState.Active && leg.IsHeld;
        var trigger = isArmed ? ExitSignals.FallingTrigger(leg, position.Rules)?.Price : null;
        var current = price.Bid?.ToDecimal();
        return new()
        {
            Outcome = leg.Outcome,
            Name = market?.Name(leg.Outcome) ?? leg.Outcome.ToString(),
            TokenId = leg.TokenId,
            Bought = leg.Bought,
            BoughtAsMaker = leg.BoughtAsMaker,
            BoughtBySplit = leg.BoughtBySplit,
            Sold = leg.Sold,
            SoldAsMaker = leg.SoldAsMaker,
            SoldByMerge = leg.SoldByMerge,
            Held = leg.Held,
            Cost = leg.Cost,
            Proceeds = leg.Proceeds,
            Payout = leg.Payout,
            Fees = leg.Fees,
            EntryPrice = leg.EntryPrice,
            ExitPrice = leg.ExitPrice,
            CurrentPrice = price.Bid,
            Stale = price.IsStale,
            TriggerPrice = trigger is { } line ? Math.Round(line, 6) : null,
            DistancePercent = trigger is { } below && current is > 0
                ? Math.Round((current.Value - below) / current.Value * 100, 2)
                : null,
            TakeProfitPrice = isArmed && ExitSignals.RisingTrigger(leg, position.Rules) is { } top
                ? Math.Round(top, 6)
                : null,
            FiredAt = leg.TriggerPrice,
            RealizedSlippage = leg.RealizedSlippage,
            ExitReason = leg.ExitReason,
            Pnl = leg.Pnl(price.Bid),
        };
    }
}
