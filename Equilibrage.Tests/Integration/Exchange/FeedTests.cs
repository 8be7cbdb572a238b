using System.Collections.Concurrent;
using Equilibrage.Adapters.Polymarket;
using Equilibrage.Core.Books;
using Equilibrage.Core.Observations;
using Equilibrage.Core.Ports;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;
using Equilibrage.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Equilibrage.Tests.Integration.Exchange;

/// <summary>The live feed over the wire, held against the exchange's own books.</summary>
[Trait("Tier", "Integration")]
public sealed class FeedTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Feed_OverTheWire_FollowsEveryBookOfTheExchange()
    {
        await using var served = await ServedExchange.StartAsync(postgres, speed: 50);
        await using var reader = new Reader(served);
        var tokens = (await served.Exchange.ListAsync(default))
            .SelectMany(market => new[] { market.TokenYes, market.TokenNo }).ToList();

        reader.Feed.Want(tokens);

        await Eventually.TrueAsync(() => reader.Status.Current == tokens.Count);
        await Eventually.TrueAsync(() => reader.Changes > 20);
        foreach (var token in tokens)
            await Eventually.TrueAsync(() => reader.IsAsServedAsync(served, token));
        var status = reader.Status;
        Assert.Equal((0, 0, 0), (status.RefusedFrames, status.Unknown, status.Mismatches));
        Assert.Equal(1, status.OpenConnections);
    }

    [Fact]
    public async Task SpotPrices_OverTheWire_ComeInOrder()
    {
        await using var served = await ServedExchange.StartAsync(postgres, speed: 10);
        await using var connection = PolymarketConnection.OpenPublic(
            PolymarketOptions.Practice(served.Server.Address), TimeProvider.System, NullLoggerFactory.Instance);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var prices = new List<SpotPrice>();

        await foreach (var price in connection.SpotPrices.ReadAsync(["btcusd"], limit.Token))
        {
            prices.Add(price);
            if (prices.Count == 5)
                break;
        }

        Assert.All(prices, price => Assert.Equal(("btcusd", true), (price.Symbol, price.Dollars > 0)));
        foreach (var source in prices.GroupBy(price => price.Source))
            Assert.Equal(source.OrderBy(price => price.At), source);
    }

    private sealed class Reader : IAsyncDisposable
    {
        private readonly PolymarketConnection connection;
        private readonly CancellationTokenSource end = new();
        private readonly ConcurrentDictionary<TokenId, Book> books = new();
        private readonly Lock gate = new();
        private readonly Task reading;

        public Reader(ServedExchange served)
        {
            connection = PolymarketConnection.OpenPublic(
                PolymarketOptions.Practice(served.Server.Address), TimeProvider.System, NullLoggerFactory.Instance);
            reading = ReadAsync();
        }

        public IEventSource Feed => connection.Feed;

        public FeedStatus Status => connection.FeedStatus.Status;

        public int Changes { get; private set; }

        // Both are read while the exchange goes on, so that they need not be of the same step at the first look.
        public async Task<bool> IsAsServedAsync(ServedExchange served, TokenId token)
        {
            var served1 = await served.GetAsync($"/clob/book?token_id={token}");
            lock (gate)
            {
                return books[token] is { Trust: BookTrust.Current } book
                    && served1.GetProperty("bids").GetArrayLength() == book.Bids.Count
                    && served1.GetProperty("asks").GetArrayLength() == book.Asks.Count
                    && Text(served1, "bids") == book.BestBid?.ToString()
                    && Text(served1, "asks") == book.BestAsk?.ToString();
            }

            static string? Text(System.Text.Json.JsonElement body, string side) =>
                body.GetProperty(side).EnumerateArray().LastOrDefault() is
                { ValueKind: System.Text.Json.JsonValueKind.Object } level
                    ? level.GetProperty("price").GetString()
                    : null;
        }

        public async ValueTask DisposeAsync()
        {
            await end.CancelAsync();
            await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await connection.DisposeAsync();
            end.Dispose();
        }

        private async Task ReadAsync()
        {
            await foreach (var report in connection.Feed.ReadAsync(end.Token))
            {
                lock (gate)
                    Read(report);
            }
        }

        private void Read(FeedEvent report)
        {
            switch (report)
            {
                case FeedEvent.Snapshot snapshot:
                    Book(snapshot.Book.TokenId).Apply(snapshot.Book, report.MarketTime, default);
                    break;
                case FeedEvent.Changed changed:
                    Changes++;
                    foreach (var delta in changed.Deltas)
                        Book(delta.TokenId).Apply(delta, report.MarketTime, default);
                    break;
                case FeedEvent.Lost lost:
                    foreach (var token in lost.Tokens)
                        Book(token).Distrust(BookTrust.Untrusted);
                    break;
                case FeedEvent.Stale stale:
                    foreach (var token in stale.Tokens)
                        Book(token).Distrust(BookTrust.Stale);
                    break;
            }
        }

        private Book Book(TokenId token) => books.GetOrAdd(token, static id => new(id));
    }
}
