using Equilibrage.Adapters.Polymarket.Mapping;
using Equilibrage.Adapters.Polymarket.Operations;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Ports;
using Equilibrage.Core.Primitives;
using Equilibrage.Polymarket.Orders;
using Equilibrage.Polymarket.Rest;
using Equilibrage.Polymarket.Rest.Clob;
using Microsoft.Extensions.Logging;

namespace Equilibrage.Adapters.Polymarket;

/// <summary>
/// The exchange as a place where orders are executed. An order is sent once; whatever leaves its fate open is answered
/// as unknown and found out by its id and by the account's trades.
/// </summary>
internal sealed partial class PolymarketVenue : IVenue, IDisposable
{
    private static readonly TimeSpan TradePause = TimeSpan.FromMilliseconds(250);
    private const int TradeAttempts = 12;

    private readonly ExchangeAccess access;
    private readonly PolymarketWalletOptions wallet;
    private readonly AccountSession session;
    private readonly MarketFees fees;
    private readonly IWalletFunds funds;
    private readonly OperationQueue operations;
    private readonly ActivityReader activity;
    private readonly HeldTokens tokens;
    private readonly OwnTrades trades;
    private readonly OrderBuilder builder;
    private readonly SentOrders sent = new();
    private readonly string address;
    private readonly ILogger<PolymarketVenue> logger;

    public PolymarketVenue(
        ExchangeAccess access, PolymarketWalletOptions wallet, AccountSession session, MarketFees fees,
        IWalletFunds funds, OperationQueue operations, ActivityReader activity, HeldTokens tokens,
        ILogger<PolymarketVenue> logger)
    {
        (this.access, this.wallet, this.session, this.fees, this.funds) = (access, wallet, session, fees, funds);
        (this.operations, this.activity, this.tokens, this.logger) = (operations, activity, tokens, logger);
        trades = new(session);
        builder = new(wallet.Wallet, access.Options.Endpoints.ChainId, wallet.Builder);
        address = wallet.Wallet.Funder.ToLowerString();
    }

    /// <inheritdoc/>
    public PreparedOrder Prepare(OrderCommand command) => builder.Prepare(command);

    /// <inheritdoc/>
    public async Task<VenueResult<SubmitAnswer>> SubmitAsync(PreparedOrder order, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(order);
        if (await RefuseAsync(order.Command, cancellation) is { } refusal)
            return new(null, refusal);
        sent.Add(order);
        var posted = await session.CallAsync(
            open => open.Clob.PostOrderAsync(
                OrderJson.ToUtf8(Sign(order.Command, open)), order.Command.IsPostOnly, cancellation),
            cancellation);
        return posted.Value is { } reply
            ? await SettleAsync(order, reply, cancellation)
            : await RefusedAsync(
                order, posted.Error ?? new(PolymarketErrorKind.Unreadable, "No answer."), cancellation);
    }

    /// <summary>Sends several orders at once; each is answered by itself, in their order.</summary>
    /// <exception cref="ArgumentException">More than fifteen orders.</exception>
    public async Task<IReadOnlyList<VenueResult<SubmitAnswer>>> SubmitAsync(
        IReadOnlyList<PreparedOrder> orders, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(orders);
        foreach (var order in orders)
        {
            // All or none: a batch without one of its orders would be another decision.
            if (await RefuseAsync(order.Command, cancellation) is { } refusal)
                return [.. orders.Select(_ => new VenueResult<SubmitAnswer>(null, refusal))];
        }

        foreach (var order in orders)
            sent.Add(order);
        var posted = await session.CallAsync(
            open => open.Clob.PostOrdersAsync(
                [.. orders.Select(order => (ReadOnlyMemory<byte>)OrderJson.ToUtf8(Sign(order.Command, open)))],
                orders.All(order => order.Command.IsPostOnly), cancellation),
            cancellation);
        var answers = new List<VenueResult<SubmitAnswer>>(orders.Count);
        var error = posted.Error;
        if (posted.IsOk && posted.Value?.Count != orders.Count)
            error = new(PolymarketErrorKind.Unreadable, "The answers to a batch are not one for each order.");
        for (var index = 0; index < orders.Count; index++)
        {
            answers.Add(error is null
                ? await SettleAsync(orders[index], posted.Value![index], cancellation)
                : await RefusedAsync(orders[index], error, cancellation));
        }

        return answers;
    }

