using Equilibrage.Core.Accounting;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;

namespace Equilibrage.Core.Engine;

/// <summary>
/// Our books beside the venue's record, balance by balance, each with what may be on its way: trades that are not
/// settled, orders that work, claims that are being redeemed, activity that is not booked.
/// </summary>
internal sealed class AccountComparison
{
    /// <summary>A cent, or a hundredth of a share: smaller differences are rounding.</summary>
    public const long Tolerance = 10_000;

    private readonly EngineState state;
    private readonly Dictionary<Asset, Span> spans = [];

    private AccountComparison(EngineState state) => this.state = state;

    /// <summary>Every balance that either side knows.</summary>
    public IReadOnlyDictionary<Asset, Span> Spans => spans;

    /// <summary>Holds the books as they stand against what may be known to one side only.</summary>
    public static AccountComparison Of(EngineState state, VenueAccount account, IEnumerable<ActivityItem> unbooked)
    {
        var comparison = new AccountComparison(state);
        comparison.At(Asset.Usdc);
        foreach (var token in account.Tokens.Keys)
            comparison.At(Asset.Of(token));
        foreach (var (token, _) in state.Ledger.AllHoldings())
            comparison.At(Asset.Of(token));
        // What is external and not shown at all is not asked for, and nobody's but the user's.
        comparison.AddPending();
        comparison.AddOrders();
        comparison.AddClaims();
        comparison.AddPairs();
        foreach (var item in unbooked)
        {
            comparison.At(Asset.Usdc).Widen(item.Cash.ToMicros);
            foreach (var (token, micros) in item.Shares)
                comparison.At(Asset.Of(token)).Widen(micros);
        }

        return comparison;
    }

    /// <summary>What the venue's record shows of a balance.</summary>
    public static long VenueOf(VenueAccount account, Asset asset) => asset == Asset.Usdc
        ? account.Cash.ToMicros
        : account.Tokens.GetValueOrDefault(new TokenId(asset.Value)).ToMicros;

    /// <summary>What our books say of a balance: lots and external shares together are the wallet.</summary>
    public static long OursOf(EngineState state, Asset asset)
    {
        if (asset == Asset.Usdc)
            return state.Ledger.Cash.ToMicros;
        var token = new TokenId(asset.Value);
        return state.Ledger.Holdings(token).ToMicros + state.Ledger.External(token);
    }

    private Span At(Asset asset)
    {
        if (!spans.TryGetValue(asset, out var span))
            spans.Add(asset, span = new(OursOf(state, asset)));
        return span;
    }

    // A trade that failed is in our books until we hear of it.
    private void AddPending()
    {
        foreach (var posting in state.Ledger.Pending.SelectMany(entry => entry.Postings))
        {
            if (posting.Account is LedgerAccount.Cash or LedgerAccount.Holdings)
                At(posting.Asset).Widen(-posting.Micros);
        }
    }

    // The venue may have executed what we have not heard of.
    private void AddOrders()
    {
        foreach (var order in state.Orders.Values.Where(order => order.IsWorking))
        {
            var command = order.Command;
            var left = Math.Max(0, command.Quantity.ToMicros - order.Filled.ToMicros);
            if (command.Side == Side.Buy)
            {
                // A better price than the plan's gives more shares for the same dollars.
                var most = command.Spend is { } spend ? Math.Max(left, spend.ToMicros * 100) : left;
                At(Asset.Usdc).Widen(-order.Reserved.ToMicros);
                At(Asset.Of(command.TokenId)).Widen(most);
            }
            else
            {
                At(Asset.Usdc).Widen(left);
                At(Asset.Of(command.TokenId)).Widen(-left);
            }
        }
    }

    // A transaction is mined before its receipt comes.
    private void AddPairs()
    {
        foreach (var (operation, position, _, _, _) in state.Pairs.Values)
        {
            var pairs = operation.Amount.ToMicros * (operation.Kind == ChainOperationKind.Split ? 1 : -1);
            At(Asset.Usdc).Widen(-pairs);
            foreach (var leg in state.Positions[position].Legs)
                At(Asset.Of(leg.TokenId)).Widen(pairs);
        }
    }

    // Winners may be redeemed by us, by the user, or by the venue itself.
    private void AddClaims()
    {
        foreach (var position in state.Positions.Values)
        {
            var end = state.Resolutions.GetValueOrDefault(position.MarketId);
            foreach (var leg in position.Legs)
            {
                var claim = leg.Payout - leg.RedeemedPayout;
                var shares = leg.Claim;
                if (end is not null)
                {
                    claim += end.Payout(leg.Outcome).ProceedsOf(leg.Held);
                    shares += leg.Held;
                }

                At(Asset.Usdc).Widen(claim.ToMicros);
                if (!shares.IsZero)
                    At(Asset.Of(leg.TokenId)).Widen(-shares.ToMicros);
            }
        }
    }
}
