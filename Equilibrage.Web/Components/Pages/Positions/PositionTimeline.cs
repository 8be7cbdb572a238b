using Equilibrage.Core.Markets;
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
/// <param name="Order">The order that it is about, if one.</param>
public sealed record TimelineLine(
    long Sequence, Stamp At, string Title, string? Detail, Tone Tone, ClientOrderId? Order = null);

/// <summary>Tells the journal of a position in plain words, with the numbers that decided.</summary>
public sealed class PositionTimeline(PositionView position)
{
    private readonly OutcomeNames _names = new(
        position.MarketName, Name(position, Outcome.Yes), Name(position, Outcome.No),
        Token(position, Outcome.Yes), Token(position, Outcome.No));

    /// <summary>The lines, in the order of the journal.</summary>
    public IReadOnlyList<TimelineLine> Tell(IReadOnlyList<TimelineItem> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        return [.. items.Select(Tell)];
    }

    /// <summary>How the market ended, in the market's own words.</summary>
    public string Resolution(Resolution resolution) => JournalWords.Of(resolution, _names);

    private TimelineLine Tell(TimelineItem item)
    {
        var (title, detail, tone) = JournalWords.Of(item.Output, _names);
        return new(item.Sequence, item.At, title, detail, Words.Of(tone), OrderOf(item.Output));
    }

    private static ClientOrderId? OrderOf(EngineOutput output) => output switch
    {
        EngineOutput.OrderSubmitted submitted => submitted.Order.Command.ClientOrderId,
        EngineOutput.OrderUpdated updated => updated.ClientOrderId,
        EngineOutput.FillBooked booked => booked.ClientOrderId,
        _ => null,
    };

    private static string Name(PositionView position, Outcome outcome) =>
        position.Legs.FirstOrDefault(leg => leg.Outcome == outcome)?.Name ?? outcome.ToString();

    private static TokenId? Token(PositionView position, Outcome outcome) =>
        position.Legs.FirstOrDefault(leg => leg.Outcome == outcome)?.TokenId;
}
