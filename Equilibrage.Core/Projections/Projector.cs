using Equilibrage.Core.Accounting;
using Equilibrage.Core.Opportunities;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;

namespace Equilibrage.Core.Projections;

/// <summary>
/// Makes immutable views of the engine's state. Runs on the loop's thread; what it returns may go anywhere.
/// </summary>
public static class Projector
{
    /// <summary>Money and shares at this sequence.</summary>
    public static OverviewView Overview(EngineState state, string mode)
    {
        ArgumentNullException.ThrowIfNull(state);
        var (ledger, equity) = (state.Ledger, Equity.Of(state));
        return new()
        {
            Mode = mode,
            Sequence = state.Sequence,
            MarketTime = state.Now.MarketTime,
            RecordedAt = state.Now.RecordedAt,
            Equity = equity.Total,
            Cash = equity.Cash,
            Holdings = equity.Holdings,
            Reserved = ledger.Reserved,
            Unsettled = ledger.Unsettled,
            Income = ledger.Income,
            Redeemable = ledger.Redeemable,
            Allocated = ledger.Inventory + ledger.Reserved,
            Available = ledger.Available,
            RealizedPnl = ledger.RealizedPnl,
            UnrealizedPnl = equity.Holdings - ledger.Inventory - ledger.Redeemable,
            Fees = ledger.Fees,
            Capital = ledger.Capital,
            ActivePositions = state.OpenPositions.Count(),
            MaxPositions = state.Settings.MaxPositions,
            Legs = [.. equity.Tokens.Select(token =>
                new HoldingView(token.TokenId, token.Shares, token.Bid, token.Value, token.IsStale))],
            External = ExternalView.Of(state),
            ExternalOrders = state.ExternalOrders.Count,
            GhostFills = GhostView.Of(state),
        };
    }

    /// <summary>Open positions, newest first.</summary>
    public static IReadOnlyList<PositionView> Positions(EngineState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return [.. state.OpenPositions
            .OrderByDescending(position => position.OpenedAt)
            .ThenBy(position => position.Id.Value, StringComparer.Ordinal)
            .Select(position => Position(state, position))];
    }

    /// <summary>A position as the live state shows it.</summary>
    public static PositionView Position(EngineState state, Position position)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(position);
        var yes = Equity.BidOf(state, position.Yes.TokenId);
        var no = Equity.BidOf(state, position.No.TokenId);
        return PositionViews.Make(position, state.Catalog.Find(position.MarketId), yes, no);
    }

    /// <summary>How a command ended, with its position as it stands.</summary>
    public static CommandOutcome Outcome(EngineState state, EngineOutput.CommandAnswered answer)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(answer);
        var position = answer.PositionId is { } id && state.Positions.TryGetValue(id, out var found)
            ? Position(state, found)
            : null;
        return new(answer.PositionId, position, answer.Denial);
    }

    /// <summary>Price marks of all open positions.</summary>
    public static IReadOnlyList<PriceMark> Marks(EngineState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return [.. state.OpenPositions.Select(position =>
        {
            var yes = Equity.BidOf(state, position.Yes.TokenId).Bid;
            var no = Equity.BidOf(state, position.No.TokenId).Bid;
            return new PriceMark(
                position.Id, state.Now, position.Yes.TokenId, position.No.TokenId, yes, no, position.Pnl(yes, no));
        })];
    }

    /// <summary>A point of the equity curve.</summary>
    public static EquityPoint EquityPoint(EngineState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        var equity = Equity.Of(state);
        return new(state.Now, state.AccountId, equity.Total, equity.Cash, equity.Holdings, state.Ledger.RealizedPnl);
    }

    /// <summary>The latest scan with names and final verdicts.</summary>
    public static ScanView Scan(EngineState state, ScanResult scan, Func<MarketId, Denial?> verdict)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(scan);
        ArgumentNullException.ThrowIfNull(verdict);
        var items = new List<OpportunityView>(scan.Opportunities.Count);
        foreach (var opportunity in scan.Opportunities)
        {
            if (state.Catalog.Find(opportunity.MarketId) is { } market)
                items.Add(new(market, opportunity, opportunity.IsEligible ? verdict(market.Id) : null));
        }

        return new(state.Now, items, scan.Eligible, scan.CountsByReason);
    }
}
