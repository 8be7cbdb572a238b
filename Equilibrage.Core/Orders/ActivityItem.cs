using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.Orders;

/// <summary>One thing that moved the balances of an account, whoever asked for it.</summary>
/// <param name="Id">Its id: the same in every reading, and no other item has it.</param>
/// <param name="Kind">Why.</param>
/// <param name="At">Market time of the match, or of the transaction.</param>
/// <param name="Cash">Dollars that the account gained, fees included; negative when it paid.</param>
/// <param name="Shares">Micro-shares that the account gained, per token; negative when they were given away.</param>
/// <param name="Order">The order that was executed; only of a trade.</param>
/// <param name="Trade">The execution, under the id that its <see cref="Fill"/> has; only of a trade.</param>
/// <param name="TransactionHash">The transaction, once there is one.</param>
/// <param name="IsFinal">
/// False for a trade that was matched and may still fail; one that has failed is absent from later readings.
/// </param>
public sealed record ActivityItem(
    string Id, ActivityKind Kind, DateTimeOffset At, Usdc Cash, IReadOnlyDictionary<TokenId, long> Shares,
    VenueOrderId? Order = null, TradeId? Trade = null, string? TransactionHash = null, bool IsFinal = true)
{
    /// <summary>The item of an execution.</summary>
    public static ActivityItem Of(Fill fill, string? transactionHash = null, bool isFinal = true)
    {
        ArgumentNullException.ThrowIfNull(fill);
        var isPurchase = fill.Side == Side.Buy;
        var shares = fill.Quantity.ToMicros;
        return new(
            $"trade:{fill.TradeId}:{fill.VenueOrderId}", ActivityKind.Trade, fill.ExecutedAt,
            isPurchase ? -(fill.Notional + fill.Fee) : fill.Notional - fill.Fee,
            new Dictionary<TokenId, long> { [fill.TokenId] = isPurchase ? shares : -shares },
            fill.VenueOrderId, fill.TradeId, transactionHash, isFinal);
    }
}
