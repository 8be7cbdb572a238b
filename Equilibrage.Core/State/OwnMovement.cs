using Equilibrage.Core.Accounting;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.State;

/// <summary>A split, merge or redemption of ours that is booked: the account's activity tells of it again.</summary>
/// <param name="Kind">What it was.</param>
/// <param name="TransactionHash">Its transaction; null when it is not known.</param>
/// <param name="Cash">Dollars that came; negative when they went.</param>
/// <param name="Shares">Micro-shares that came, per token; negative when they went.</param>
/// <param name="At">Market time of the booking.</param>
public sealed record OwnMovement(
    ActivityKind Kind, string? TransactionHash, Usdc Cash, IReadOnlyDictionary<TokenId, long> Shares,
    DateTimeOffset At)
{
    /// <summary>What entries moved altogether, of dollars and of shares that positions own.</summary>
    public static (Usdc Cash, IReadOnlyDictionary<TokenId, long> Shares) SumOf(IEnumerable<Entry> entries)
    {
        var postings = entries.SelectMany(entry => entry.Postings).ToList();
        var cash = postings
            .Where(posting => posting.Account == LedgerAccount.Cash && posting.Asset == Asset.Usdc)
            .Sum(posting => posting.Micros);
        var shares = postings
            .Where(posting => posting.Account == LedgerAccount.Holdings)
            .GroupBy(posting => posting.Asset)
            .ToDictionary(group => new TokenId(group.Key.Value), group => group.Sum(posting => posting.Micros));
        return (Usdc.FromMicros(cash), shares);
    }
}
