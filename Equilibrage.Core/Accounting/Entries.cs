using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.Accounting;

/// <summary>The few kinds of entry that exist, each balanced by construction.</summary>
public static class Entries
{
    /// <summary>The id under which an execution is booked.</summary>
    public static string IdOf(Fill fill)
    {
        ArgumentNullException.ThrowIfNull(fill);
        return $"fill:{fill.TradeId}:{fill.VenueOrderId}";
    }

    /// <summary>Capital arrives.</summary>
    public static Entry Deposit(string id, Usdc amount) => Make(id, "deposit", EntryStatus.Posted, null, null,
        (LedgerAccount.Cash, amount), (LedgerAccount.Capital, -amount));

    /// <summary>Dollars and shares come from outside, or go there (negative).</summary>
    public static Entry Transfer(string id, Usdc cash, IReadOnlyDictionary<TokenId, long> shares) => Beside(
        Make(
            id, cash < Usdc.Zero ? "withdrawal" : "deposit", EntryStatus.Posted, null, null,
            (LedgerAccount.Cash, cash), (LedgerAccount.Capital, -cash)),
        shares);

    /// <summary>The venue paid for liquidity or for what is held, or gave a part of fees back.</summary>
    public static Entry Income(string id, ActivityKind kind, Usdc amount)
    {
        var isRebate = kind == ActivityKind.Rebate;
        return Make(
            id, isRebate ? "rebate" : kind == ActivityKind.Yield ? "yield" : "reward", EntryStatus.Posted, null, null,
            (LedgerAccount.Cash, amount), (isRebate ? LedgerAccount.Rebates : LedgerAccount.Rewards, -amount));
    }

    /// <summary>Sets collateral aside for a working purchase.</summary>
    public static Entry Reserve(ClientOrderId order, PositionId position, Usdc amount) => Make(
        $"reserve:{order}", "reserve", EntryStatus.Posted, position, null,
        (LedgerAccount.Cash, -amount), (LedgerAccount.Reserved, amount));

    /// <summary>Frees a reservation, or the part of it that an execution used.</summary>
    public static Entry Release(string cause, ClientOrderId order, PositionId position, Usdc amount) => Make(
        $"release:{order}:{cause}", "release", EntryStatus.Posted, position, null,
        (LedgerAccount.Reserved, -amount), (LedgerAccount.Cash, amount));

    /// <summary>Sets collateral aside for a split that is under way.</summary>
    public static Entry ReserveSplit(OperationId operation, PositionId position, Usdc amount) => Make(
        $"reserve:{operation}", "reserve", EntryStatus.Posted, position, null,
        (LedgerAccount.Cash, -amount), (LedgerAccount.Reserved, amount));

    /// <summary>Frees what was set aside for a split.</summary>
    public static Entry ReleaseSplit(OperationId operation, PositionId position, Usdc amount) => Make(
        $"release:{operation}", "release", EntryStatus.Posted, position, null,
        (LedgerAccount.Reserved, -amount), (LedgerAccount.Cash, amount));

    /// <summary>A split: dollars become as many shares of both outcomes, at cost.</summary>
    public static Entry Split(OperationId operation, PositionId position, TokenId yes, TokenId no, Quantity pairs) =>
        WithShares(
            WithShares(
                Make(
                    $"split:{operation}", "split", EntryStatus.Posted, position, null,
                    (LedgerAccount.Cash, -OfPairs(pairs)), (LedgerAccount.Inventory, OfPairs(pairs))),
                yes, pairs.ToMicros),
            no, pairs.ToMicros);

    /// <summary>
    /// A merge: shares of both outcomes leave at their cost, a dollar a pair comes, the difference is realised.
    /// </summary>
    public static Entry Merge(
        OperationId operation, PositionId position, TokenId yes, TokenId no, Quantity pairs, Usdc basis) =>
        WithShares(
            WithShares(
                Make(
                    $"merge:{operation}", "merge", EntryStatus.Posted, position, null,
                    (LedgerAccount.Cash, OfPairs(pairs)), (LedgerAccount.Inventory, -basis),
                    (LedgerAccount.RealizedPnl, basis - OfPairs(pairs))),
                yes, -pairs.ToMicros),
            no, -pairs.ToMicros);

    /// <summary>A purchase: dollars become shares at cost, the fee is expensed.</summary>
    public static Entry Buy(Fill fill, PositionId position)
    {
        ArgumentNullException.ThrowIfNull(fill);
        return WithShares(Make(
            IdOf(fill), "buy", EntryStatus.Pending, position, fill.TradeId,
            (LedgerAccount.Cash, -(fill.Notional + fill.Fee)),
            (LedgerAccount.Inventory, fill.Notional),
            (LedgerAccount.Fees, fill.Fee)), fill.TokenId, fill.Quantity.ToMicros);
    }

