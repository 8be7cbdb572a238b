using Equilibrage.Adapters.Polymarket.Mapping;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Ports;
using Equilibrage.Core.Primitives;
using Equilibrage.Polymarket.Rest;
using Equilibrage.Polymarket.Rest.Clob;

namespace Equilibrage.Adapters.Polymarket;

/// <content>Looking up, canceling, and the account as a whole.</content>
internal sealed partial class PolymarketVenue
{
    private const int AccountAttempts = 6;
    private const int SettlementsAtOnce = 4;

    /// <inheritdoc/>
    public Task<VenueResult<VenueOrder>> FindAsync(PreparedOrder order, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(order);
        sent.Add(order);
        return FindAsync(order.VenueOrderId, cancellation);
    }

    /// <summary>Looks an order up by its id and, since ended orders are forgotten, by the account's trades.</summary>
    private async Task<VenueResult<VenueOrder>> FindAsync(VenueOrderId order, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            var shown = await session.CallAsync(open => open.Clob.GetOrderAsync(order, cancellation), cancellation);
            if (!shown.IsOk)
                return VenueErrors.Fail<VenueOrder>(shown.Error!);
            var fills = await FillsOfAsync(order, cancellation);
            if (fills.Value is not { } own)
                return VenueErrors.Fail<VenueOrder>(fills.Error!);
            if (shown.Value is null && own.Count == 0)
                return new(null, null);
            if (shown.Value is not { } known)
                return Shown(order, PlacedStatus.OfEnded(sent.Find(order), own), own, "No longer shown as open.");
            if (IsSame(own, known.SizeMatched ?? Quantity.Zero))
            {
                return PlacedStatus.Of(known, own) is { } status
                    ? Shown(order, status, own, null)
                    : VenueResult<VenueOrder>.Fail(
                        VenueErrorKind.Unavailable, $"Order {order} has a status that is not known here.");
            }

            // Orders and trades are kept by two parts of the exchange, and one runs ahead of the other.
            if (attempt == TradeAttempts)
            {
                return VenueResult<VenueOrder>.Fail(
                    VenueErrorKind.Unavailable,
                    $"Order {order} has matched {known.SizeMatched} shares, its trades do not show them all yet.");
            }

            await Task.Delay(TradePause, access.Clock, cancellation);
        }
    }

    /// <inheritdoc/>
    public async Task<VenueResult<VenueOrder>> CancelAsync(VenueOrderId order, CancellationToken cancellation)
    {
        var reply = await session.CallAsync(open => open.Clob.CancelAsync(order, cancellation), cancellation);
        if (!reply.IsOk && reply.Error!.Kind != PolymarketErrorKind.NotFound)
            return VenueErrors.Fail<VenueOrder>(reply.Error);
        var isCanceled = reply.Value?.Canceled?.Contains(order.Value, StringComparer.OrdinalIgnoreCase) == true;
        var found = await FindAsync(order, cancellation);
        if (found.Error is not null)
            return found;
        if (found.Value is { } known)
        {
            return isCanceled && !known.Status.IsTerminal()
                ? Shown(order, OrderStatus.Canceled, known.Fills, "Canceled on request.")
                : found;
        }

        if (isCanceled)
            return Shown(order, OrderStatus.Canceled, [], "Canceled on request.");
        // The practice exchange refuses what was canceled before it came. Of Polymarket nothing is known: a request may
        // still be under way, so that one look that finds nothing proves nothing.
        return access.Options.IsPractice
            ? Shown(order, OrderStatus.Canceled, [], "No order with this id has arrived; it will be refused.")
            : new(null, null);
    }

    /// <inheritdoc/>
    public async Task<VenueResult<CancelAllAnswer>> CancelAllAsync(CancellationToken cancellation) =>
        AnswerToAll(await session.CallAsync(open => open.Clob.CancelAllAsync(cancellation), cancellation));

    /// <summary>Cancels everything of a market that works; an order on its way may be missed.</summary>
    public async Task<VenueResult<CancelReply>> CancelAllAsync(MarketId market, CancellationToken cancellation) =>
        Answer(await session.CallAsync(
            open => open.Clob.CancelMarketAsync(market, null, cancellation), cancellation));

    /// <summary>Cancels several orders.</summary>
    public async Task<VenueResult<CancelReply>> CancelAsync(
        IReadOnlyCollection<VenueOrderId> orders, CancellationToken cancellation) =>
        Answer(await session.CallAsync(open => open.Clob.CancelAsync(orders, cancellation), cancellation));

    /// <inheritdoc/>
    public async Task<VenueResult<VenueAccount>> GetAccountAsync(CancellationToken cancellation)
    {
        // Balances and trades come from different places: only balances between two equal readings of the trades
        // belong to them.
        var before = await trades.ReadAsync(cancellation);
        for (var attempt = 0; attempt < AccountAttempts; attempt++)
        {
            if (before.Value is not { } own)
                return VenueErrors.Fail<VenueAccount>(before.Error!);
            var account = await AccountAsync(own, cancellation);
            if (account.Error is not null)
                return account;
            var after = await trades.ReadAsync(cancellation);
            if (after.Value is { } now && IsSame(own, now))
                return account;
            before = after;
        }

        return VenueResult<VenueAccount>.Fail(
            VenueErrorKind.Unavailable, "The account's trades change faster than its balances can be read.");
    }

    /// <inheritdoc/>
    public async Task<VenueResult<IReadOnlyDictionary<TradeId, bool>>> GetSettlementsAsync(
        IReadOnlyCollection<TradeId> trades, CancellationToken cancellation)
    {
        var settled = new Dictionary<TradeId, bool>();
        foreach (var batch in trades.GroupBy(TradeFills.TradeOf).Chunk(SettlementsAtOnce))
        {
            var answers = await Task.WhenAll(batch.Select(group => this.trades.ReadAsync(group.Key, cancellation)));
            foreach (var (group, answer) in batch.Zip(answers))
            {
                if (answer.Error is { } error)
                    return VenueErrors.Fail<IReadOnlyDictionary<TradeId, bool>>(error);
                if (answer.Value is not { } trade || !trade.Status.IsTerminal())
                    continue;
                foreach (var fill in group)
                    settled[fill] = trade.Status == TradeStatus.Confirmed;
            }
        }

        return VenueResult<IReadOnlyDictionary<TradeId, bool>>.Ok(settled);
    }

    /// <inheritdoc/>
    public Task<VenueResult<ChainReceipt>> ExecuteAsync(ChainOperation operation, CancellationToken cancellation) =>
        operations.ExecuteAsync(operation, cancellation);

    /// <inheritdoc/>
    public async Task<VenueResult<AccountActivity>> GetActivityAsync(
        DateTimeOffset since, CancellationToken cancellation)
    {
        var read = await activity.ReadAsync(since, cancellation);
        return read.Value is { } complete
            ? VenueResult<AccountActivity>.Ok(complete)
            : VenueErrors.Fail<AccountActivity>(read.Error!);
    }

    private async Task<VenueResult<VenueAccount>> AccountAsync(
        IReadOnlyCollection<ClobTrade> own, CancellationToken cancellation)
    {
        var cash = await funds.GetCashAsync(cancellation);
        if (!cash.IsOk)
            return VenueErrors.Fail<VenueAccount>(cash.Error!);
        var traded = own.SelectMany(trade => TradeFills.TokensOf(trade, address)).Distinct();
        var others = await tokens.ReadAsync(cancellation);
        if (others.Value is not { } known)
            return VenueErrors.Fail<VenueAccount>(others.Error!);
        var held = await funds.GetTokensAsync([.. traded.Union(known)], cancellation);
        if (held.Value is not { } balances)
            return VenueErrors.Fail<VenueAccount>(held.Error!);
        var orders = await session.CallAsync(open => open.Clob.GetOrdersAsync(null, null, cancellation), cancellation);
        if (orders.Value is not { } working)
            return VenueErrors.Fail<VenueAccount>(orders.Error!);
        var underWay = await FillsOfAsync(own.Where(trade => IsUnderWay(trade.Status)), cancellation);
        if (underWay.Value is not { } pending)
            return VenueErrors.Fail<VenueAccount>(underWay.Error!);
        var open = new List<VenueOrder>(working.Count);
        foreach (var order in working)
        {
            var id = new VenueOrderId(order.Id);
            var fills = await FillsOfAsync(own.Where(trade => Concerns(trade, id)), cancellation);
            if (fills.Value is not { } found)
                return VenueErrors.Fail<VenueAccount>(fills.Error!);
            IReadOnlyList<Fill> executed = [.. found.Where(fill => IsSame(fill.VenueOrderId, id))];
            open.Add(new(id, PlacedStatus.Of(order, executed) ?? OrderStatus.Accepted, executed, null));
        }

        return VenueResult<VenueAccount>.Ok(AccountBalance.Of(cash.Value, balances, pending, open));
    }

    // Fees are asked for only where they matter: what is settled is in the balances with them.
    private async Task<PolymarketResult<IReadOnlyList<Fill>>> FillsOfAsync(
        IEnumerable<ClobTrade> some, CancellationToken cancellation)
    {
        var fills = new List<Fill>();
        foreach (var trade in some)
        {
            var read = await FillsOfAsync(trade, cancellation);
            if (read.Value is not { } found)
                return read;
            fills.AddRange(found);
        }

        return PolymarketResult<IReadOnlyList<Fill>>.Ok(fills);
    }

    // Matched, and the chain does not show it yet: our own books count it from the match on.
    private static bool IsUnderWay(TradeStatus status) => !status.IsOnChain() && status != TradeStatus.Failed;

    private static bool IsSame(IReadOnlyCollection<ClobTrade> before, IReadOnlyCollection<ClobTrade> after)
    {
        var statuses = before.ToDictionary(trade => trade.Id, trade => trade.Status);
        return before.Count == after.Count
            && after.All(trade => statuses.TryGetValue(trade.Id, out var status) && status == trade.Status);
    }

    private async Task<PolymarketResult<IReadOnlyList<Fill>>> FillsOfAsync(
        VenueOrderId order, CancellationToken cancellation)
    {
        var read = await trades.ReadAsync(cancellation);
        if (read.Value is not { } all)
            return read.As<IReadOnlyList<Fill>>();
        var own = await FillsOfAsync(all.Where(trade => Concerns(trade, order)), cancellation);
        return own.Value is { } fills
            ? PolymarketResult<IReadOnlyList<Fill>>.Ok(
                [.. fills.Where(fill => IsSame(fill.VenueOrderId, order)).OrderBy(fill => fill.ExecutedAt)])
            : own;
    }

    private static bool Concerns(ClobTrade trade, VenueOrderId order) =>
        IsSame(new VenueOrderId(trade.TakerOrderId), order)
        || (trade.MakerOrders ?? []).Any(maker => IsSame(new VenueOrderId(maker.OrderId), order));

    private static VenueResult<VenueOrder> Shown(
        VenueOrderId order, OrderStatus status, IReadOnlyList<Fill> fills, string? why) =>
        VenueResult<VenueOrder>.Ok(new(order, status, fills, why));

    private static VenueResult<CancelAllAnswer> AnswerToAll(PolymarketResult<CancelReply> reply)
    {
        var answer = Answer(reply);
        return answer.Value is { } value
            ? VenueResult<CancelAllAnswer>.Ok(new(
                [.. (value.Canceled ?? []).Select(id => new VenueOrderId(id))],
                (value.NotCanceled ?? new Dictionary<string, string>())
                    .ToDictionary(pair => new VenueOrderId(pair.Key), pair => pair.Value)))
            : new(null, answer.Error);
    }

    private static VenueResult<CancelReply> Answer(PolymarketResult<CancelReply> reply) => reply switch
    {
        { Error: { } error } => VenueErrors.Fail<CancelReply>(error),
        { Value: { } value } => VenueResult<CancelReply>.Ok(value),
        _ => VenueResult<CancelReply>.Fail(VenueErrorKind.Unavailable, "The answer to a cancel was empty."),
    };
}
