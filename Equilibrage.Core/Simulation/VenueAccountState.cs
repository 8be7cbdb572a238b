using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.Simulation;

/// <summary>A user of the simulated venue with all orders and trades; balances are in the ledger.</summary>
internal sealed class VenueAccountState(AccountId id, Usdc capital)
{
    private readonly List<VenueOrderState> open = [];
    private readonly List<TradeState> unsettled = [];

    public AccountId Id { get; } = id;

    /// <summary>What it was opened with, and what came from outside since, less what went out.</summary>
    public Usdc Capital { get; set; } = capital;

    /// <summary>All orders ever taken note of, oldest first.</summary>
    public List<VenueOrderState> Orders { get; } = [];

    /// <summary>All trades ever, oldest first.</summary>
    public List<TradeState> Trades { get; } = [];

    /// <summary>What it did on the chain itself, oldest first.</summary>
    public List<ChainActionRow> Actions { get; } = [];

    public IReadOnlyList<VenueOrderState> Open => open;

    public IReadOnlyList<TradeState> Unsettled => unsettled;

    public void Add(VenueOrderState order)
    {
        Orders.Add(order);
        if (order.IsOpen)
            open.Add(order);
    }

    public void Close(VenueOrderState order) => open.Remove(order);

    public void Add(TradeState trade)
    {
        Trades.Add(trade);
        if (trade.IsOwed)
            unsettled.Add(trade);
    }

    public void Settle(TradeState trade) => unsettled.Remove(trade);

    /// <summary>Dollars kept aside for working orders.</summary>
    public Usdc ActiveCash(VenueOrderState? except = null) => open
        .Where(order => !ReferenceEquals(order, except))
        .Aggregate(Usdc.Zero, (sum, order) => sum + order.ReservedCash);

    /// <summary>Dollars owed to matches that are not on the chain.</summary>
    public Usdc MatchedCash() => Sides().Where(side => side.Side == Side.Buy)
        .Aggregate(Usdc.Zero, (sum, side) => sum + side.Notional + side.Fee);

    /// <summary>Micro-shares kept aside for working orders.</summary>
    public long ActiveShares(TokenId token, VenueOrderState? except = null) => open
        .Where(order => order.Request.TokenId == token && !ReferenceEquals(order, except))
        .Sum(order => order.ReservedShares);

    /// <summary>Micro-shares owed to matches that are not on the chain.</summary>
    public long MatchedShares(TokenId token) => Sides()
        .Where(side => side.Side == Side.Sell && side.TokenId == token)
        .Sum(side => side.Quantity.ToMicros);

    private IEnumerable<TradeSide> Sides() => unsettled
        .SelectMany(trade => trade.Trade.Makers.Prepend(trade.Trade.Taker))
        .Where(side => side.AccountId == Id);
}
