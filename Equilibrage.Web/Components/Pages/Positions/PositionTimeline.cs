using Equilibrage.Core.Markets;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Ports;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.Projections;
using Equilibrage.Core.State;
using Equilibrage.Web.Components.Controls;

namespace Equilibrage.Web.Components.Pages.Positions;

/// <summary>One line of a position's story.</summary>
/// <param name="Sequence">Its place in the journal.</param>
/// <param name="At">Both clocks.</param>
/// <param name="Title">What happened.</param>
/// <param name="Detail">The numbers that explain it; null when the title says all.</param>
/// <param name="Tone">Its colour.</param>
public sealed record TimelineLine(long Sequence, Stamp At, string Title, string? Detail, Tone Tone);

/// <summary>Tells the journal of a position in plain words, with the numbers that decided.</summary>
public sealed class PositionTimeline(PositionView position)
{
    /// <summary>The lines, in the order of the journal.</summary>
    public IReadOnlyList<TimelineLine> Tell(IReadOnlyList<TimelineItem> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        return [.. items.Select(Tell)];
    }

    private TimelineLine Tell(TimelineItem item)
    {
        var (title, detail, tone) = Describe(item.Output);
        return new(item.Sequence, item.At, title, detail, tone);
    }

    private (string Title, string? Detail, Tone Tone) Describe(EngineOutput output) => output switch
    {
        EngineOutput.PositionOpened opened => ("Decided to enter", Sentence(opened.Why), Tone.Info),
        EngineOutput.PositionMoved moved => (Words.Of(moved.To), Sentence(moved.Why), Words.ToneOf(moved.To)),
        EngineOutput.ExitBegun begun =>
            ($"{Words.Of(begun.Reason)}: {Name(begun.Outcome)} is to be sold", Numbers(begun), Tone.Warn),
        EngineOutput.LegExited exited => ($"{Name(exited.Outcome)} is sold", Words.Of(exited.Reason), Tone.Neutral),
        EngineOutput.OrderSubmitted submitted => Order(submitted.Order.Command),
        EngineOutput.OrderUpdated updated =>
            ($"Order {Status(updated.Status)}", Sentence(updated.Why), ToneOf(updated.Status)),
        EngineOutput.FillBooked booked => Fill(booked.Outcome, booked.Fill),
        EngineOutput.TradeSettled settled => settled.IsConfirmed
            ? ("Trade confirmed", null, Tone.Good)
            : ("Trade failed and was taken back", null, Tone.Bad),
        EngineOutput.MarketResolved ended => ("The market resolved", Resolution(ended.Resolution), Tone.Info),
        EngineOutput.LegSettled settled =>
            ($"{Name(settled.Outcome)} pays {Format.Money(settled.Payout.ToDecimal())}", null, Tone.Good),
        EngineOutput.RedemptionRequested => ("Payout asked for", null, Tone.Neutral),
        EngineOutput.RedemptionBooked => ("Payout received", null, Tone.Good),
        EngineOutput.CommandAnswered answered => answered.Denial is { } denial
            ? ("The operator's request was refused", denial.Explain(), Tone.Warn)
            : ("Asked for by the operator", null, Tone.Info),
        EngineOutput.CancelRequested asked => ("Order is to be canceled", Sentence(asked.Why), Tone.Neutral),
        EngineOutput.CancelRefused refused => ("The cancel was refused", Sentence(refused.Why), Tone.Warn),
        EngineOutput.IncidentRaised incident => (incident.Subject, incident.Detail, Tone.Warn),
        _ => ("Recorded", output.GetType().Name, Tone.Neutral),
    };

    /// <summary>How the market ended, in the market's own words.</summary>
    public string Resolution(Resolution resolution)
    {
        ArgumentNullException.ThrowIfNull(resolution);
        return resolution.Winner is { } winner
            ? $"{Name(winner)} won; the market resolved {Words.Of(resolution.Kind)}."
            : $"It ended {Words.Of(resolution.Kind)}: both outcomes pay 50¢ a share.";
    }

    private (string Title, string? Detail, Tone Tone) Order(OrderCommand order) => (
        $"{(order.Side == Side.Buy ? "Buy" : "Sell")} order for {Name(order.Outcome)} sent",
        $"{Words.Shares(order.Quantity)} shares, {(order.Side == Side.Buy ? "at most" : "at least")} "
            + $"{Format.Price(order.Limit.ToDecimal())} each, {order.Type.ToString().ToUpperInvariant()}.",
        Tone.Neutral);

    private (string Title, string? Detail, Tone Tone) Fill(Outcome outcome, Fill fill) => (
        $"{(fill.Side == Side.Buy ? "Bought" : "Sold")} {Words.Shares(fill.Quantity)} {Name(outcome)}",
        $"At {Format.Price(fill.Price.ToDecimal())} each: {Format.Money(fill.Notional.ToDecimal())}, "
            + $"fee {Format.Money(fill.Fee.ToDecimal())}.",
        Tone.Good);

    private static string? Numbers(EngineOutput.ExitBegun begun)
    {
        var parts = new List<string>();
        if (begun.SellablePrice is { } sellable) parts.Add($"all of it would sell at {Format.Price(sellable, 2)}");
        if (begun.Threshold is { } threshold) parts.Add($"the trigger stands at {Format.Price(threshold, 2)}");
        if (begun.EntryPrice is { } entry) parts.Add($"it was bought at {Format.Price(entry, 2)}");
        if (begun.BestBid is { } bid) parts.Add($"the best bid is {Format.Price(bid.ToDecimal(), 2)}");
        return parts.Count == 0 ? null : Sentence(string.Join(", ", parts));
    }

    private static string Status(OrderStatus status) => status switch
    {
        OrderStatus.PartiallyFilled => "partly filled",
        OrderStatus.Unknown => "unanswered: it is being looked up",
        _ => status.ToString().ToLowerInvariant(),
    };

    private static Tone ToneOf(OrderStatus status) => status switch
    {
        OrderStatus.Filled => Tone.Good,
        OrderStatus.Rejected or OrderStatus.Unknown => Tone.Warn,
        _ => Tone.Neutral,
    };

    private static string? Sentence(string? text) =>
        string.IsNullOrWhiteSpace(text) ? null : char.ToUpperInvariant(text[0]) + text[1..].TrimEnd('.') + ".";

    private string Name(Outcome outcome) =>
        position.Legs.FirstOrDefault(leg => leg.Outcome == outcome)?.Name ?? outcome.ToString();
}
