using System.Globalization;
using Equilibrage.Core.Accounting;
using Equilibrage.Core.Execution;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.Risk;
using Equilibrage.Core.State;

namespace Equilibrage.Core.Engine;

/// <summary>Plans a position from an approved entry.</summary>
internal static class PositionFactory
{
    /// <summary>A planned position: ids, rules and both legs' budgets, the thinner leg first.</summary>
    public static Position Create(EngineState state, Approved<Intent.Open> approved)
    {
        var intent = approved.Intent;
        var market = intent.Market;
        var legs = EntrySizer.Size(state, market, intent.Plan);
        var rules = state.Settings.Exit with { RatioYes = intent.Plan.RatioYes };
        return new()
        {
            Id = new(DerivedId.Uuid(
                "position", state.AccountId.Value, intent.StrategyId.Value, market.Id.Value,
                (state.Sequence + 1).ToString(CultureInfo.InvariantCulture))),
            AccountId = state.AccountId,
            StrategyId = intent.StrategyId,
            MarketId = market.Id,
            State = PositionState.Planned,
            Capital = intent.Plan.Capital,
            Rules = rules,
            Execution = state.Settings.Execution,
            Yes = Leg(state, market, Outcome.Yes, legs),
            No = Leg(state, market, Outcome.No, legs),
            FirstLeg = legs[0].Outcome,
            Score = intent.Opportunity?.Score,
            IsManual = intent.CommandId is not null,
            OpenedAt = state.Now.MarketTime,
            EntryDeadline = state.Now.RecordedAt.AddSeconds((double)rules.OneLegSeconds),
        };
    }

    private static Leg Leg(
        EngineState state, Market market, Outcome outcome,
        IReadOnlyList<(Outcome Outcome, Usdc Budget, Quantity Shares)> legs)
    {
        var planned = legs.FirstOrDefault(leg => leg.Outcome == outcome && !leg.Shares.IsZero);
        return new()
        {
            Outcome = outcome,
            TokenId = market.Token(outcome),
            Budget = planned.Budget,
            Planned = planned.Shares,
            PlannedPrice = planned.Shares.IsZero ? null : state.Book(market.Token(outcome)).BestAsk,
        };
    }
}
