using System.Text.Json.Serialization;
using Equilibrage.Core.Accounting;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.State;

/// <summary>
/// What the engine recorded: the only thing that changes lasting state, journalled before it has any effect outside.
/// Folding all of them in order gives the state back.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(AccountOpened), "account_opened")]
[JsonDerivedType(typeof(SettingsChanged), "settings_changed")]
[JsonDerivedType(typeof(CommandAnswered), "command_answered")]
[JsonDerivedType(typeof(PositionOpened), "position_opened")]
[JsonDerivedType(typeof(PositionMoved), "position_moved")]
[JsonDerivedType(typeof(ExitBegun), "exit_begun")]
[JsonDerivedType(typeof(LegExited), "leg_exited")]
[JsonDerivedType(typeof(PairRequested), "pair_requested")]
[JsonDerivedType(typeof(PairBooked), "pair_booked")]
[JsonDerivedType(typeof(PairFailed), "pair_failed")]
[JsonDerivedType(typeof(OneLegDecided), "one_leg_decided")]
[JsonDerivedType(typeof(OneLegEnded), "one_leg_ended")]
[JsonDerivedType(typeof(OrderSubmitted), "order_submitted")]
[JsonDerivedType(typeof(OrderUpdated), "order_updated")]
[JsonDerivedType(typeof(FillBooked), "fill_booked")]
[JsonDerivedType(typeof(TradeSettled), "trade_settled")]
[JsonDerivedType(typeof(MarketResolved), "market_resolved")]
[JsonDerivedType(typeof(LegSettled), "leg_settled")]
[JsonDerivedType(typeof(RedemptionRequested), "redemption_requested")]
[JsonDerivedType(typeof(RedemptionBooked), "redemption_booked")]
[JsonDerivedType(typeof(IncidentRaised), "incident_raised")]
[JsonDerivedType(typeof(PermissionChanged), "permission_changed")]
[JsonDerivedType(typeof(IncidentClosed), "incident_closed")]
[JsonDerivedType(typeof(SharesMoved), "shares_moved")]
[JsonDerivedType(typeof(ExternalBooked), "external_booked")]
[JsonDerivedType(typeof(ActivityRead), "activity_read")]
[JsonDerivedType(typeof(LookUpRequested), "look_up_requested")]
[JsonDerivedType(typeof(CancelRequested), "cancel_requested")]
[JsonDerivedType(typeof(CancelRefused), "cancel_refused")]
[JsonDerivedType(typeof(Halted), "halted")]
[JsonDerivedType(typeof(HaltAcknowledged), "halt_acknowledged")]
[JsonDerivedType(typeof(Resumed), "resumed")]
[JsonDerivedType(typeof(DayBegan), "day_began")]
[JsonDerivedType(typeof(PeakReached), "peak_reached")]
[JsonDerivedType(typeof(CallJudged), "call_judged")]
public abstract record EngineOutput
{
    /// <summary>The account exists and holds its capital.</summary>
    public sealed record AccountOpened(AccountId AccountId, Entry Deposit) : EngineOutput;

    /// <summary>New settings are in force for new positions.</summary>
    public sealed record SettingsChanged(TradingSettings Settings) : EngineOutput;

    /// <summary>An operator's command was carried out or refused.</summary>
    public sealed record CommandAnswered(string CommandId, PositionId? PositionId, Denial? Denial) : EngineOutput;

    /// <summary>A position was planned, with the market as it was then and the numbers that decided.</summary>
    public sealed record PositionOpened(Position Position, Market Market, string Why) : EngineOutput
    {
        /// <summary>What every layer of risk left of the capital that was wished for; null in old records.</summary>
        public IReadOnlyList<SizeLayer>? Sizes { get; init; }
    }

    /// <summary>A position took an arrow of its state machine.</summary>
    public sealed record PositionMoved(PositionId PositionId, PositionState From, PositionState To, string Why)
        : EngineOutput;

    /// <summary>A leg is to be sold from now on, with the numbers that decided.</summary>
    /// <param name="PositionId">The position.</param>
    /// <param name="Outcome">The leg.</param>
    /// <param name="Reason">Which rule.</param>
    /// <param name="BestBid">Best bid at that moment; null without a usable book.</param>
    /// <param name="SellablePrice">Depth-walked bid for all that is held, dollars per share; null without one.</param>
    /// <param name="EntryPrice">The leg's own entry price; null when nothing was bought.</param>
    /// <param name="Threshold">The price that had to be reached; null for a rule without one.</param>
    public sealed record ExitBegun(
        PositionId PositionId, Outcome Outcome, ExitReason Reason, Price? BestBid, decimal? SellablePrice,
        decimal? EntryPrice, decimal? Threshold) : EngineOutput;

    /// <summary>A leg is sold.</summary>
    public sealed record LegExited(PositionId PositionId, Outcome Outcome, ExitReason Reason) : EngineOutput;