    public void Dispose() => trades.Dispose();

    /// <summary>Why an order must not even be sent; null when it may.</summary>
    private async Task<VenueError?> RefuseAsync(OrderCommand command, CancellationToken cancellation)
    {
        var known = await fees.GetAsync(command.MarketId, cancellation);
        if (known.Value is not { } schedule)
        {
            var why = known.Error!.Kind == PolymarketErrorKind.NotFound
                ? VenueErrorKind.Refused
                : VenueErrorKind.NotSent;
            return new(why, $"The fees of the market are not known: {known.Error.Message}");
        }

        if (schedule.IsAssumed && !access.Options.AllowsAssumedFees)
        {
            return new(
                VenueErrorKind.Refused, "The market names no fees, and real money is not spent on assumed ones.");
        }

        var open = await session.OpenAsync(cancellation);
        return open.Error is { } error ? VenueErrors.OfRepeatable(error) : null;
    }

    private OrderRequest Sign(OrderCommand command, OpenSession open)
    {
        var order = builder.Build(command);
        return new()
        {
            Order = order,
            Signature = OrderSignature.Sign(wallet.Signer, order, builder.DomainOf(command)),
            Owner = open.Credentials.Key,
            Type = OrderBuilder.TypeOf(command.Type),
            Expiration = command.ExpiresAt is { } end
                ? (end + OrderExpiration.DroppedBefore).ToUnixTimeSeconds()
                : 0,
            IsPostOnly = command.IsPostOnly,
        };
    }

    private async Task<VenueResult<SubmitAnswer>> SettleAsync(
        PreparedOrder order, OrderReply reply, CancellationToken cancellation)
    {
        if (!reply.IsAccepted)
        {
            var words = string.IsNullOrEmpty(reply.ErrorMessage) ? null : reply.ErrorMessage;
            return words is null && reply.IsSuccess
                ? Unknown($"The exchange answered success without an order: {reply}")
                : await RefusedAsync(
                    order, new(PolymarketErrors.KindOf(words ?? ""), words ?? "Refused without a reason."),
                    cancellation);
        }

        if (!string.Equals(reply.OrderId, order.VenueOrderId.Value, StringComparison.OrdinalIgnoreCase))
        {
            logger.LogError("Order {Ours} was taken as {Theirs}", order.VenueOrderId, reply.OrderId);
            return Unknown($"The exchange knows the order as {reply.OrderId}, not as {order.VenueOrderId}.");
        }

        return reply.Status switch
        {
            PlacementStatus.Live => Ok(OrderStatus.Accepted, []),
            PlacementStatus.Delayed => Ok(OrderStatus.Delayed, []),
            PlacementStatus.Matched => await MatchedAsync(order, reply, cancellation),
            _ => await FoundAsync(order, cancellation),
        };
    }

    private async Task<VenueResult<SubmitAnswer>> RefusedAsync(
        PreparedOrder order, PolymarketError error, CancellationToken cancellation) => error.Kind switch
        {
            // The same order was taken before, so this is the lost answer of the first time.
            PolymarketErrorKind.Duplicated => await FoundAsync(order, cancellation),
            PolymarketErrorKind.FokNotFilled or PolymarketErrorKind.FakNotMatched =>
                Ok(OrderStatus.Canceled, [], error.Message),
            PolymarketErrorKind.Delayed => Ok(OrderStatus.Delayed, [], error.Message),
            _ => VenueErrors.OfPlacement(error) is { Kind: VenueErrorKind.Refused } refused
                ? Ok(OrderStatus.Rejected, [], refused.Message)
                : new(null, VenueErrors.OfPlacement(error)),
        };

