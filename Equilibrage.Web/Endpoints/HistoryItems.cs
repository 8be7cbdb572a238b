using System.Text.Json;
using System.Text.Json.Nodes;
using Equilibrage.Core.Ports;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;

namespace Equilibrage.Web.Endpoints;

/// <summary>One journal line.</summary>
/// <param name="Sequence">Place in the account's journal.</param>
/// <param name="MarketTime">The venue's clock.</param>
/// <param name="RecordedAt">Wall time.</param>
/// <param name="Kind">What happened, such as <c>fill_booked</c>.</param>
/// <param name="Detail">The numbers; their fields depend on the kind.</param>
internal sealed record TimelineEntry(
    long Sequence, DateTimeOffset MarketTime, DateTimeOffset RecordedAt, string Kind, JsonNode? Detail)
{
    internal static TimelineEntry From(TimelineItem item) => new(
        item.Sequence, item.At.MarketTime, item.At.RecordedAt, item.Kind,
        JsonSerializer.SerializeToNode(item.Output, item.Output.GetType(), Json.Options));
}

/// <summary>Both legs' best bids at a moment; null where there was none.</summary>
internal sealed record PriceItem(
    DateTimeOffset MarketTime, DateTimeOffset RecordedAt, Price? BidYes, Price? BidNo, Usdc Pnl)
{
    internal static PriceItem From(PriceMark mark) =>
        new(mark.At.MarketTime, mark.At.RecordedAt, mark.BidYes, mark.BidNo, mark.Pnl);
}
