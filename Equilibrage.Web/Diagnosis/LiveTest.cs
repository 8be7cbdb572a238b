using Equilibrage.Adapters.Polymarket;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Polymarket;

namespace Equilibrage.Web.Diagnosis;

/// <summary>
/// The proof that orders of this wallet are taken: one smallest order, at the lowest price of the grid where nobody
/// sells, post-only, and canceled at once.
/// </summary>
internal static class LiveTest
{
    private const string Name = "live test";
    private const int Sample = 40;

    /// <summary>Places, looks up, cancels, and looks up again.</summary>
    public static async Task<IReadOnlyList<Finding>> RunAsync(
        PolymarketConnection connection, PolymarketEndpoints endpoints, TimeProvider clock,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(clock);
        using var examination = new Examination(new()
        {
            Mode = Hosting.DeskMode.Live,
            Data = "",
            Endpoints = endpoints,
            Database = _ => Task.FromResult<IReadOnlyList<Finding>>([]),
            Clock = clock,
        });
        var found = await SampleMarket.FindAsync(examination, Sample, cancellation);
        if (found.Value is not { Tick: { } tick, Minimum: { } minimum, BestAsk: { } ask } market)
            return [Finding.Problem(Name, "No market with an order book was found to test on: try again later.")];
        var limit = Price.FromMicros(tick.ToMicros);
        if (limit >= ask)
            return [Finding.Problem(Name, $"\"{market.Question}\" sells at its lowest price: try again later.")];
        var venue = connection.Venue!;
        var order = venue.Prepare(Command(market, tick, limit, minimum, clock));
        var answer = await venue.SubmitAsync(order, cancellation);
        var isTaken = answer.Value?.Status == OrderStatus.Accepted;
        // Whatever was answered: an order that may exist is canceled.
        var canceled = await venue.CancelAsync(order.VenueOrderId, cancellation);
        var after = await venue.FindAsync(order, cancellation);
        if (!isTaken)
        {
            var why = answer.Error?.Message ?? answer.Value?.Reason ?? "no reason given";
            return [Finding.Problem(
                Name, $"The exchange did not take the order ({why.TrimEnd('.')}): see the other findings.")];
        }

        var isGone = canceled.Error is null && after.Value is null or { Status: OrderStatus.Canceled };
        return isGone
            ? [Finding.Fine(
                Name, $"An order for {minimum} shares of \"{market.Question}\" at {limit} was taken and canceled.")]
            : [Finding.Problem(
                Name, $"The order {order.VenueOrderId} at {limit} was taken, but may still rest: cancel it on the "
                    + "exchange's site.")];
    }

    private static OrderCommand Command(
        SampleMarket market, TickSize tick, Price limit, Quantity minimum, TimeProvider clock)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        return new()
        {
            ClientOrderId = new("live-test"),
            AccountId = new("live-test"),
            StrategyId = new("live-test"),
            PositionId = new("live-test"),
            MarketId = market.Id,
            TokenId = market.TokenYes,
            Outcome = Outcome.Yes,
            Side = Side.Buy,
            Limit = limit,
            Quantity = minimum,
            Type = OrderType.Gtc,
            IsPostOnly = true,
            Tick = tick,
            IsNegRisk = market.IsNegRisk,
            Salt = now,
            TimestampMs = now,
        };
    }
}