    private async Task<VenueResult<SubmitAnswer>> FoundAsync(PreparedOrder order, CancellationToken cancellation)
    {
        var found = await FindAsync(order, cancellation);
        return found.Value is { } known
            ? Ok(known.Status, known.Fills, known.Reason)
            : Unknown(found.Error?.Message ?? "The exchange took the order and does not show it yet.");
    }

    private async Task<VenueResult<SubmitAnswer>> MatchedAsync(
        PreparedOrder order, OrderReply reply, CancellationToken cancellation)
    {
        var command = order.Command;
        var shares = (command.Side == Side.Buy ? reply.TakingAmount : reply.MakingAmount) ?? 0;
        var ids = reply.TradeIds ?? [];
        for (var attempt = 1; ids.Count > 0; attempt++)
        {
            var read = await FillsOfAsync(ids, order.VenueOrderId, cancellation);
            if (read.Error is { IsAmbiguous: false } and not { Kind: PolymarketErrorKind.NotSent })
                break;
            var complete = read.Value is { Count: > 0 } found
                && (shares == 0 || IsSame(found, Quantity.FromMicros((long)(shares * Micros.PerUnit))));
            if (complete)
                return Ok(PlacedStatus.Of(command, read.Value!), read.Value!);
            if (attempt == TradeAttempts)
                break;
            await Task.Delay(TradePause, access.Clock, cancellation);
        }

        // Matched, that much is sure, and not yet shown how: the look-up goes on asking.
        return ids.Count == 0
            ? await FoundAsync(order, cancellation)
            : Unknown("The order was matched; its trades are not shown completely yet.");
    }

    /// <summary>The order's executions in the given trades; fewer while some are not shown yet.</summary>
    private async Task<PolymarketResult<IReadOnlyList<Fill>>> FillsOfAsync(
        IReadOnlyList<string> ids, VenueOrderId order, CancellationToken cancellation)
    {
        var fills = new List<Fill>();
        foreach (var id in ids)
        {
            var trade = await trades.ReadAsync(new TradeId(id), cancellation);
            if (!trade.IsOk)
                return trade.As<IReadOnlyList<Fill>>();
            if (trade.Value is null)
                continue;
            var own = await FillsOfAsync(trade.Value, cancellation);
            if (own.Value is null)
                return own;
            fills.AddRange(own.Value.Where(fill => IsSame(fill.VenueOrderId, order)));
        }

        return PolymarketResult<IReadOnlyList<Fill>>.Ok(fills);
    }

    private async Task<PolymarketResult<IReadOnlyList<Fill>>> FillsOfAsync(
        ClobTrade trade, CancellationToken cancellation)
    {
        var schedule = await fees.GetAsync(new(trade.Market), cancellation);
        return schedule.Value is { } known
            ? PolymarketResult<IReadOnlyList<Fill>>.Ok(TradeFills.Of(trade, address, known))
            : schedule.As<IReadOnlyList<Fill>>();
    }

    private static bool IsSame(VenueOrderId left, VenueOrderId right) =>
        string.Equals(left.Value, right.Value, StringComparison.OrdinalIgnoreCase);

    // Matched amounts are cut to hundredths of a share on their way through the exchange.
    private static bool IsSame(IReadOnlyList<Fill> fills, Quantity shares) =>
        Math.Abs(fills.Sum(fill => fill.Quantity.ToMicros) - shares.ToMicros) <= PlacedStatus.DustMicros;

    private static VenueResult<SubmitAnswer> Ok(OrderStatus status, IReadOnlyList<Fill> fills, string? why = null) =>
        VenueResult<SubmitAnswer>.Ok(new(status, fills, why));

    private static VenueResult<SubmitAnswer> Unknown(string message) =>
        VenueResult<SubmitAnswer>.Fail(VenueErrorKind.Unknown, message);
}