    /// <summary>A sale: shares leave at their cost, the difference is realised, the fee is expensed.</summary>
    public static Entry Sell(Fill fill, PositionId position, Usdc basis)
    {
        ArgumentNullException.ThrowIfNull(fill);
        return WithShares(Make(
            IdOf(fill), "sell", EntryStatus.Pending, position, fill.TradeId,
            (LedgerAccount.Cash, fill.Notional - fill.Fee),
            (LedgerAccount.Fees, fill.Fee),
            (LedgerAccount.Inventory, -basis),
            (LedgerAccount.RealizedPnl, basis - fill.Notional)), fill.TokenId, -fill.Quantity.ToMicros);
    }

    /// <summary>A resolution: cost becomes a claim on the payout. The shares stay until they are redeemed.</summary>
    public static Entry Settle(PositionId position, Leg leg, Usdc payout) => Make(
        $"settle:{position}:{leg.TokenId}:{leg.Settled}", "settle", EntryStatus.Posted, position, null,
        (LedgerAccount.Redeemable, payout),
        (LedgerAccount.Inventory, -leg.Basis),
        (LedgerAccount.RealizedPnl, leg.Basis - payout));

    /// <summary>A redemption: shares are burned and the claim becomes cash. Never profit or loss.</summary>
    public static Entry Redeem(PositionId position, Leg leg)
    {
        ArgumentNullException.ThrowIfNull(leg);
        var payout = leg.Payout - leg.RedeemedPayout;
        return WithShares(
            Make(
                $"redeem:{position}:{leg.TokenId}:{leg.Settled}", "redeem", EntryStatus.Posted, position, null,
                (LedgerAccount.Cash, payout), (LedgerAccount.Redeemable, -payout)),
            leg.TokenId, -leg.Claim.ToMicros);
    }

    /// <summary>
    /// Shares change between a position and what the wallet holds besides, at cost. Signs are the position's:
    /// positive when it gains shares.
    /// </summary>
    public static Entry Move(string id, PositionId position, TokenId token, long micros, Usdc cost)
    {
        var entry = Make(
            id, "move", EntryStatus.Posted, position, null,
            (LedgerAccount.Inventory, cost), (LedgerAccount.External, -cost));
        return entry with
        {
            Postings =
            [
                .. entry.Postings,
                new(LedgerAccount.Holdings, Asset.Of(token), micros),
                new(LedgerAccount.External, Asset.Of(token), -micros),
            ],
        };
    }

    /// <summary>
    /// What the wallet did beside us: dollars and shares move, and no strategy gains or loses by it.
    /// </summary>
    /// <param name="id">Unique within the account.</param>
    /// <param name="cash">Dollars that came; negative when they went.</param>
    /// <param name="shares">Micro-shares that came, per token; negative when they went.</param>
    public static Entry External(string id, Usdc cash, IReadOnlyDictionary<TokenId, long> shares) => Beside(
        Make(
            id, "external", EntryStatus.Posted, null, null,
            (LedgerAccount.Cash, cash), (LedgerAccount.External, -cash)),
        shares);

    private static Entry Beside(Entry entry, IReadOnlyDictionary<TokenId, long> shares) => entry with
    {
        Postings =
        [
            .. entry.Postings,
            .. shares.Where(moved => moved.Value != 0)
                .OrderBy(moved => moved.Key.Value, StringComparer.Ordinal)
                .SelectMany(moved => new Posting[]
                {
                    new(LedgerAccount.External, Asset.Of(moved.Key), moved.Value),
                    new(LedgerAccount.Venue, Asset.Of(moved.Key), -moved.Value),
                }),
        ],
    };

    // A pair is worth exactly one dollar: micro-pairs are micro-dollars.
    private static Usdc OfPairs(Quantity pairs) => Usdc.FromMicros(pairs.ToMicros);

    private static Entry WithShares(Entry entry, TokenId token, long micros) => entry with
    {
        Postings =
        [
            .. entry.Postings,
            new(LedgerAccount.Holdings, Asset.Of(token), micros),
            new(LedgerAccount.Venue, Asset.Of(token), -micros),
        ],
    };

    private static Entry Make(
        string id, string kind, EntryStatus status, PositionId? position, TradeId? trade,
        params ReadOnlySpan<(LedgerAccount Account, Usdc Amount)> lines)
    {
        var postings = new List<Posting>(lines.Length + 2);
        foreach (var (account, amount) in lines)
            postings.Add(new(account, Asset.Usdc, amount.ToMicros));
        return new()
        {
            Id = id, Kind = kind, Status = status, PositionId = position, TradeId = trade, Postings = postings,
        };
    }
}
