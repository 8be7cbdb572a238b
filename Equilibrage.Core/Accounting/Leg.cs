using System.Text.Json.Serialization;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.Accounting;

/// <summary>One side of a two-sided position: the lot of shares that it owns and what became of it.</summary>
public sealed record Leg
{
    /// <summary>Below this many shares a rest is dust: marked, and settled at the market's end.</summary>
    public static readonly Quantity Dust = Quantity.FromMicros(10_000);

    /// <summary>Which side.</summary>
    public required Outcome Outcome { get; init; }

    /// <summary>The token.</summary>
    public required TokenId TokenId { get; init; }

    /// <summary>Dollars set aside for it, fees included; zero for a side that is not wanted.</summary>
    public required Usdc Budget { get; init; }

    /// <summary>Shares that the plan wants.</summary>
    public required Quantity Planned { get; init; }

    /// <summary>
    /// The ask that the plan was made with: what slippage is measured against; null in plans of older versions.
    /// </summary>
    public Price? PlannedPrice { get; init; }

    /// <summary>Shares bought so far, split ones included.</summary>
    public Quantity Bought { get; init; }

    /// <summary>Those of them that a resting order of ours bought, without a fee.</summary>
    public Quantity BoughtAsMaker { get; init; }

    /// <summary>Those of them that were split from dollars.</summary>
    public Quantity BoughtBySplit { get; init; }

    /// <summary>Dollars spent on them, without fees.</summary>
    public Usdc Cost { get; init; }

    /// <summary>Shares sold so far, merged ones included.</summary>
    public Quantity Sold { get; init; }

    /// <summary>Those of them that a resting order of ours sold, without a fee.</summary>
    public Quantity SoldAsMaker { get; init; }

    /// <summary>Those of them that were merged into dollars.</summary>
    public Quantity SoldByMerge { get; init; }

    /// <summary>Dollars received for them, before fees.</summary>
    public Usdc Proceeds { get; init; }

    /// <summary>Fees of both directions.</summary>
    public Usdc Fees { get; init; }

    /// <summary>Cost of the shares still held, without fees.</summary>
    public Usdc Basis { get; init; }

    /// <summary>Shares that ended by resolution.</summary>
    public Quantity Settled { get; init; }

    /// <summary>What they paid.</summary>
    public Usdc Payout { get; init; }

    /// <summary>Shares among the settled ones that were redeemed.</summary>
    public Quantity Redeemed { get; init; }

    /// <summary>What they brought.</summary>
    public Usdc RedeemedPayout { get; init; }

    /// <summary>Why it is being sold; null while nobody wants to.</summary>
    public ExitReason? Exiting { get; init; }

    /// <summary>Why it was sold or ended; null while held.</summary>
    public ExitReason? ExitReason { get; init; }

    /// <summary>Depth-walked bid that fired the trigger, dollars per share.</summary>
    public decimal? TriggerPrice { get; init; }

    /// <summary>Shares held.</summary>
    [JsonIgnore]
    public Quantity Held => Bought - Sold - Settled;

    /// <summary>Settled shares that are not redeemed.</summary>
    [JsonIgnore]
    public Quantity Claim => Settled - Redeemed;

    /// <summary>True when what is held matters.</summary>
    [JsonIgnore]
    public bool IsHeld => Held >= Dust;

    /// <summary>True for a side that the plan wants.</summary>
    [JsonIgnore]
    public bool IsWanted => Planned > Quantity.Zero;

    /// <summary>
    /// True when at least 95 % of the plan was bought: of its shares, or of its dollars where the price rose meanwhile
    /// and the budget no longer buys them all.
    /// </summary>
    [JsonIgnore]
    public bool IsEntered => (Int128)Bought.ToMicros * 100 >= (Int128)Planned.ToMicros * 95
        || (Int128)(Cost + Fees).ToMicros * 100 >= (Int128)Budget.ToMicros * 95;

    /// <summary>Dollars per share paid, without fee; null before the first purchase.</summary>
    [JsonIgnore]
    public decimal? EntryPrice => Bought.IsZero ? null : Math.Round(Cost.ToDecimal() / Bought.ToDecimal(), 6);

    /// <summary>Dollars per share received, before fee; null before the first sale.</summary>
    [JsonIgnore]
    public decimal? ExitPrice => Sold.IsZero ? null : Math.Round(Proceeds.ToDecimal() / Sold.ToDecimal(), 6);

    /// <summary>
    /// How much less per share the sale brought than the trigger showed; null without a triggered sale.
    /// </summary>
    [JsonIgnore]
    public decimal? RealizedSlippage => TriggerPrice is { } trigger && ExitPrice is { } exit ? trigger - exit : null;

