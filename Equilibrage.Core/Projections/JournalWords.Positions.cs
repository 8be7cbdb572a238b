using Equilibrage.Core.Accounting;
using Equilibrage.Core.State;

namespace Equilibrage.Core.Projections;

/// <content>Positions from the decision to their end.</content>
public static partial class JournalWords
{
    private static void Positions(Words words) => words
        .On<EngineOutput.PositionOpened>(opened => new(
            "Decided to enter", Say.Sentence(opened.Why) + Sized(opened), JournalTone.Info))
        .On<EngineOutput.PositionMoved>(moved =>
            new(Say.Of(moved.To), Say.Sentence(moved.Why), ToneOf(moved.To)))
        .On<EngineOutput.ExitBegun>((begun, names) => new(
            $"{Say.Of(begun.Reason)}: {names.Of(begun.Outcome)} is to be sold", Numbers(begun), JournalTone.Warn))
        .On<EngineOutput.LegExited>((exited, names) =>
            new($"{names.Of(exited.Outcome)} is sold", Say.Of(exited.Reason), JournalTone.Neutral))
        .On<EngineOutput.MarketResolved>((ended, names) =>
            new("The market resolved", Of(ended.Resolution, names), JournalTone.Info))
        .On<EngineOutput.LegSettled>((settled, names) => new(
            $"{names.Of(settled.Outcome)} pays {Say.Money(settled.Payout)}", null, JournalTone.Good))
        .On<EngineOutput.RedemptionRequested>(_ => new("Payout asked for", null, JournalTone.Neutral))
        .On<EngineOutput.RedemptionBooked>(redeemed => new(
            "Payout received", redeemed.Entries.Count == 0 ? "Nothing was held at the end." : null, JournalTone.Good));

    private static JournalTone ToneOf(PositionState state) => state switch
    {
        PositionState.Active => JournalTone.Good,
        PositionState.HoldingWinner => JournalTone.Info,
        PositionState.Liquidating or PositionState.Unwinding or PositionState.Closing => JournalTone.Warn,
        _ => JournalTone.Neutral,
    };

    private static string? Numbers(EngineOutput.ExitBegun begun)
    {
        var parts = new List<string>();
        if (begun.SellablePrice is { } sellable)
            parts.Add($"all of it would sell at {Say.Cents(sellable, 2)}");
        if (begun.Threshold is { } threshold)
            parts.Add($"the trigger stands at {Say.Cents(threshold, 2)}");
        if (begun.EntryPrice is { } entry)
            parts.Add($"it was bought at {Say.Cents(entry, 2)}");
        if (begun.BestBid is { } bid)
            parts.Add($"the best bid is {Say.Cents(bid.ToDecimal(), 2)}");
        return parts.Count == 0 ? null : Say.Sentence(string.Join(", ", parts));
    }

    // Why this size: the layer of risk that left the least, where that is less than was wished for.
    private static string Sized(EngineOutput.PositionOpened opened)
    {
        if (opened.Sizes is not [var wish, ..] sizes || sizes.MinBy(layer => layer.Size) is not { } least
            || least.Size >= wish.Size)
            return "";
        return $" {Say.Money(least.Size)} of {Say.Money(wish.Size)}: {least.Name} leaves no more ({least.Detail}).";
    }
}
