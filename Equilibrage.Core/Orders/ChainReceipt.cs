using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.Orders;

/// <summary>What an operation has moved, as the venue's record shows it, never as it was expected.</summary>
/// <param name="Cash">Dollars that the account gained; negative when it paid.</param>
/// <param name="Shares">Micro-shares that the account gained, per token; negative when they were given away.</param>
/// <param name="TransactionHash">The transaction; null where there is none, or nothing was to be done.</param>
public sealed record ChainReceipt(Usdc Cash, IReadOnlyDictionary<TokenId, long> Shares, string? TransactionHash)
{
    /// <summary>Nothing was there to be moved.</summary>
    public static ChainReceipt Nothing { get; } = new(Usdc.Zero, new Dictionary<TokenId, long>(), null);

    /// <summary>True when anything moved.</summary>
    public bool HasMoved => Cash != Usdc.Zero || Shares.Values.Any(shares => shares != 0);
}
