using Equilibrage.Adapters.Polymarket.Mapping;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;
using Equilibrage.Polymarket.Socket;

namespace Equilibrage.Adapters.Polymarket;

/// <summary>
/// Turns the account channel's events into what happened to our orders. A trade comes again for every change of its
/// state and over several ways, out of order at times: each fill and each end of a settlement is told once. Not for two
/// threads at once.
/// </summary>
/// <param name="identity">Whose orders are ours.</param>
/// <param name="clock">Market time.</param>
internal sealed class AccountReader(AccountIdentity identity, MarketClock clock)
{
    // The venue truncates matched amounts: two hundredths of a share and less are the same amount.
    private static readonly Quantity Dust = Quantity.FromMicros(10_000);

    private readonly Recent<TradeId, TradeState> trades = new(20_000);
    private readonly Recent<VenueOrderId, Progress> orders = new(20_000);

    /// <summary>Fills whose market or fees were not known, so that the fee was told as zero.</summary>
    public long UnknownFees { get; private set; }

    /// <summary>What an event means for our orders, in order; nothing when it is another's or old.</summary>
    /// <param name="message">The event.</param>
    /// <param name="fees">Fees of its market; null when nobody knows them.</param>
    public IReadOnlyList<FeedEvent> Read(UserMessage message, FeeSchedule? fees)
    {
        if (message.TimestampMs > 0)
            clock.Hear(DateTimeOffset.FromUnixTimeMilliseconds(message.TimestampMs));
        return message switch
        {
            UserMessage.OrderChanged order when identity.Owns(order.Owner, order.MakerAddress) => ReadOrder(order),
            UserMessage.TradeChanged trade => ReadTrade(trade, fees),
            _ => [],
        };
    }

    private List<FeedEvent> ReadOrder(UserMessage.OrderChanged order)
    {
        var progress = ProgressOf(order.Id);
        if (order.OriginalSize is { } original && original > progress.Original)
            progress.Original = original;
        if (progress.HasEnded)
            return [];
        var isGone = order.Kind == OrderEventKind.Cancellation || UserFrames.IsStatus(order.Status, "CANCELED")
            || UserFrames.IsStatus(order.Status, "INVALID") || UserFrames.IsStatus(order.Status, "UNMATCHED");
        if (!isGone)
            return [];
        progress.HasEnded = true;
        var isExpired = UserFrames.IsStatus(order.Status, "CANCELED_MARKET_RESOLVED")
            || UserFrames.IsStatus(order.Status, "EXPIRED");
        return
        [
            new FeedEvent.OrderEnded(
                clock.Now, order.Id, isExpired ? OrderStatus.Expired : OrderStatus.Canceled, order.Status),
        ];
    }

    private List<FeedEvent> ReadTrade(UserMessage.TradeChanged trade, FeeSchedule? fees)
    {
        var fills = FillsOf(trade, fees);
        if (fills.Count == 0)
            return [];
        List<FeedEvent> events = [];
        var isKnown = trades.TryGet(trade.Id, out var before);
        // A trade that failed before anything else was heard of it was never ours to count.
        if (!isKnown && trade.State != TradeState.Failed)
        {
            foreach (var fill in fills)
                events.Add(new FeedEvent.Filled(clock.Now, fill, Advance(fill)));
        }

        var isFinal = before is TradeState.Confirmed or TradeState.Failed;
        if (!isFinal && trade.State is TradeState.Confirmed or TradeState.Failed)
        {
            foreach (var fill in fills)
                events.Add(new FeedEvent.Settled(clock.Now, fill.TradeId, trade.State == TradeState.Confirmed));
        }

        if (!isFinal)
            trades.Set(trade.Id, trade.State);
        return events;
    }

    private OrderStatus Advance(Fill fill)
    {
        var progress = ProgressOf(fill.VenueOrderId);
        progress.Matched += fill.Quantity;
        var isWhole = !progress.Original.IsZero && progress.Matched + Dust >= progress.Original;
        return isWhole ? OrderStatus.Filled : OrderStatus.PartiallyFilled;
    }

    private Progress ProgressOf(VenueOrderId order)
    {
        if (!orders.TryGet(order, out var progress))
            orders.Set(order, progress = new());
        return progress;
    }

    private IReadOnlyList<Fill> FillsOf(UserMessage.TradeChanged trade, FeeSchedule? fees)
    {
        var isTaker = trade.TradeOwner.Length > 0
            ? identity.Owns(trade.TradeOwner, "")
            : trade.IsTaker == true && identity.Owns(trade.Owner, trade.MakerAddress);
        if (isTaker && fees is null)
            UnknownFees++;
        return new MatchedTrade
        {
            Id = trade.Id,
            TakerOrderId = trade.TakerOrderId,
            Token = trade.Token,
            Side = trade.Side,
            Price = trade.Price,
            Size = trade.Size,
            MatchedAt = MatchedAt(trade),
            Makers =
            [
                .. trade.Makers.Select(maker => new MatchedMaker(
                    maker.OrderId, identity.Owns(maker.Owner, maker.MakerAddress), maker.Token, maker.Side,
                    maker.Price, maker.Matched)),
            ],
        }.Fills(isTaker, fees);
    }

    private static DateTimeOffset MatchedAt(UserMessage.TradeChanged trade) => DateTimeOffset.FromUnixTimeMilliseconds(
        trade.MatchTimeMs > 0 ? trade.MatchTimeMs : trade.TimestampMs);

    private sealed class Progress
    {
        public Quantity Original { get; set; }

        public Quantity Matched { get; set; }

        public bool HasEnded { get; set; }
    }
}
