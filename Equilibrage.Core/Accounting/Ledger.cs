using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.Accounting;

/// <summary>
/// Double-entry books of one account. Pending entries count in every balance from the match on; a void takes them back.
/// </summary>
public sealed class Ledger
{
    private readonly Dictionary<(LedgerAccount Account, Asset Asset), long> balances = [];
    private readonly Dictionary<string, Entry> pending = [];

    /// <summary>Entries that the venue has not confirmed.</summary>
    public IReadOnlyCollection<Entry> Pending => pending.Values;

    /// <summary>All balances that are not zero, in micro-units.</summary>
    public IEnumerable<KeyValuePair<(LedgerAccount Account, Asset Asset), long>> Balances =>
        balances.Where(balance => balance.Value != 0);

    /// <summary>Free collateral.</summary>
    public Usdc Available => Dollars(LedgerAccount.Cash);

    /// <summary>Collateral set aside for working orders.</summary>
    public Usdc Reserved => Dollars(LedgerAccount.Reserved);

    /// <summary>All collateral, reservations included.</summary>
    public Usdc Cash => Available + Reserved;

    /// <summary>Payouts that are not redeemed yet.</summary>
    public Usdc Redeemable => Dollars(LedgerAccount.Redeemable);

    /// <summary>What the held shares cost, without fees.</summary>
    public Usdc Inventory => Dollars(LedgerAccount.Inventory);

    /// <summary>Fees paid so far.</summary>
    public Usdc Fees => Dollars(LedgerAccount.Fees);

    /// <summary>Profit of everything closed so far, after all fees paid.</summary>
    public Usdc RealizedPnl => -Dollars(LedgerAccount.RealizedPnl) - Fees;

    /// <summary>
    /// Dollars that came from outside: deposits minus withdrawals, and what the wallet's doings beside us brought or
    /// cost. Neither a profit nor a loss.
    /// </summary>
    public Usdc Capital => ExternalCash - Dollars(LedgerAccount.Capital);

    /// <summary>Dollars that the wallet's doings beside us brought; negative when they cost.</summary>
    public Usdc ExternalCash => -Dollars(LedgerAccount.External);

    /// <summary>Rewards, presents, yield, and fees that were paid back.</summary>
    public Usdc Income => -Dollars(LedgerAccount.Rewards) - Dollars(LedgerAccount.Rebates);

    /// <summary>Net collateral movement of the pending entries, negative when more was bought than sold.</summary>
    public Usdc Unsettled => Usdc.FromMicros(pending.Values
        .SelectMany(entry => entry.Postings)
        .Where(posting => posting.Account == LedgerAccount.Cash && posting.Asset == Asset.Usdc)
        .Sum(posting => posting.Micros));

    /// <summary>Shares of a token that we hold.</summary>
    public Quantity Holdings(TokenId token) => Quantity.FromMicros(Balance(LedgerAccount.Holdings, Asset.Of(token)));

    /// <summary>
    /// Micro-shares of a token that the wallet holds and no position owns. Negative when somebody used shares that a
    /// position owns.
    /// </summary>
    public long External(TokenId token) => Balance(LedgerAccount.External, Asset.Of(token));

    /// <summary>All tokens of which the wallet holds shares that no position owns, in micro-shares.</summary>
    public IEnumerable<KeyValuePair<TokenId, long>> AllExternal() => balances
        .Where(balance => balance.Key is { Account: LedgerAccount.External } key
            && key.Asset != Asset.Usdc && balance.Value != 0)
        .Select(balance => KeyValuePair.Create(new TokenId(balance.Key.Asset.Value), balance.Value));

    /// <summary>All tokens of which we hold shares.</summary>
    public IEnumerable<KeyValuePair<TokenId, Quantity>> AllHoldings() => balances
        .Where(balance => balance.Key.Account == LedgerAccount.Holdings && balance.Value != 0)
        .Select(balance => KeyValuePair.Create(
            new TokenId(balance.Key.Asset.Value), Quantity.FromMicros(balance.Value)));

    /// <summary>A balance in micro-units, zero when nothing was ever booked.</summary>
    public long Balance(LedgerAccount account, Asset asset) => balances.GetValueOrDefault((account, asset));

    /// <summary>Books an entry.</summary>
    /// <exception cref="InvalidOperationException">
    /// It does not balance, or makes shares or a reservation negative.
    /// </exception>
    public void Apply(Entry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (entry.Postings.GroupBy(posting => posting.Asset).Any(asset => asset.Sum(posting => posting.Micros) != 0))
            throw new InvalidOperationException($"Entry {entry.Id} ({entry.Kind}) does not balance.");
        Add(entry, 1);
        if (entry.Status == EntryStatus.Pending)
            pending.Add(entry.Id, entry);
    }

    /// <summary>Makes every pending entry of a trade final. False when there was none.</summary>
    public bool Post(TradeId trade) => Take(trade).Count > 0;

    /// <summary>Takes every pending entry of a failed trade back and returns them.</summary>
    public IReadOnlyList<Entry> Void(TradeId trade)
    {
        var entries = Take(trade);
        foreach (var entry in entries)
            Add(entry, -1);
        return entries;
    }

    private List<Entry> Take(TradeId trade)
    {
        var entries = pending.Values.Where(entry => entry.TradeId == trade).ToList();
        foreach (var entry in entries)
            pending.Remove(entry.Id);
        return entries;
    }

    private void Add(Entry entry, int sign)
    {
        foreach (var posting in entry.Postings)
        {
            var key = (posting.Account, posting.Asset);
            var balance = checked(balances.GetValueOrDefault(key) + (sign * posting.Micros));
            var mustNotBeNegative = posting.Account is LedgerAccount.Holdings or LedgerAccount.Reserved;
            if (balance < 0 && mustNotBeNegative)
            {
                throw new InvalidOperationException(
                    $"Entry {entry.Id} makes {posting.Account} of {posting.Asset} negative.");
            }

            balances[key] = balance;
        }
    }

    private Usdc Dollars(LedgerAccount account) => Usdc.FromMicros(Balance(account, Asset.Usdc));
}
