using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;

namespace Equilibrage.Adapters.Storage.Rows;

/// <summary>One of our orders.</summary>
[Table("orders"), PrimaryKey(nameof(AccountId), nameof(ClientOrderId))]
internal sealed class OrderRow
{
    public required string AccountId { get; set; }
    public required string ClientOrderId { get; set; }
    public required string VenueOrderId { get; set; }
    public required string StrategyId { get; set; }
    public required string MarketId { get; set; }
    public required string PositionId { get; set; }
    public required string TokenId { get; set; }
    public required string Outcome { get; set; }
    public required string Side { get; set; }
    public required string OrderType { get; set; }
    public bool IsPostOnly { get; set; }
    public required long LimitPriceMicros { get; set; }
    public required long SharesMicros { get; set; }
    public required long FilledSharesMicros { get; set; }
    public required long FilledMicros { get; set; }
    public required long FeesMicros { get; set; }
    public required string Status { get; set; }
    public string? Reason { get; set; }
    public required long Salt { get; set; }
    public required long TimestampMs { get; set; }
    public required DateTimeOffset SubmittedAt { get; set; }
    public required DateTimeOffset MarketTime { get; set; }
    public required DateTimeOffset RecordedAt { get; set; }
}

/// <summary>One execution of one of our orders.</summary>
[Table("fills"), PrimaryKey(nameof(AccountId), nameof(VenueTradeId), nameof(ClientOrderId))]
internal sealed class FillRow
{
    public required string AccountId { get; set; }
    public required string VenueTradeId { get; set; }
    public required string ClientOrderId { get; set; }
    public required string StrategyId { get; set; }
    public required string MarketId { get; set; }
    public required string PositionId { get; set; }
    public required string TokenId { get; set; }
    public required string Side { get; set; }
    public required long PriceMicros { get; set; }
    public required long SharesMicros { get; set; }
    public required long NotionalMicros { get; set; }
    public required long FeeMicros { get; set; }
    public required string Liquidity { get; set; }
    public required string Settlement { get; set; }
    public required DateTimeOffset MarketTime { get; set; }
    public required DateTimeOffset RecordedAt { get; set; }
}

/// <summary>A purchase, sale or payout, in the words of the market.</summary>
[Table("trades"), PrimaryKey(nameof(AccountId), nameof(TradeId))]
internal sealed class TradeRow
{
    public required string AccountId { get; set; }
    public required string TradeId { get; set; }
    public required string StrategyId { get; set; }
    public required string MarketId { get; set; }
    public required string MarketName { get; set; }
    public required string PositionId { get; set; }
    public string? ClientOrderId { get; set; }
    public required string TokenId { get; set; }
    public required string Side { get; set; }
    public required string Action { get; set; }
    public required long PriceMicros { get; set; }
    public required long SharesMicros { get; set; }
    public required long UsdMicros { get; set; }
    public required long FeeMicros { get; set; }
    public string? TransactionHash { get; set; }
    public required DateTimeOffset ExecutedAt { get; set; }
    public required DateTimeOffset RecordedAt { get; set; }
}
