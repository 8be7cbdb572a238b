using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;

namespace Equilibrage.Adapters.Storage.Rows;

/// <summary>One of our orders.</summary>
[Table("orders"), PrimaryKey(nameof(AccountId), nameof(ClientOrderId))]
internal sealed class OrderRow
{
    public required string AccountId { get; init; }
    public required string ClientOrderId { get; init; }
    public required string VenueOrderId { get; init; }
    public required string StrategyId { get; init; }
    public required string MarketId { get; init; }
    public required string PositionId { get; init; }
    public required string TokenId { get; init; }
    public required string Outcome { get; init; }
    public required string Side { get; init; }
    public required string OrderType { get; init; }
    public required bool IsPostOnly { get; init; }
    public required long LimitPriceMicros { get; init; }
    public required long SharesMicros { get; init; }
    public required long FilledSharesMicros { get; init; }
    public required long FilledMicros { get; init; }
    public required long FeesMicros { get; init; }
    public string? ExitReason { get; init; }
    public required string Status { get; init; }
    public string? Reason { get; init; }
    public required long Salt { get; init; }
    public required long TimestampMs { get; init; }
    public required DateTimeOffset SubmittedAt { get; init; }
    public required DateTimeOffset MarketTime { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }
}

/// <summary>One execution of one of our orders.</summary>
[Table("fills"), PrimaryKey(nameof(AccountId), nameof(VenueTradeId), nameof(ClientOrderId))]
internal sealed class FillRow
{
    public required string AccountId { get; init; }
    public required string VenueTradeId { get; init; }
    public required string ClientOrderId { get; init; }
    public required string StrategyId { get; init; }
    public required string MarketId { get; init; }
    public required string PositionId { get; init; }
    public required string TokenId { get; init; }
    public required string Outcome { get; init; }
    public required string Side { get; init; }
    public required long Sequence { get; init; }
    public required long PriceMicros { get; init; }
    public required long SharesMicros { get; init; }
    public required long NotionalMicros { get; init; }
    public required long FeeMicros { get; init; }
    public required string Liquidity { get; init; }
    public required string Settlement { get; init; }
    public required DateTimeOffset MarketTime { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }
}

/// <summary>A purchase, sale or payout, in the words of the market.</summary>
[Table("trades"), PrimaryKey(nameof(AccountId), nameof(TradeId))]
internal sealed class TradeRow
{
    public required string AccountId { get; init; }
    public required string TradeId { get; init; }
    public required string StrategyId { get; init; }
    public required string MarketId { get; init; }
    public required string MarketName { get; init; }
    public required string PositionId { get; init; }
    public string? ClientOrderId { get; init; }
    public required string TokenId { get; init; }
    public required string Side { get; init; }
    public required string Action { get; init; }
    public required long PriceMicros { get; init; }
    public required long SharesMicros { get; init; }
    public required long UsdMicros { get; init; }
    public required long FeeMicros { get; init; }
    public required string Settlement { get; init; }
    public string? VenueTradeId { get; init; }
    public string? TransactionHash { get; init; }
    public required DateTimeOffset ExecutedAt { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }
}