    /// <summary>Dollars of the plan that are still unspent.</summary>
    [JsonIgnore]
    public Usdc Unspent => Budget - Cost - Fees;

    /// <summary>The leg after one of its executions.</summary>
    public Leg Apply(Fill fill)
    {
        ArgumentNullException.ThrowIfNull(fill);
        var made = Made(fill);
        return fill.Side == Side.Buy
            ? this with
            {
                Bought = Bought + fill.Quantity,
                BoughtAsMaker = BoughtAsMaker + made,
                Cost = Cost + fill.Notional,
                Basis = Basis + fill.Notional,
                Fees = Fees + fill.Fee,
                // Shares that come after the leg was sold are to be sold too.
                ExitReason = null,
            }
            : this with
            {
                Sold = Sold + fill.Quantity,
                SoldAsMaker = SoldAsMaker + made,
                Proceeds = Proceeds + fill.Notional,
                Basis = Basis - BasisOf(fill.Quantity),
                Fees = Fees + fill.Fee,
            };
    }

    /// <summary>
    /// The leg after one of its executions failed to settle. <paramref name="basis"/> is what that execution had added
    /// to the cost of the held shares, negative for a sale; shares that come back are to be sold again.
    /// </summary>
    public Leg TakeBack(Fill fill, Usdc basis)
    {
        ArgumentNullException.ThrowIfNull(fill);
        var made = Made(fill);
        return fill.Side == Side.Buy
            ? this with
            {
                Bought = Bought - fill.Quantity,
                BoughtAsMaker = BoughtAsMaker - made,
                Cost = Cost - fill.Notional,
                Basis = Basis - basis,
                Fees = Fees - fill.Fee,
            }
            : this with
            {
                Sold = Sold - fill.Quantity,
                SoldAsMaker = SoldAsMaker - made,
                Proceeds = Proceeds - fill.Notional,
                Basis = Basis - basis,
                Fees = Fees - fill.Fee,
                ExitReason = null,
            };
    }

    /// <summary>The leg after dollars became pairs: its shares at its part of them.</summary>
    public Leg Split(Quantity pairs, Usdc cost) => this with
    {
        Bought = Bought + pairs,
        BoughtBySplit = BoughtBySplit + pairs,
        Cost = Cost + cost,
        Basis = Basis + cost,
    };

    /// <summary>The leg after pairs became dollars: its shares sold at its part of them.</summary>
    public Leg Merge(Quantity pairs, Usdc proceeds) => this with
    {
        Sold = Sold + pairs,
        SoldByMerge = SoldByMerge + pairs,
        Proceeds = Proceeds + proceeds,
        Basis = Basis - BasisOf(pairs),
    };

    /// <summary>
    /// The leg after shares came from, or went to, what the wallet holds besides, at cost: neither gains by it.
    /// </summary>
    public Leg Move(long micros, Usdc cost) => micros >= 0
        ? this with
        {
            Bought = Bought + Quantity.FromMicros(micros), Cost = Cost + cost, Basis = Basis + cost, ExitReason = null,
        }
        : this with
        {
            Sold = Sold + Quantity.FromMicros(-micros), Proceeds = Proceeds - cost, Basis = Basis + cost,
            ExitReason = Held.ToMicros + micros < Dust.ToMicros ? Orders.ExitReason.Manual : ExitReason,
        };

    /// <summary>
    /// The cost of part of the held shares; the last part takes what is left, so that nothing is lost.
    /// </summary>
    public Usdc BasisOf(Quantity quantity) => quantity >= Held ? Basis : Basis.Share(quantity.ToMicros, Held.ToMicros);

    /// <summary>The leg after its market paid.</summary>
    public Leg Settle(Usdc payout) => this with
    {
        Settled = Settled + Held,
        Payout = Payout + payout,
        Basis = Usdc.Zero,
        ExitReason = Held >= Dust ? Orders.ExitReason.Resolution : ExitReason ?? Orders.ExitReason.Resolution,
    };

    /// <summary>The leg after its claim became cash.</summary>
    public Leg Redeem() => this with { Redeemed = Settled, RedeemedPayout = Payout };

    /// <summary>Profit of the leg with what is held valued at <paramref name="bid"/>, after fees.</summary>
    public Usdc Pnl(Price? bid) =>
        Proceeds + Payout + (bid ?? Price.Zero).ProceedsOf(Held) - Cost - Fees;

    private static Quantity Made(Fill fill) =>
        fill.Liquidity == Liquidity.Maker ? fill.Quantity : Quantity.Zero;
}
