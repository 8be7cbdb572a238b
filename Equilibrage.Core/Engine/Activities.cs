using Equilibrage.Core.Accounting;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;

namespace Equilibrage.Core.Engine;

/// <summary>
/// Books what moved the account's balances beside our orders: what the user trades elsewhere with the same wallet,
/// transfers, income, and redemptions that the venue made by itself. Rules: docs/money.md.
/// </summary>
internal static class Activities
{
    // Records are indexed some time after they happened: the next reading begins that much before this one's end.
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(10);

    // A watermark that moves a little is not worth a record of its own.
    private static readonly TimeSpan Stride = TimeSpan.FromMinutes(5);

    /// <summary>Books what is new; answers what cannot be booked yet, which both sides may or may not know.</summary>
    public static IReadOnlyList<ActivityItem> Book(
        EngineState state, Recorder record, EngineEvent.Compared compared)
    {
        if (compared.Activity is not { } activity)
            return [];
        var since = state.Watermark ?? state.OpenedAt;
        if (state.Watermark is null && Adopt(state, record, compared.Account))
        {
            record.Emit(new EngineOutput.ActivityRead(activity.Through));
            return [];
        }

        var before = record.Next;
        var waiting = activity.Items
            .Where(item => item.At >= since && !state.IsBooked(item))
            .OrderBy(item => item.At).ThenBy(item => item.Id, StringComparer.Ordinal)
            .Where(item => !Take(state, record, item))
            .ToList();
        var through = waiting.Select(item => item.At).Append(activity.Through - Overlap).Min();
        var isWorthIt = state.Watermark is not { } last || through - last >= Stride || record.Next > before;
        if (isWorthIt && (state.Watermark is not { } mark || through > mark))
            record.Emit(new EngineOutput.ActivityRead(through));
        return waiting;
    }

    /// <summary>The market of a token that a position of ours, or the catalogue, knows.</summary>
    public static MarketId? MarketOf(EngineState state, TokenId token) =>
        state.Positions.Values
            .Where(position => position.Legs.Any(leg => leg.TokenId == token))
            .Select(position => (MarketId?)position.MarketId)
            .FirstOrDefault()
        ?? state.Catalog.Find(token)?.Market.Id;

    /// <summary>
    /// An account that has never traded opens with what its wallet holds. False when it has traded.
    /// </summary>
    private static bool Adopt(EngineState state, Recorder record, VenueAccount account)
    {
        if (state.Positions.Count > 0 || state.LastClosed.Count > 0 || !state.IsOpened)
            return false;
        var cash = account.Cash - state.Ledger.Cash;
        var shares = account.Tokens.ToDictionary(token => token.Key, token => token.Value.ToMicros);
        if (cash != Usdc.Zero || shares.Count > 0)
        {
            record.Emit(new EngineOutput.ExternalBooked(
                null, cash < Usdc.Zero ? ActivityKind.Withdrawal : ActivityKind.Deposit,
                Entries.Transfer("opening", cash, shares), null));
        }

        return true;
    }

    /// <summary>True when an item is booked, or is ours.</summary>
    private static bool Take(EngineState state, Recorder record, ActivityItem item)
    {
        switch (item.Kind)
        {
            case ActivityKind.Trade: return Trade(state, record, item);
            case ActivityKind.Redeem: return Redeem(state, record, item);
            case ActivityKind.Split or ActivityKind.Merge or ActivityKind.Convert:
                if (IsOwn(state, item))
                    return true;
                // Ours may be seen here before its answer is.
                if (item.Shares.Keys.Any(token => IsUnderWay(state, token)))
                    return false;
                return External(state, record, item, item.Cash, item.Shares);
            case ActivityKind.Reward or ActivityKind.Rebate or ActivityKind.Yield:
                return Emit(state, record, item, Entries.Income($"external:{item.Id}", item.Kind, item.Cash));
            case ActivityKind.Deposit or ActivityKind.Withdrawal:
                return Emit(state, record, item, Entries.Transfer($"external:{item.Id}", item.Cash, item.Shares));
            default: throw new InvalidOperationException($"No rule books {item.Kind}.");
        }
    }

    private static bool Trade(EngineState state, Recorder record, ActivityItem item)
    {
        if (item.Order is not { } id || state.FindOrder(id) is not { } order)
            return item.IsFinal && External(state, record, item, item.Cash, item.Shares);
        if (order.Fills.Any(fill => fill.TradeId == item.Trade))
            return true;
        if (item.Trade is { } trade)
        {
            record.Emit(new EngineOutput.LookUpRequested(
                order.Command.ClientOrderId, order.Command.PositionId, trade));
        }

        return false;
    }

    private static bool Redeem(EngineState state, Recorder record, ActivityItem item)
    {
        if (IsOwn(state, item))
            return true;
        if (MarketOf(state, item) is not { } market)
            return External(state, record, item, item.Cash, item.Shares);
        // Claims were booked when a redemption of ours found nothing left: this is the one that took it.
        var booked = state.OwnMovements.FirstOrDefault(own => own.Kind == ActivityKind.Redeem
            && own.TransactionHash is null && own.Shares.Keys.Any(item.Shares.ContainsKey));
        if (booked is not null)
            return Rest(state, record, item, booked);
        var own = state.Positions.Values.Where(position => position.MarketId == market).ToList();
        if (own.Any(position => position.Legs.Any(leg => !leg.Held.IsZero)))
            return false;
        if (own.All(position => position.Legs.All(leg => leg.Claim.IsZero)))
            return External(state, record, item, item.Cash, item.Shares);
        Redemptions.Book(state, record, market, new(item.Cash, item.Shares, item.TransactionHash ?? item.Id));
        return true;
    }

    private static bool Rest(EngineState state, Recorder record, ActivityItem item, OwnMovement booked)
    {
        var shares = item.Shares.ToDictionary(
            moved => moved.Key, moved => moved.Value - booked.Shares.GetValueOrDefault(moved.Key));
        var cash = item.Cash - booked.Cash;
        return (cash == Usdc.Zero && shares.Values.All(micros => micros == 0))
            || External(state, record, item, cash, shares);
    }

    private static bool External(
        EngineState state, Recorder record, ActivityItem item, Usdc cash, IReadOnlyDictionary<TokenId, long> shares) =>
        Emit(state, record, item, Entries.External($"external:{item.Id}", cash, shares));

    private static bool Emit(EngineState state, Recorder record, ActivityItem item, Entry entry)
    {
        record.Emit(
            new EngineOutput.ExternalBooked(item.Id, item.Kind, entry, MarketOf(state, item)),
            "venue", $"activity:{item.Id}");
        return true;
    }

    // By its transaction; where one side does not know that, by what it moved.
    private static bool IsOwn(EngineState state, ActivityItem item) => state.OwnMovements.Any(own =>
        own.Kind == item.Kind
        && (own.TransactionHash is { } hash && item.TransactionHash is { } other
            ? hash == other
            : own.TransactionHash == item.Id || IsSame(own, item)));

    private static bool IsSame(OwnMovement own, ActivityItem item) =>
        own.Cash == item.Cash && own.Shares.Count == item.Shares.Count
        && own.Shares.All(moved => item.Shares.GetValueOrDefault(moved.Key) == moved.Value);

    private static MarketId? MarketOf(EngineState state, ActivityItem item) =>
        item.Shares.Keys.Select(token => MarketOf(state, token)).FirstOrDefault(id => id is not null);

    private static bool IsUnderWay(EngineState state, TokenId token) => state.Pairs.Values.Any(pair =>
        state.Positions[pair.PositionId].Legs.Any(leg => leg.TokenId == token));
}
