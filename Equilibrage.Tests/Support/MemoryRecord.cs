using Equilibrage.Core.Primitives;
using Equilibrage.Core.Simulation;

namespace Equilibrage.Tests.Support;

/// <summary>Keeps a simulated venue's rows as its record on disk would.</summary>
internal sealed class MemoryRecord
{
    private readonly Dictionary<AccountId, AccountRow> accounts = [];
    private readonly Dictionary<(AccountId Account, TokenId Token), HoldingRow> holdings = [];
    private readonly Dictionary<VenueOrderId, OrderRow> orders = [];
    private readonly Dictionary<long, VenueTrade> trades = [];
    private readonly Dictionary<MarketId, BookRow> books = [];
    private readonly Dictionary<MarketId, TickRow> ticks = [];
    private readonly List<ChainActionRow> actions = [];
    private readonly Dictionary<MarketId, ForcedEnd> forcedEnds = [];
    private readonly HashSet<VenueOrderId> tombstones = [];
    private VenueTotals totals = new(0, 1, Usdc.Zero, Usdc.Zero);

    public void Keep(VenueRecord changes)
    {
        totals = changes.Totals;
        foreach (var row in changes.Accounts)
            accounts[row.AccountId] = row;
        foreach (var row in changes.Holdings)
            holdings[(row.AccountId, row.TokenId)] = row;
        foreach (var row in changes.Orders)
            orders[row.Request.Id] = row;
        foreach (var row in changes.Trades)
            trades[row.Sequence] = row;
        foreach (var row in changes.Books)
            books[row.MarketId] = row;
        foreach (var row in changes.Ticks)
            ticks[row.MarketId] = row;
        actions.AddRange(changes.Actions);
        foreach (var row in changes.ForcedEnds)
            forcedEnds[row.MarketId] = row;
        tombstones.UnionWith(changes.Tombstones);
    }

    public VenueRecord All() => new()
    {
        Totals = totals,
        Accounts = [.. accounts.Values],
        Holdings = [.. holdings.Values],
        Orders = [.. orders.Values],
        Trades = [.. trades.Values],
        Books = [.. books.Values.Where(row => row.Crowd is not null)],
        Ticks = [.. ticks.Values],
        Actions = [.. actions],
        ForcedEnds = [.. forcedEnds.Values],
        Tombstones = [.. tombstones],
    };
}
