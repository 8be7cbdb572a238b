using System.Runtime.CompilerServices;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Ports;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.Simulation;
using Equilibrage.Core.State;

namespace Equilibrage.Tests.Support.Chaos;

/// <summary>
/// One process's connection to the exchange's feed. Books come in order; events of the account come over a channel of
/// its own, where they may come twice and overtake each other. While it is cut nothing comes, ever.
/// </summary>
internal sealed class ChaosFeed(Timeline time, VirtualNode node, ChaosExchange exchange, Weather weather) : IEventSource
{
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(40);
    private readonly AccountFeed account = new(ChaosExchange.Account);
    private readonly Queue<FeedEvent> arrived = new();
    private TaskCompletionSource? waiting;
    private bool isConnected;
    private int cuts;

    /// <summary>Tokens whose books are wanted.</summary>
    public IReadOnlySet<TokenId> Wanted { get; private set; } = new HashSet<TokenId>();

    /// <inheritdoc/>
    public void Want(IReadOnlyCollection<TokenId> tokens)
    {
        var before = Wanted;
        Wanted = tokens.ToHashSet();
        if (!isConnected)
            return;
        exchange.Want();
        Seed([.. tokens.Where(token => !before.Contains(token))]);
    }

    /// <inheritdoc/>
    public void Reseed(IReadOnlyCollection<TokenId> tokens) => Seed([.. tokens.Where(Wanted.Contains)]);

    /// <inheritdoc/>
    public async IAsyncEnumerable<FeedEvent> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        isConnected = true;
        exchange.Connect(this);
        node.Died += OnDeath;
        Seed([.. Wanted]);
        try
        {
            while (true)
            {
                while (arrived.TryDequeue(out var report))
                    yield return report;
                waiting = new();
                await waiting.Task.WaitAsync(cancellation);
            }
        }
        finally
        {
            node.Died -= OnDeath;
            Leave();
        }
    }

    /// <summary>
    /// Cuts the line for a while. When it is back every wanted book is sent anew; what it missed it never learns.
    /// </summary>
    public void Cut(TimeSpan length, bool isNoticed)
    {
        if (!isConnected)
            return;
        cuts++;
        var tokens = Wanted.ToList();
        if (isNoticed)
            Arrive(new FeedEvent.Lost(exchange.Venue.MarketTime, tokens), Latency);
        time.After(length, () =>
        {
            if (--cuts > 0 || !isConnected)
                return;
            if (!isNoticed)
                Arrive(new FeedEvent.Lost(exchange.Venue.MarketTime, [.. Wanted]), Latency);
            Seed([.. Wanted]);
        });
    }

    /// <summary>What happened at the exchange, passed on as far as this line carries it.</summary>
    public void Hear(IReadOnlyList<VenueEvent> happened)
    {
        var reports = account.Read(happened);
        if (cuts > 0)
            return;
        foreach (var report in reports)
        {
            if (report is FeedEvent.Filled or FeedEvent.OrderEnded or FeedEvent.Settled)
                TellOfAccount(report);
            else if (report is not FeedEvent.Snapshot && ForUs(report) is { } ours)
                Arrive(ours, Latency);
        }

        foreach (var taken in happened.OfType<VenueEvent.TradeChanged>().Where(IsTaken))
            TellOfAccount(FilledBy(taken));
    }

    // The account's channel tells of every trade, also of those that the answer to the order tells of.
    private static bool IsTaken(VenueEvent.TradeChanged changed) =>
        changed.Trade.Status == TradeStatus.Matched && changed.Trade.Taker.AccountId == ChaosExchange.Account;

    private FeedEvent FilledBy(VenueEvent.TradeChanged taken)
    {
        var fill = taken.Trade.FillsOf(ChaosExchange.Account)[0];
        var order = exchange.Venue.Order(fill.VenueOrderId)!;
        return new FeedEvent.Filled(
            taken.MarketTime, fill,
            order.Matched >= order.Request.Quantity ? OrderStatus.Filled : OrderStatus.PartiallyFilled);
    }

    private FeedEvent? ForUs(FeedEvent report)
    {
        if (report is not FeedEvent.Changed changed)
            return report;
        var deltas = changed.Deltas.Where(delta => Wanted.Contains(delta.TokenId)).ToList();
        return deltas.Count == 0 ? null : changed with { Deltas = deltas };
    }

    private void TellOfAccount(FeedEvent report)
    {
        var dice = weather.Dice;
        var delay = weather.Strikes(Fault.EventLate) ? dice.Millis(200, 20_000) : dice.Millis(20, 80);
        Arrive(report, delay);
        if (weather.Strikes(Fault.EventTwice))
            Arrive(report, delay + dice.Millis(0, 30_000));
    }

    private void Seed(IReadOnlyList<TokenId> tokens)
    {
        if (cuts > 0)
            return;
        foreach (var token in tokens)
        {
            if (exchange.Venue.Book(token) is { } book)
                Arrive(new FeedEvent.Snapshot(book.MarketTime, book.Book), Latency);
        }
    }

    private void Arrive(FeedEvent report, TimeSpan delay) => time.After(delay, () => node.Run(() =>
    {
        if (!isConnected)
            return;
        arrived.Enqueue(report);
        waiting?.TrySetResult();
    }));

    private void OnDeath(object? sender, EventArgs death) => Leave();

    private void Leave()
    {
        if (!isConnected)
            return;
        isConnected = false;
        exchange.Disconnect(this);
    }
}
