using Equilibrage.Core.Orders;
using Equilibrage.Core.Ports;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.Simulation;

namespace Equilibrage.Tests.Support.Chaos;

/// <summary>
/// One process's way to the exchange. What was sent travels on when the process dies; answers find nobody then.
/// </summary>
internal sealed class ChaosVenue(
    Timeline time, VirtualNode node, ChaosExchange exchange, Weather weather, ChaosPlan plan, Witness witness,
    ChaosChain chain, ILeadership lease) : IVenue
{
    private static readonly DerivedOrderPreparer Preparer = new();

    /// <inheritdoc/>
    public PreparedOrder Prepare(OrderCommand command) => Preparer.Prepare(command);

    /// <inheritdoc/>
    public Task<VenueResult<SubmitAnswer>> SubmitAsync(PreparedOrder order, CancellationToken cancellation)
    {
        witness.Sends(order, lease.Epoch);
        var answer = new Answer<SubmitAnswer>(time, node);
        var (dice, up) = (weather.Dice, weather.Dice.Millis(5, 60));
        if (weather.Strikes(Fault.NotSent))
            answer.Come(up, VenueErrorKind.NotSent, "no connection");
        else if (weather.Strikes(Fault.RequestLost))
            answer.Come(dice.Millis(100, 20_000), VenueErrorKind.Unknown, "the connection broke");
        else if (weather.Strikes(Fault.AnswerLost))
        {
            time.After(up, () => Arrive(order));
            answer.Come(dice.Millis(100, 20_000), VenueErrorKind.Unknown, "the connection broke");
        }
        else if (weather.Strikes(Fault.RequestLate))
        {
            time.After(dice.Millis(500, 45_000), () => Arrive(order));
            answer.Come(dice.Millis(100, 20_000), VenueErrorKind.Unknown, "no answer in time");
        }
        else
        {
            var down = weather.Strikes(Fault.AnswerLate) ? dice.Millis(3_000, 25_000) : dice.Millis(5, 60);
            time.After(up, () => answer.Come(down, Arrive(order)));
        }

        return answer.WaitAsync(cancellation);
    }

    /// <inheritdoc/>
    public Task<VenueResult<VenueOrder>> CancelAsync(VenueOrderId order, CancellationToken cancellation) => CallAsync(
        venue => plan.IsPromising || venue.Order(order) is not null
            ? VenueResult<VenueOrder>.Ok(venue.Cancel(order))
            : default,
        cancellation);

    /// <inheritdoc/>
    public Task<VenueResult<VenueOrder>> FindAsync(PreparedOrder order, CancellationToken cancellation) => CallAsync(
        venue => new VenueResult<VenueOrder>(venue.Find(order.VenueOrderId), null), cancellation);

    /// <inheritdoc/>
    public Task<VenueResult<VenueAccount>> GetAccountAsync(CancellationToken cancellation) => CallAsync(
        venue => VenueResult<VenueAccount>.Ok(venue.Account(ChaosExchange.Account)!), cancellation);

    /// <inheritdoc/>
    public Task<VenueResult<IReadOnlyDictionary<TradeId, bool>>> GetSettlementsAsync(
        IReadOnlyCollection<TradeId> trades, CancellationToken cancellation) => CallAsync(
        venue => VenueResult<IReadOnlyDictionary<TradeId, bool>>.Ok(venue.Settlements(trades)), cancellation);

    /// <inheritdoc/>
    public Task<VenueResult<CancelAllAnswer>> CancelAllAsync(CancellationToken cancellation) => CallAsync(
        venue =>
        {
            var ended = venue.CancelAll(ChaosExchange.Account);
            return VenueResult<CancelAllAnswer>.Ok(new(ended.Canceled, ended.NotCanceled));
        },
        cancellation);

    /// <inheritdoc/>
    public Task<VenueResult<ChainReceipt>> ExecuteAsync(ChainOperation operation, CancellationToken cancellation)
    {
        witness.Executes(operation, lease.Epoch);
        return CallAsync(_ => chain.Ask(operation), cancellation);
    }

    /// <inheritdoc/>
    public Task<VenueResult<AccountActivity>> GetActivityAsync(
        DateTimeOffset since, CancellationToken cancellation) => CallAsync(
        venue => VenueResult<AccountActivity>.Ok(venue.Activity(ChaosExchange.Account, since)), cancellation);

    private VenueResult<SubmitAnswer> Arrive(PreparedOrder order)
    {
        if (exchange.IsAway || exchange.IsCancelOnly)
            return VenueResult<SubmitAnswer>.Fail(VenueErrorKind.Unavailable, "The exchange takes no orders now.");
        exchange.Arrivals[order.VenueOrderId] = exchange.Arrivals.GetValueOrDefault(order.VenueOrderId) + 1;
        if (weather.Strikes(Fault.Refused))
            return VenueResult<SubmitAnswer>.Fail(VenueErrorKind.Refused, "The exchange does not like this order.");
        return VenueResult<SubmitAnswer>.Ok(
            exchange.Act(venue => venue.Submit(ChaosExchange.Account, order)));
    }

    private Task<VenueResult<T>> CallAsync<T>(
        Func<SimulatedVenue, VenueResult<T>> act, CancellationToken cancellation)
        where T : class
    {
        var dice = weather.Dice;
        var answer = new Answer<T>(time, node);
        var fails = weather.Strikes(Fault.CallFails);
        var isAnswerLost = fails && dice.Hits(500);
        var hangs = weather.Strikes(Fault.CallHangs);
        time.After(dice.Millis(5, 60), () =>
        {
            if (exchange.IsAway || (fails && !isAnswerLost))
            {
                answer.Come(dice.Millis(5, 60), VenueErrorKind.Unavailable, "503 Service Unavailable");
                return;
            }

            var result = exchange.Act(act);
            if (isAnswerLost)
                answer.Come(dice.Millis(5, 5_000), VenueErrorKind.Unavailable, "the connection broke");
            else if (hangs)
                answer.Come(dice.Millis(40_000, 100_000), VenueErrorKind.Unavailable, "no answer in time");
            else
                answer.Come(dice.Millis(5, 60), result);
        });
        return answer.WaitAsync(cancellation);
    }

    /// <summary>An answer on its way to the process that asked.</summary>
    private sealed class Answer<T>(Timeline time, VirtualNode node)
        where T : class
    {
        private readonly TaskCompletionSource<VenueResult<T>> source =
            new();

        public void Come(TimeSpan after, VenueResult<T> result) =>
            time.After(after, () => node.Run(() => source.TrySetResult(result)));

        public void Come(TimeSpan after, VenueErrorKind kind, string message) =>
            Come(after, VenueResult<T>.Fail(kind, message));

        public Task<VenueResult<T>> WaitAsync(CancellationToken cancellation) => source.Task.WaitAsync(cancellation);
    }
}
