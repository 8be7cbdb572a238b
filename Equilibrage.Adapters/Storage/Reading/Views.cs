using Equilibrage.Adapters.Storage.Rows;
using Equilibrage.Adapters.Storage.Writing;
using Equilibrage.Core.Accounting;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Ports;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.Projections;
using Equilibrage.Core.State;

namespace Equilibrage.Adapters.Storage.Reading;

/// <summary>A stored position with the market that it was opened in.</summary>
/// <param name="Row">The position.</param>
/// <param name="Market">The market's document.</param>
internal sealed record StoredPosition(PositionRow Row, string Market);

/// <summary>Rows as pages and files know them.</summary>
internal static class Views
{
    /// <summary>A position; its prices are as of the last write, which of an open one means stale.</summary>
    public static PositionView Position(StoredPosition stored)
    {
        var position = StorageJson.Read<Position>(stored.Row.Document);
        return PositionViews.Make(
            position,
            StorageJson.Read<Market>(stored.Market),
            (PriceOf(stored.Row.CurrentPriceYesMicros), position.IsOpen),
            (PriceOf(stored.Row.CurrentPriceNoMicros), position.IsOpen));
    }

    /// <summary>An execution, with the reason of its order.</summary>
    public static FillView Fill(FillRow row, string? reason) => new(
        new TradeId(row.VenueTradeId),
        new PositionId(row.PositionId),
        Words.Parse<Outcome>(row.Outcome),
        Words.Parse<Side>(row.Side),
        Price.FromMicros(row.PriceMicros),
        Quantity.FromMicros(row.SharesMicros),
        Usdc.FromMicros(row.NotionalMicros),
        Usdc.FromMicros(row.FeeMicros),
        reason is null ? null : Words.Parse<ExitReason>(reason),
        row.MarketTime,
        Words.Parse<EntryStatus>(row.Settlement))
    {
        OrderId = new ClientOrderId(row.ClientOrderId),
    };

    /// <summary>A decision.</summary>
    public static DecisionView Decision(DecisionRow row) => new(
        row.DecisionId,
        new Stamp(row.MarketTime, row.RecordedAt),
        new MarketId(row.MarketId),
        row.MarketName,
        row.Score,
        Micros.ToDecimal(row.RawScoreMicros),
        ScannerRows.Factors(row.Factors),
        row.Reason is { } reason ? new Denial(Words.Parse<DenyReason>(reason), row.ReasonDetail ?? "") : null,
        row.PositionId is { } position ? new PositionId(position) : null);

    /// <summary>A mark of a position.</summary>
    public static PriceMark Mark(PositionMarkRow row, MarketRow market) => new(
        new PositionId(row.PositionId),
        new Stamp(row.MarketTime, row.RecordedAt),
        new TokenId(market.TokenYes),
        new TokenId(market.TokenNo),
        PriceOf(row.BidYesMicros),
        PriceOf(row.BidNoMicros),
        Usdc.FromMicros(row.PnlMicros));

    /// <summary>A point of the equity curve.</summary>
    public static EquityPoint Equity(EquityPointRow row) => new(
        new Stamp(row.MarketTime, row.RecordedAt),
        new AccountId(row.AccountId),
        Usdc.FromMicros(row.EquityMicros),
        Usdc.FromMicros(row.CashMicros),
        Usdc.FromMicros(row.HoldingsMicros),
        Usdc.FromMicros(row.RealizedPnlMicros));

    private static Price? PriceOf(long? micros) => micros is { } some ? Price.FromMicros(some) : null;
}
