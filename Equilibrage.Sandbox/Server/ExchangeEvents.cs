using Equilibrage.Core.Markets;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.Simulation;
using Equilibrage.Sandbox.Hosting;
using Equilibrage.Sandbox.Server.Markets;
using Microsoft.Extensions.Logging;

namespace Equilibrage.Sandbox.Server;

/// <summary>
/// Reads what happens at the exchange, keeps the index and the last trades up to date, and passes each event on. A
/// reader that fell behind starts anew with an interruption.
/// </summary>
internal sealed class ExchangeEvents(
    PracticeExchange exchange, MarketIndex index, LastPrints prints, ILogger logger) : IAsyncDisposable
{
    private readonly CancellationTokenSource ending = new();
    private ExchangeSubscription? subscription;
    private Task reading = Task.CompletedTask;
    private IReadOnlyCollection<TokenId> wanted = [];

    /// <summary>Hears each event after the index did.</summary>
    public Action<VenueEvent>? Happened { get; set; }

    /// <summary>Called when nothing more waits.</summary>
    public Action? Rested { get; set; }

    /// <summary>Begins to read.</summary>
    public void Start()
    {
        subscription = exchange.Subscribe();
        reading = Task.Run(ReadAsync);
    }

    /// <summary>Says whose books are wanted.</summary>
    public void Want(IReadOnlyCollection<TokenId> tokens)
    {
        wanted = tokens;
        subscription?.Want(tokens);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        subscription?.Dispose();
        ending.Dispose();
    }

    private async Task ReadAsync()
    {
        while (!ending.IsCancellationRequested)
        {
            try
            {
                await ReadAllAsync(subscription!);
                return;
            }
            catch (SubscriptionOverrunException error)
            {
                logger.LogWarning(error, "The server fell behind the exchange and starts anew.");
            }

            subscription!.Dispose();
            subscription = exchange.Subscribe();
            Happened?.Invoke(new VenueEvent.Interrupted(exchange.MarketTime));
            await CatchUpAsync();
            subscription.Want(wanted);
        }
    }

    private async Task ReadAllAsync(ExchangeSubscription source)
    {
        while (await source.Events.WaitToReadAsync(ending.Token))
        {
            while (source.Events.TryRead(out var happened))
                await TakeAsync(happened);
            Rested?.Invoke();
        }
    }

    private async Task TakeAsync(VenueEvent happened)
    {
        switch (happened)
        {
            case VenueEvent.Listed listed:
                foreach (var listing in await exchange.LookAsync(
                    venue => listed.Markets.Select(market => venue.Listing(market.Id)).OfType<Listing>().ToList(),
                    ending.Token))
                    index.Succeed(listing);
                break;
            case VenueEvent.TickChanged tick:
                index.Change(tick.Market);
                break;
            case VenueEvent.Traded trade when index.ByToken(trade.TokenId.Value) is { } entry:
                prints.Add(entry.Market.Id, Print(entry, trade));
                break;
            case VenueEvent.Resolved resolved:
                prints.Remove(resolved.Market.Id);
                break;
        }

        Happened?.Invoke(happened);
    }

    private static PublicPrint Print(MarketEntry entry, VenueEvent.Traded trade) => new(
        entry.Market.TokenYes == trade.TokenId ? Outcome.Yes : Outcome.No, trade.TakerSide,
        trade.Price, trade.Quantity, trade.MarketTime.ToUnixTimeSeconds(), trade.TradeId?.Value ?? "");

    private async Task CatchUpAsync()
    {
        foreach (var listing in await exchange.LookAsync(venue => venue.Listings(), ending.Token))
            index.Succeed(listing);
    }
}
