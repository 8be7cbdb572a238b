using Equilibrage.Core.Markets;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;

namespace Equilibrage.Core.Projections;

/// <content>Orders from the decision to their settlement.</content>
public static partial class JournalWords
{
    private static void Orders(Words words) => words
        .On<EngineOutput.OrderSubmitted>(Submitted)
        .On<EngineOutput.OrderUpdated>(updated =>
            new($"Order {Say.Of(updated.Status)}", Report(updated), ToneOf(updated.Status)))
        .On<EngineOutput.LookUpRequested>(asked => new(
            "The order is asked for", $"Trade {asked.TradeId} of it is not booked.", JournalTone.Neutral))
        .On<EngineOutput.CancelRequested>(asked =>
            new("Order is to be canceled", Say.Sentence(asked.Why), JournalTone.Neutral))
        .On<EngineOutput.CancelRefused>(refused =>
            new("The venue would not cancel the order", Say.Sentence(refused.Why), JournalTone.Warn))
        .On<EngineOutput.FillBooked>((booked, names) => Filled(booked.Outcome, booked.Fill, names))
        .On<EngineOutput.TradeSettled>(settled => settled.IsConfirmed
            ? new("Trade confirmed", null, JournalTone.Good)
            : new("Trade failed and was taken back", null, JournalTone.Bad));

    private static JournalSentence Submitted(EngineOutput.OrderSubmitted submitted, OutcomeNames names)
    {
        var order = submitted.Order.Command;
        var (verb, bound) = order.Side == Side.Buy ? ("Buy", "at most") : ("Sell", "at least");
        var rest = order.IsPostOnly ? ", post-only" : "";
        var seen = submitted.Book is { } book ? $" {book.Explain()}" : "";
        return new(
            $"{verb} order for {names.Of(order.Outcome)} sent",
            $"{Say.Shares(order.Quantity)} shares, {bound} {Say.Cents(order.Limit)} each, "
            + $"{order.Type.ToString().ToUpperInvariant()}{rest}.{seen}",
            JournalTone.Neutral);
    }

    private static JournalSentence Filled(Outcome outcome, Fill fill, OutcomeNames names) => new(
        $"{(fill.Side == Side.Buy ? "Bought" : "Sold")} {Say.Shares(fill.Quantity)} {names.Of(outcome)}",
        $"At {Say.Cents(fill.Price)} each: {Say.Money(fill.Notional)}, fee {Say.Money(fill.Fee)}.",
        JournalTone.Good);

    private static string? Report(EngineOutput.OrderUpdated updated)
    {
        var cause = updated.Cause is { } known ? Say.Sentence(Say.Of(known)) : null;
        var why = Say.Sentence(updated.Why);
        return why is null ? cause : cause is null ? why : $"{why} {cause}";
    }

    private static JournalTone ToneOf(OrderStatus status) => status switch
    {
        OrderStatus.Filled => JournalTone.Good,
        OrderStatus.Rejected or OrderStatus.Unknown => JournalTone.Warn,
        _ => JournalTone.Neutral,
    };
}
