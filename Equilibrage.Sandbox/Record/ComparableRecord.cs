using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.Simulation;
using Npgsql;

namespace Equilibrage.Sandbox.Record;

/// <summary>
/// What the exchange's record says of one account, for an outside check that somebody's own books equal it. Reads the
/// tables directly and needs no running exchange.
/// </summary>
/// <param name="Cash">Collateral, reservations included.</param>
/// <param name="Tokens">Shares held, positive entries only.</param>
/// <param name="Orders">All orders ever taken.</param>
/// <param name="Trades">All executions ever, with their settlement.</param>
public sealed record ComparableRecord(
    Usdc Cash, IReadOnlyDictionary<TokenId, Quantity> Tokens, IReadOnlyList<OrderRow> Orders,
    IReadOnlyList<TradeRow> Trades)
{
    /// <summary>Orders that still work.</summary>
    public IEnumerable<OrderRow> OpenOrders => Orders.Where(order => !order.Status.IsTerminal());

    /// <summary>Reads one account in one consistent view.</summary>
    /// <exception cref="InvalidOperationException">The record has no such account.</exception>
    public static async Task<ComparableRecord> ReadAsync(
        NpgsqlDataSource database, AccountId account, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(database);
        var all = await new PracticeRecord(database).LoadAsync(cancellation);
        var owner = all.Accounts.FirstOrDefault(row => row.AccountId == account)
            ?? throw new InvalidOperationException($"The practice record has no account {account}.");
        return new(
            owner.Cash,
            all.Holdings.Where(row => row.AccountId == account && !row.Quantity.IsZero)
                .ToDictionary(row => row.TokenId, row => row.Quantity),
            [.. all.Orders.Where(row => row.AccountId == account)],
            [.. all.Trades.Where(row => row.AccountId == account)]);
    }
}
