using System.Text.Json.Nodes;
using Equilibrage.Core.Ports;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.Projections;
using Equilibrage.Web.Live;

namespace Equilibrage.Web.Endpoints;

/// <summary>A page of the journal.</summary>
/// <param name="Items">The records.</param>
/// <param name="Next">The cursor of the next page; null at the end.</param>
internal sealed record JournalAnswer(IReadOnlyList<JournalItem> Items, long? Next);

/// <summary>A journal record.</summary>
/// <param name="Sequence">Place in the account's journal: 1, 2, 3 … without gaps.</param>
/// <param name="CauseSequence">Sequence of the first record that the same event caused.</param>
/// <param name="MarketTime">The venue's clock.</param>
/// <param name="RecordedAt">Wall time.</param>
/// <param name="Kind">What happened, such as <c>fill_booked</c>.</param>
/// <param name="Title">The same in words.</param>
/// <param name="Detail">The numbers that explain it; null when the title says all.</param>
/// <param name="Tone">neutral, info, good, warn or bad.</param>
/// <param name="MarketId">The market, if one is concerned.</param>
/// <param name="MarketName">Its question.</param>
/// <param name="PositionId">The position, if one is concerned.</param>
/// <param name="ClientOrderId">The order, if one is concerned.</param>
/// <param name="Source">venue or operator, when the causing fact has an id of its own.</param>
/// <param name="SourceEventId">That fact's id.</param>
/// <param name="Payload">The record as it is stored; its fields depend on the kind.</param>
internal sealed record JournalItem(
    long Sequence, long CauseSequence, DateTimeOffset MarketTime, DateTimeOffset RecordedAt, string Kind, string Title,
    string? Detail, string Tone, MarketId? MarketId, string? MarketName, PositionId? PositionId,
    ClientOrderId? ClientOrderId, string? Source, string? SourceEventId, JsonNode? Payload)
{
    internal static JournalItem From(JournalLine line)
    {
        var record = line.Record;
        var (title, detail, tone) = JournalWords.Of(record.Output, OutcomeNames.Of(line.Market));
        return new(
            record.Sequence, record.CauseSequence, record.At.MarketTime, record.At.RecordedAt, line.Kind, title, detail,
            Say.Words(tone), record.MarketId, line.Market?.Question, record.PositionId, record.ClientOrderId,
            record.Source, record.SourceEventId, JsonNode.Parse(line.Payload));
    }
}

/// <summary>Why something happened.</summary>
/// <param name="Subject">What was asked about.</param>
/// <param name="PositionId">Its position, if it has one.</param>
/// <param name="MarketName">Its market's question.</param>
/// <param name="Steps">The chain from cause to end.</param>
internal sealed record WhyAnswer(
    string Subject, PositionId? PositionId, string? MarketName, IReadOnlyList<WhyItem> Steps)
{
    internal static WhyAnswer From(JournalStory story) => new(
        story.Subject, story.PositionId, story.MarketName, [.. story.Steps.Select(WhyItem.From)]);
}

/// <summary>One step of the chain.</summary>
/// <param name="Part">decision, position, order, report, fill, settlement, ledger or ending.</param>
/// <param name="Sequence">The journal record; null where the step is none.</param>
/// <param name="MarketTime">The venue's clock.</param>
/// <param name="RecordedAt">Wall time.</param>
/// <param name="Title">What happened.</param>
/// <param name="Detail">The numbers that explain it.</param>
internal sealed record WhyItem(
    string Part, long? Sequence, DateTimeOffset MarketTime, DateTimeOffset RecordedAt, string Title, string? Detail)
{
    internal static WhyItem From(WhyStep step) => new(
        Say.Words(step.Part), step.Sequence, step.At.MarketTime, step.At.RecordedAt, step.Title, step.Detail);
}
