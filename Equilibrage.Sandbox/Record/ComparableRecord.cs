using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.Simulation;
using Npgsql;

namespace Equilibrage.Sandbox.Record;

/// <summary>
/// What the exchange's record says of one account, for an outside check that somebody's own books equal it. Reads the
/// tables directly and needs no running exchange.
/// </summary>
/// <param name="Cash">Collateral on the chain, reservations included.</param>
/// <param name="Tokens">Shares on the chain, positive entries only.</param>
/// <param name="Orders">All orders ever taken.</param>
/// <param name="Trades">All trades ever, with their settlement.</param>
/// <param name="Actions">What it did on the chain itself.</param>
public sealed record ComparableRecord(
    Usdc Cash, IReadOnlyDictionary<TokenId, Quantity> Tokens, IReadOnlyList<OrderRow> Orders,
    IReadOnlyList<VenueTrade> Trades, IReadOnlyList<ChainActionRow> Actions)
{
    private readonly AccountId account;

    /// <summary>Orders that still work.</summary>
    public IEnumerable<OrderRow> OpenOrders => Orders.Where(order => !order.Status.IsTerminal());

    /// <summary>The account's executions with their settlement, oldest first.</summary>
    public IEnumerable<(Fill Fill, TradeStatus Status)> Fills =>
        Trades.SelectMany(trade => trade.FillsOf(account).Select(fill => (fill, trade.Status)));

    /// <summary>Reads one account in one consistent view.</summary>
    /// <exception cref="InvalidOperationException">The record has no such account.</exception>
    public static async Task<ComparableRecord> ReadAsync(
        NpgsqlDataSource database, AccountId account, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(database);
        var all = (await new PracticeRecord(database).LoadAsync(cancellation)).Venue;
        var owner = all.Accounts.FirstOrDefault(row => row.AccountId == account)
            ?? throw new InvalidOperationException($"The practice record has no account {account}.");
        return new(account, owner.Cash, all);
    }

    private ComparableRecord(AccountId account, Usdc cash, VenueRecord all)
        : this(
            cash,
            all.Holdings.Where(row => row.AccountId == account && !row.Quantity.IsZero)
                .ToDictionary(row => row.TokenId, row => row.Quantity),
            [.. all.Orders.Where(row => row.AccountId == account)],
            [.. all.Trades.Where(trade => trade.Concerns(account))],
            [.. all.Actions.Where(row => row.AccountId == account)]) => this.account = account;
}
