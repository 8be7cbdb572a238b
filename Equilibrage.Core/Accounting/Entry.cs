using System.Text.Json.Serialization;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.Accounting;

/// <summary>What a posting moves: collateral dollars, or shares of one token.</summary>
[JsonConverter(typeof(TextIdJsonConverter<Asset>))]
public readonly record struct Asset(string Value) : ITextId<Asset>
{
    /// <summary>Collateral dollars.</summary>
    public static Asset Usdc { get; } = new("USDC");

    /// <summary>Shares of a token.</summary>
    public static Asset Of(TokenId token) => new(token.Value);

    /// <inheritdoc/>
    public static Asset From(string value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>The ledger's accounts. The sum over all of them is zero per asset, always.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LedgerAccount>))]
public enum LedgerAccount
{
    /// <summary>Free collateral.</summary>
    Cash,

    /// <summary>Collateral set aside for working orders.</summary>
    Reserved,

    /// <summary>What the held shares cost, without fees.</summary>
    Inventory,

    /// <summary>Payouts of resolved markets that are not redeemed yet.</summary>
    Redeemable,

    /// <summary>Shares that we hold.</summary>
    Holdings,

    /// <summary>Counterpart of share movements.</summary>
    Venue,

    /// <summary>Fees paid, expensed when charged.</summary>
    Fees,

    /// <summary>Profit (negative balance) or loss (positive balance) of what was closed, before fees.</summary>
    RealizedPnl,

    /// <summary>Deposits (negative balance).</summary>
    Capital,

    /// <summary>
    /// What the wallet does beside us: shares that it holds and no position owns; of dollars, what those activities
    /// brought (negative balance) or cost (positive balance).
    /// </summary>
    External,

    /// <summary>Rewards, presents and yield (negative balance).</summary>
    Rewards,

    /// <summary>Fees that the venue paid back (negative balance).</summary>
    Rebates,
}

/// <summary>Whether an entry is final.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<EntryStatus>))]
public enum EntryStatus
{
    /// <summary>The venue matched; settlement is under way.</summary>
    Pending,

    /// <summary>Final.</summary>
    Posted,

    /// <summary>Settlement failed; the entry counts for nothing.</summary>
    Voided,
}

/// <summary>One line of an entry: a signed amount of an asset on an account, in micro-units.</summary>
public readonly record struct Posting(LedgerAccount Account, Asset Asset, long Micros);

/// <summary>One balanced movement of money and shares.</summary>
public sealed record Entry
{
    /// <summary>Unique within the account, derived from what it books.</summary>
    public required string Id { get; init; }

    /// <summary>
    /// What happened: deposit, reserve, release, buy, sell, split, merge, settle, redeem, move and the like.
    /// </summary>
    public required string Kind { get; init; }

    /// <summary>Status at the time of booking.</summary>
    public required EntryStatus Status { get; init; }

    /// <summary>The position that it belongs to, if any.</summary>
    public PositionId? PositionId { get; init; }

    /// <summary>The trade that it books, if any.</summary>
    public TradeId? TradeId { get; init; }

    /// <summary>The lines; they sum to zero per asset.</summary>
    public required IReadOnlyList<Posting> Postings { get; init; }
}
