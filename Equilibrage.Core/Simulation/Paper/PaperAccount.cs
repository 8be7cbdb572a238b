using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.Simulation.Paper;

/// <summary>The money, shares and orders of a paper account: the fold of its facts and nothing else.</summary>
public sealed class PaperAccount
{
    private readonly Dictionary<TokenId, Quantity> tokens = [];
    private readonly Dictionary<VenueOrderId, PaperOrder> orders = [];
    private readonly HashSet<TradeId> trades = [];
    private readonly Dictionary<OperationId, PaperFact.Executed> operations = [];

    /// <summary>True once it was opened.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>Dollars, reservations included.</summary>
    public Usdc Cash { get; private set; }

    /// <summary>Shares held, positive entries only.</summary>
    public IReadOnlyDictionary<TokenId, Quantity> Tokens => tokens;

    /// <summary>Orders that rest.</summary>
    public IEnumerable<PaperOrder> Resting => orders.Values.Where(order => !order.Status.IsTerminal());

    /// <summary>The account as a venue shows it.</summary>
    public VenueAccount View() => new(
        Cash, new Dictionary<TokenId, Quantity>(tokens), [.. Resting.Select(order => order.View())]);

    /// <summary>An order, or null.</summary>
    public PaperOrder? Find(VenueOrderId id) => orders.GetValueOrDefault(id);

    /// <summary>What an operation moved; null when it was not carried out.</summary>
    public ChainReceipt? Find(OperationId id) => operations.GetValueOrDefault(id)?.Receipt;

    /// <summary>Everything that moved the balances since a market time, oldest first.</summary>
    public IReadOnlyList<ActivityItem> Activity(DateTimeOffset since) =>
    [
        .. orders.Values.SelectMany(order => order.View().Fills).Where(fill => fill.ExecutedAt >= since)
            .Select(fill => ActivityItem.Of(fill))
            .Concat(operations.Values.Where(done => done.At >= since).Select(Item))
            .OrderBy(item => item.At),
    ];

    /// <summary>True when the trade is one of this account's.</summary>
    public bool Knows(TradeId trade) => trades.Contains(trade);

    /// <summary>Dollars that no resting purchase needs.</summary>
    public Usdc FreeCash() => Resting
        .Where(order => order.Command.Side == Side.Buy)
        .Aggregate(Cash, (free, order) => free - order.Command.Limit.CostOf(order.Remaining));

    /// <summary>Shares that no resting sale offers.</summary>
    public Quantity FreeShares(TokenId token) => Resting
        .Where(order => order.Command.Side == Side.Sell && order.Command.TokenId == token)
        .Aggregate(tokens.GetValueOrDefault(token), (free, order) => free - order.Remaining);

    /// <summary>Changes the account as the fact says.</summary>
    /// <exception cref="InvalidOperationException">The fact does not fit what was there before.</exception>
    public void Apply(PaperFact fact)
    {
        switch (fact)
        {
            case PaperFact.Opened opened when !IsOpen:
                (IsOpen, Cash) = (true, opened.Deposit);
                break;
            case PaperFact.Ordered ordered:
                Add(ordered);
                break;
            case PaperFact.Filled filled:
                Add(filled.Fill);
                orders[filled.Fill.VenueOrderId].Add(filled.Fill, filled.Status);
                break;
            case PaperFact.Ended ended:
                orders[ended.VenueOrderId].End(ended.Status, ended.Reason);
                break;
            case PaperFact.Redeemed redeemed:
                Cash += redeemed.Payout;
                foreach (var (token, shares) in redeemed.Burned)
                    Move(token, Side.Sell, shares);
                break;
            case PaperFact.Executed executed:
                Cash += executed.Receipt.Cash;
                foreach (var (token, shares) in executed.Receipt.Shares)
                    Move(token, shares > 0 ? Side.Buy : Side.Sell, Quantity.FromMicros(Math.Abs(shares)));
                operations.Add(executed.Operation.Id, executed);
                break;
            default:
                throw new InvalidOperationException($"The record of the paper account repeats {fact.GetType().Name}.");
        }
    }

    private static ActivityItem Item(PaperFact.Executed done)
    {
        var kind = done.Operation.Kind switch
        {
            ChainOperationKind.Split => ActivityKind.Split,
            ChainOperationKind.Merge => ActivityKind.Merge,
            ChainOperationKind.Redeem => ActivityKind.Redeem,
            _ => ActivityKind.Convert,
        };
        return new($"operation:{done.Operation.Id}", kind, done.At, done.Receipt.Cash, done.Receipt.Shares);
    }

    private void Add(PaperFact.Ordered ordered)
    {
        var order = new PaperOrder(ordered.Order);
        if (!orders.TryAdd(ordered.Order.VenueOrderId, order))
            throw new InvalidOperationException($"The record repeats the order {ordered.Order.VenueOrderId}.");
        foreach (var fill in ordered.Fills)
        {
            Add(fill);
            order.Add(fill, ordered.Status);
        }

        order.End(ordered.Status, ordered.Reason);
    }

    private void Add(Fill fill)
    {
        trades.Add(fill.TradeId);
        Cash += fill.Side == Side.Buy ? -(fill.Notional + fill.Fee) : fill.Notional - fill.Fee;
        Move(fill.TokenId, fill.Side, fill.Quantity);
    }

    private void Move(TokenId token, Side side, Quantity shares)
    {
        var held = tokens.GetValueOrDefault(token);
        var now = side == Side.Buy ? held + shares : held - shares;
        if (now.IsZero)
            tokens.Remove(token);
        else
            tokens[token] = now;
    }
}
