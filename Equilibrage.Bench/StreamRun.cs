using System.Diagnostics;
using Equilibrage.Adapters.Polymarket;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Primitives;
using Microsoft.Extensions.Logging.Abstractions;

namespace Equilibrage.Bench;

/// <summary>
/// Follows thousands of books of the practice exchange, which runs in another process, with the feed that trades live,
/// and measures whether it keeps up.
/// </summary>
internal sealed class StreamRun : IAsyncDisposable
{
    /// <summary>Below this the distance to the market clock does not grow, milliseconds per minute.</summary>
    public const double MostGrowth = 5;

    /// <summary>Bytes of resident memory that the following process may take.</summary>
    public const long MostResident = 600L * 1024 * 1024;

    private static readonly TimeSpan Window = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan SeedWithin = TimeSpan.FromMinutes(3);

    // Markets that end meanwhile would leave.
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(2);

    private readonly StreamOptions options;
    private readonly ExchangeProcess exchange;
    private readonly PolymarketConnection connection;
    private readonly PolymarketFeed feed;
    private readonly ClockLag lag;
    private readonly FollowedBooks books = new();
    private readonly CancellationTokenSource end = new();
    private LatencyHistogram latency = new();
    private long frames;
    private Task reading = Task.CompletedTask;

    private StreamRun(StreamOptions options, ExchangeProcess exchange)
    {
        (this.options, this.exchange, lag) = (options, exchange, new(options.Speed));
        connection = PolymarketConnection.OpenPublic(
            PolymarketOptions.Practice(exchange.Address), TimeProvider.System, NullLoggerFactory.Instance);
        var access = connection.Access;
        var parts = FeedWiring.Parts(
            access, (PolymarketDirectory)connection.Markets, new(access.Clob, access.Gamma, access.Clock));
        feed = new(
            parts with { Record = (_, frame) => lag.Hear(frame.Span), Applied = Applied }, access.MarketClock);
    }

    /// <summary>Measures.</summary>
    public static async Task<StreamTiming> MeasureAsync(StreamOptions options)
    {
        await using var started = await ExchangeProcess.StartAsync(RecordedData.FullFile!, options.Speed);
        await using var run = new StreamRun(options, started);
        return await run.MeasureAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await connection.DisposeAsync();
        end.Dispose();
    }

    private async Task<StreamTiming> MeasureAsync()
    {
        var listed = await connection.Markets.ListAsync(end.Token);
        var tokens = Choose(listed);
        Console.WriteLine($"{listed.Count} markets are listed; {tokens.Count} tokens are followed.");
        reading = Task.Run(() => books.ReadAsync(feed, end.Token));
        var started = Stopwatch.GetTimestamp();
        feed.Want(tokens);
        while (feed.Status.Current < tokens.Count || feed.Status.Tokens < tokens.Count)
        {
            if (Stopwatch.GetElapsedTime(started) > SeedWithin)
                throw new TimeoutException($"The books did not become current in time: {feed.Status}");
            await Task.Delay(TimeSpan.FromMilliseconds(100), end.Token);
            Check();
        }

        var seeding = Stopwatch.GetElapsedTime(started);
        Console.WriteLine($"All books are current after {seeding.TotalSeconds:0.0} s.");
        return await FollowAsync(seeding);
    }

    private async Task<StreamTiming> FollowAsync(TimeSpan seeding)
    {
        var (before, collections) = (feed.Status, Collections());
        latency = new();
        var windows = new List<StreamWindow>();
        var began = Stopwatch.GetTimestamp();
        lag.Take();
        using var timer = new PeriodicTimer(Window);
        var last = Take();
        while (Stopwatch.GetElapsedTime(began) < options.Duration)
        {
            await timer.WaitForNextTickAsync(end.Token);
            Check();
            var now = Take();
            var window = Between(last, now, Stopwatch.GetElapsedTime(began));
            windows.Add(window);
            Console.WriteLine(StreamReport.Line(window, lag.Fastest));
            last = now;
        }

        using var self = Process.GetCurrentProcess();
        return new()
        {
            Options = options,
            Seeding = seeding,
            Before = before,
            Windows = [.. windows.Select(Relative)],
            Latency = latency,
            PeakResident = self.PeakWorkingSet64,
            Collections = [.. Collections().Zip(collections, (after, then) => after - then)],
            ReaderCurrent = books.CountCurrent(),
        };
    }

    private StreamWindow Relative(StreamWindow window) =>
        window with { MeanLag = window.MeanLag - lag.Fastest, MostLag = window.MostLag - lag.Fastest };

    // On the feed's reader, which is the only one.
    private void Applied(DateTimeOffset receivedAt)
    {
        Volatile.Write(ref frames, frames + 1);
        Volatile.Read(ref latency).Add(TimeProvider.System.GetUtcNow() - receivedAt);
    }

    private void Check()
    {
        if (reading.IsFaulted)
            throw new InvalidOperationException("The feed broke.", reading.Exception);
        if (exchange.Process.HasExited)
            throw new InvalidOperationException("The exchange ended.");
    }

    private Sample Take()
    {
        exchange.Process.Refresh();
        using var self = Process.GetCurrentProcess();
        return new(
            Stopwatch.GetTimestamp(), Volatile.Read(ref frames), books.Changes, self.TotalProcessorTime,
            exchange.Process.TotalProcessorTime, self.WorkingSet64, exchange.Process.WorkingSet64);
    }

    private StreamWindow Between(Sample last, Sample now, TimeSpan at)
    {
        var seconds = Stopwatch.GetElapsedTime(last.Timestamp, now.Timestamp).TotalSeconds;
        var (mean, most) = lag.Take();
        return new()
        {
            At = at,
            Seconds = seconds,
            Frames = now.Frames - last.Frames,
            Changes = now.Changes - last.Changes,
            MeanLag = mean,
            MostLag = most,
            Status = feed.Status,
            Resident = now.Resident,
            ExchangeResident = now.ExchangeResident,
            Load = (now.Processor - last.Processor).TotalSeconds / seconds,
            ExchangeLoad = (now.ExchangeProcessor - last.ExchangeProcessor).TotalSeconds / seconds,
        };
    }

    private static int[] Collections() => [GC.CollectionCount(0), GC.CollectionCount(1), GC.CollectionCount(2)];

    // Both tokens of a market side by side, so that they share a connection.
    private List<TokenId> Choose(IReadOnlyList<Market> listed)
    {
        var after = listed.Min(market => market.ExpectedEnd) + Ahead;
        return [.. listed.Where(market => market.ExpectedEnd > after).Take(options.Tokens / 2)
            .SelectMany(market => new[] { market.TokenYes, market.TokenNo })];
    }

    private readonly record struct Sample(
        long Timestamp, long Frames, long Changes, TimeSpan Processor, TimeSpan ExchangeProcessor, long Resident,
        long ExchangeResident);
}