    /// <summary>An order is about to be sent; its reservation is booked.</summary>
    public sealed record OrderSubmitted(PreparedOrder Order, ExitReason? Reason, Entry? Reservation) : EngineOutput
    {
        /// <summary>The book at that moment; null without one that could be believed, and in older records.</summary>
        public BookTop? Book { get; init; }
    }

    /// <summary>An order changed its status.</summary>
    public sealed record OrderUpdated(
        ClientOrderId ClientOrderId, PositionId PositionId, OrderStatus Status, string? Why, Entry? Release)
        : EngineOutput
    {
        /// <summary>The status before; null in records that older versions wrote.</summary>
        public OrderStatus? From { get; init; }

        /// <summary>What told us; null in records that older versions wrote.</summary>
        public OrderCause? Cause { get; init; }
    }

    /// <summary>The venue is about to be asked to cancel an order that works.</summary>
    public sealed record CancelRequested(ClientOrderId ClientOrderId, PositionId PositionId, string Why) : EngineOutput;

    /// <summary>The venue would not cancel an order; it works on, and may be asked for again.</summary>
    public sealed record CancelRefused(ClientOrderId ClientOrderId, PositionId PositionId, string Why) : EngineOutput;

    /// <summary>An execution was booked.</summary>
    public sealed record FillBooked(
        ClientOrderId ClientOrderId, PositionId PositionId, Outcome Outcome, Fill Fill, Entry Entry, Entry? Release)
        : EngineOutput;

    /// <summary>The venue is about to be asked to split dollars into pairs, or to merge pairs into dollars.</summary>
    /// <param name="Operation">What is asked for; its amount is in pairs.</param>
    /// <param name="Why">Both ways with their prices, and what the cheaper one saves.</param>
    /// <param name="PriceYes">The first outcome's part of each dollar; the second's is the rest.</param>
    /// <param name="Reservation">The collateral of a split set aside; null for a merge.</param>
    public sealed record PairRequested(ChainOperation Operation, string Why, Price PriceYes, Entry? Reservation = null)
        : EngineOutput;

    /// <summary>The venue split or merged: both legs were bought or sold at their parts of a dollar a pair.</summary>
    /// <param name="OperationId">The operation.</param>
    /// <param name="PositionId">The position.</param>
    /// <param name="Entry">The money and the shares.</param>
    /// <param name="Release">The freed reservation of a split.</param>
    /// <param name="OperationKind">Split or merge.</param>
    /// <param name="Pairs">How many.</param>
    /// <param name="PriceYes">The first outcome's part of each dollar; the second's is the rest.</param>
    /// <param name="TransactionHash">The transaction, where there is one.</param>
    public sealed record PairBooked(
        OperationId OperationId, PositionId PositionId, Entry Entry, Entry? Release, ChainOperationKind OperationKind,
        Quantity Pairs, Price PriceYes, string? TransactionHash) : EngineOutput
    {
        /// <summary>An outcome's part of the dollars; both together are exactly one dollar a pair.</summary>
        public Usdc DollarsOf(Outcome outcome)
        {
            var yes = PriceYes.ProceedsOf(Pairs);
            return outcome == Outcome.Yes ? yes : Usdc.FromMicros(Pairs.ToMicros) - yes;
        }
    }

    /// <summary>The venue will not split or merge: the position goes through the books from here on.</summary>
    public sealed record PairFailed(
        OperationId OperationId, PositionId PositionId, string Why, Entry? Release = null) : EngineOutput;

    /// <summary>An entry stood on one leg when its time was up: chase what is missing, or sell what is held.</summary>
    /// <param name="PositionId">The position.</param>
    /// <param name="Episode">What was decided, with the limits of a chase.</param>
    /// <param name="PairCost">Cost of a pair with what is missing, fees included; null when it cannot be had.</param>
    /// <param name="ChaseLoss">What completing would lose, dollars; null when it cannot be.</param>
    /// <param name="UnwindLoss">What unwinding would lose, dollars; null when nobody asked.</param>
    /// <param name="Why">The comparison in a sentence.</param>
    /// <param name="IsFirst">False when it ends a chase that had been decided before.</param>
    public sealed record OneLegDecided(
        PositionId PositionId, OneLegEpisode Episode, decimal? PairCost, Usdc? ChaseLoss, Usdc? UnwindLoss, string Why,
        bool IsFirst) : EngineOutput;

    /// <summary>A one-leg event is over.</summary>
    /// <param name="PositionId">The position.</param>
    /// <param name="IsCompleted">True when both legs are held, false when nothing is.</param>
    /// <param name="Cost">What it cost, dollars; negative when prices came our way.</param>
    public sealed record OneLegEnded(PositionId PositionId, bool IsCompleted, Usdc Cost) : EngineOutput;

    /// <summary>A trade became final, or failed and was taken back.</summary>
    public sealed record TradeSettled(TradeId TradeId, PositionId PositionId, bool IsConfirmed) : EngineOutput;

    /// <summary>A market that we hold ended.</summary>
    public sealed record MarketResolved(Resolution Resolution) : EngineOutput;

