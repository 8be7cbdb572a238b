using Equilibrage.Core.Accounting;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Opportunities;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.State;

/// <summary>What a strategy wants. Nothing happens before the risk gate approved it.</summary>
public abstract record Intent
{
    /// <summary>Open a position.</summary>
    public sealed record Open : Intent
    {
        /// <summary>The market.</summary>
        public required Market Market { get; init; }

        /// <summary>The strategy.</summary>
        public required StrategyId StrategyId { get; init; }

        /// <summary>Dollars and their split.</summary>
        public required EntryPlan Plan { get; init; }

        /// <summary>The scan's judgement, when there is one.</summary>
        public Opportunity? Opportunity { get; init; }

        /// <summary>
        /// The operator's command, for a manual entry; it skips the score threshold and the pause only.
        /// </summary>
        public string? CommandId { get; init; }
    }

    /// <summary>Buy what is missing of a leg.</summary>
    public sealed record BuyLeg(Position Position, Outcome Outcome) : Intent;

    /// <summary>Sell what is held of a leg.</summary>
    public sealed record SellLeg(Position Position, Outcome Outcome, ExitReason Reason) : Intent;

    /// <summary>Cancel an order that works; nothing happens when it is being canceled already.</summary>
    public sealed record CancelOrder(ClientOrderId ClientOrderId, string Why) : Intent;

    /// <summary>Take an arrow of the state machine.</summary>
    public sealed record Move(Position Position, PositionState To, string Why) : Intent;

    /// <summary>Begin to sell a leg, with the numbers that decided.</summary>
    public sealed record BeginExit(EngineOutput.ExitBegun Exit) : Intent;

    /// <summary>A leg is sold.</summary>
    public sealed record EndExit(Position Position, Outcome Outcome, ExitReason Reason) : Intent;

    /// <summary>The market paid: turn a leg into a claim.</summary>
    public sealed record SettleLeg(Position Position, Outcome Outcome, Price Payout) : Intent;

    /// <summary>Let a bid for what is missing of a leg rest in the book.</summary>
    public sealed record QuoteLeg(Position Position, Outcome Outcome) : Intent;

    /// <summary>Let a sale of what is held of a leg rest in the book.</summary>
    /// <param name="Position">The position.</param>
    /// <param name="Outcome">The leg.</param>
    /// <param name="Trigger">Lowest price, dollars per share.</param>
    public sealed record RestProfit(Position Position, Outcome Outcome, decimal Trigger) : Intent;

    /// <summary>Split dollars into pairs, or merge pairs into dollars.</summary>
    /// <param name="Position">The position.</param>
    /// <param name="Kind">Split or merge.</param>
    /// <param name="Pairs">How many.</param>
    /// <param name="PriceYes">The first outcome's part of each dollar.</param>
    /// <param name="Why">Both ways with their prices.</param>
    public sealed record MovePairs(
        Position Position, ChainOperationKind Kind, Quantity Pairs, Price PriceYes, string Why) : Intent;

    /// <summary>Chase a missing leg or leave the other, with the numbers that decided.</summary>
    public sealed record DecideOneLeg(EngineOutput.OneLegDecided Decision) : Intent;

    /// <summary>A one-leg event is over.</summary>
    public sealed record EndOneLeg(EngineOutput.OneLegEnded End) : Intent;
}
