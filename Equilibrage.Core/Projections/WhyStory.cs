using System.Globalization;
using Equilibrage.Core.Accounting;
using Equilibrage.Core.Opportunities;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;

namespace Equilibrage.Core.Projections;

/// <summary>
/// Tells from cause to end why something happened: the decision with its score and sizes, the position, the order with
/// the book it saw, every report with its cause, executions, settlement, ledger entries, profit.
/// </summary>
/// <param name="verdict">The judgement that let the position in; null without one.</param>
/// <param name="records">Everything about the position, oldest first.</param>
/// <param name="names">The market's own names.</param>
/// <param name="position">The position as it stands; null when it is not known.</param>
public sealed class WhyStory(
    WhyVerdict? verdict, IReadOnlyList<JournalRecord> records, OutcomeNames names, PositionView? position)
{
    /// <summary>Why a market was or was not entered.</summary>
    public static IReadOnlyList<WhyStep> Of(WhyVerdict verdict)
    {
        ArgumentNullException.ThrowIfNull(verdict);
        var steps = new List<WhyStep>
        {
            Step(verdict,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Scored {verdict.Score} of 10 ({verdict.RawScore:0.00} before rounding)"),
                Say.Sentence(string.Join("; ", verdict.Factors.Select(Explain))), JournalTone.Info),
        };
        steps.AddRange(verdict.Sizes.Count == 0
            ? []
            : [Step(verdict, "What each layer of risk left", string.Join(" ", verdict.Sizes), JournalTone.Neutral)]);
        steps.Add(verdict.Denial is { } denial
            ? Step(verdict, "Refused", denial.Explain(), JournalTone.Warn)
            : Step(verdict, "Nothing refused it", null, JournalTone.Good));
        return steps;
    }

    /// <summary>The whole story of the position.</summary>
    public IReadOnlyList<WhyStep> OfPosition() => Told(_ => true);

    /// <summary>The story of one of its orders: what led to it, and what came of it.</summary>
    public IReadOnlyList<WhyStep> OfOrder(ClientOrderId order)
    {
        var sent = records.FirstOrDefault(record => record.Output is EngineOutput.OrderSubmitted
            && record.ClientOrderId == order);
        if (sent?.Output is not EngineOutput.OrderSubmitted submitted)
            return Told(record => record.ClientOrderId == order);
        var command = submitted.Order.Command;
        var trades = records.Select(record => record.Output).OfType<EngineOutput.FillBooked>()
            .Where(booked => booked.ClientOrderId == order).Select(booked => booked.Fill.TradeId).ToHashSet();
        var trigger = records.LastOrDefault(record => record.Sequence < sent.Sequence
            && record.Output is EngineOutput.ExitBegun begun && begun.Outcome == command.Outcome);
        return Told(record => record.Output switch
        {
            EngineOutput.PositionOpened => true,
            EngineOutput.PositionMoved { To: PositionState.Closed } => true,
            EngineOutput.PositionMoved => record.CauseSequence == sent.CauseSequence && record.Sequence < sent.Sequence,
            EngineOutput.ExitBegun => record == trigger,
            EngineOutput.LegExited exited => command.Side == Side.Sell && exited.Outcome == command.Outcome,
            EngineOutput.LegSettled settled => command.Side == Side.Buy && settled.Outcome == command.Outcome,
            EngineOutput.TradeSettled settled => trades.Contains(settled.TradeId),
            EngineOutput.MarketResolved or EngineOutput.RedemptionBooked => command.Side == Side.Buy,
            EngineOutput.CommandAnswered => record.CauseSequence == sent.CauseSequence,
            _ => record.ClientOrderId == order,
        });
    }

    private List<WhyStep> Told(Func<JournalRecord, bool> isPart)
    {
        var steps = verdict is null ? [] : Of(verdict).ToList();
        foreach (var record in records.Where(isPart))
        {
            var (title, detail, tone) = JournalWords.Of(record.Output, names);
            steps.Add(new(PartOf(record.Output), record.Sequence, record.At, title, detail, tone));
            foreach (var entry in EntriesOf.Output(record.Output))
            {
                var (booked, lines, _) = JournalWords.Of(entry, names);
                steps.Add(new(WhyPart.Ledger, record.Sequence, record.At, booked, lines, JournalTone.Neutral));
            }
        }

        if (position is not null && records.Count > 0)
            steps.Add(Ending(position, records[^1].At));
        return steps;
    }

    private static WhyStep Ending(PositionView position, Stamp at)
    {
        var isOver = position.State == PositionState.Closed;
        return new(
            WhyPart.Ending, null, at,
            isOver ? $"The position closed with {Say.Signed(position.Pnl)}"
                : $"The position stands at {Say.Signed(position.Pnl)}",
            $"Cost {Say.Money(position.CapitalYes + position.CapitalNo)}, fees {Say.Money(position.Fees)}"
            + (isOver ? "." : ", held shares at the bid."),
            position.Pnl < Usdc.Zero ? JournalTone.Bad : JournalTone.Good);
    }

    private static WhyPart PartOf(EngineOutput output) => output switch
    {
        EngineOutput.OrderSubmitted => WhyPart.Order,
        EngineOutput.OrderUpdated or EngineOutput.CancelRequested or EngineOutput.CancelRefused => WhyPart.Report,
        EngineOutput.FillBooked => WhyPart.Fill,
        EngineOutput.TradeSettled or EngineOutput.LegSettled or EngineOutput.MarketResolved
            or EngineOutput.RedemptionRequested or EngineOutput.RedemptionBooked => WhyPart.Settlement,
        _ => WhyPart.Position,
    };

    private static string Explain(Factor factor) => factor.HasData
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"{factor.Name.ToLowerInvariant()} {factor.Value:0.0} × {factor.Weight:0.00} ({factor.Input})")
        : $"{factor.Name.ToLowerInvariant()} no data";

    private static WhyStep Step(WhyVerdict verdict, string title, string? detail, JournalTone tone) =>
        new(WhyPart.Decision, null, verdict.At, title, detail, tone);
}