    /// <summary>A held leg became a claim on its payout.</summary>
    public sealed record LegSettled(PositionId PositionId, Outcome Outcome, Entry Entry, Usdc Payout) : EngineOutput;

    /// <summary>The venue is about to be asked to redeem.</summary>
    public sealed record RedemptionRequested(MarketId MarketId) : EngineOutput;

    /// <summary>The claim became cash.</summary>
    public sealed record RedemptionBooked(MarketId MarketId, IReadOnlyList<Entry> Entries) : EngineOutput
    {
        /// <summary>The transaction; null where there is none, or nothing was to be redeemed.</summary>
        public string? TransactionHash { get; init; }
    }

    /// <summary>Our books and the venue's record differ, or something else needs the operator.</summary>
    /// <param name="Subject">What it is about, in a few words.</param>
    /// <param name="Detail">The numbers on both sides and the best explanation.</param>
    /// <param name="Id">Its id while it is open; null for a notice, which opens nothing.</param>
    /// <param name="Kind">What went wrong.</param>
    /// <param name="MarketId">The market that it stops for entries; null when it concerns none, or all.</param>
    /// <param name="Difference">The two numbers, where two numbers differ.</param>
    public sealed record IncidentRaised(
        string Subject, string Detail, IncidentId? Id = null,
        [property: JsonPropertyName("incidentKind")] IncidentKind Kind = IncidentKind.Notice,
        MarketId? MarketId = null, Difference? Difference = null) : EngineOutput;

    /// <summary>
    /// Shares changed between a position and what the wallet holds besides, at cost: neither gains or loses by it.
    /// </summary>
    /// <param name="PositionId">The position.</param>
    /// <param name="Outcome">Its leg.</param>
    /// <param name="Micros">Micro-shares that the leg gained; negative when it gave them away.</param>
    /// <param name="Entry">The booking.</param>
    /// <param name="Why">Why.</param>
    public sealed record SharesMoved(PositionId PositionId, Outcome Outcome, long Micros, Entry Entry, string Why)
        : EngineOutput;

    /// <summary>Something moved the account's balances that no strategy asked for.</summary>
    /// <param name="ActivityId">The venue's record of it; null when it was found otherwise.</param>
    /// <param name="Activity">What it was.</param>
    /// <param name="Entry">The booking.</param>
    /// <param name="MarketId">The market, if one is concerned.</param>
    public sealed record ExternalBooked(
        string? ActivityId, ActivityKind? Activity, Entry Entry, MarketId? MarketId) : EngineOutput;

    /// <summary>The account's activity is booked up to a moment of market time.</summary>
    public sealed record ActivityRead(DateTimeOffset Through) : EngineOutput;

    /// <summary>The account's activity shows an execution of ours that is not booked: the order is asked for.</summary>
    public sealed record LookUpRequested(ClientOrderId ClientOrderId, PositionId PositionId, TradeId TradeId)
        : EngineOutput;

    /// <summary>An open incident is over.</summary>
    public sealed record IncidentClosed(IncidentId Id, string How) : EngineOutput;

    /// <summary>
    /// The operator armed or disarmed the desk, or an arming expired. Kept for the record only: a restart disarms.
    /// </summary>
    public sealed record PermissionChanged(
        [property: JsonConverter(typeof(JsonStringEnumConverter<OrderPermission>))] OrderPermission Permission,
        string Why) : EngineOutput;

    /// <summary>The kill switch was pulled: every order is to be canceled, nothing is entered.</summary>
    public sealed record Halted(HaltCause Cause, string Reason) : EngineOutput;

    /// <summary>The venue confirmed that no order is open.</summary>
    /// <param name="Canceled">Orders that it canceled for the halt.</param>
    public sealed record HaltAcknowledged(int Canceled) : EngineOutput;

    /// <summary>The kill switch was cleared.</summary>
    public sealed record Resumed(string Why) : EngineOutput;

    /// <summary>A new day of market time began: its losses are measured against this equity.</summary>
    public sealed record DayBegan(DateOnly Day, Usdc Equity) : EngineOutput;

    /// <summary>Equity is higher than ever, or falls are measured from here on because the operator says so.</summary>
    public sealed record PeakReached(Usdc Equity) : EngineOutput;

    /// <summary>A call to the venue went wrong, or went well after others had not: breakers count it.</summary>
    /// <param name="MarketId">The market.</param>
    /// <param name="PositionId">The position.</param>
    /// <param name="ClientOrderId">The order that was sent or canceled.</param>
    /// <param name="Fault">What was wrong; null when nothing was.</param>
    /// <param name="IsCancel">True for a cancel.</param>
    /// <param name="IsError">True when it counts towards the halt for errors in a row.</param>
    /// <param name="Detail">The venue's words, or the time that it took.</param>
    public sealed record CallJudged(
        MarketId MarketId, PositionId PositionId, ClientOrderId ClientOrderId, CallFault? Fault, bool IsCancel,
        bool IsError, string? Detail) : EngineOutput;
}
