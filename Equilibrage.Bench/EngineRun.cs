using System.Diagnostics;
using Equilibrage.Core.Engine;
using Equilibrage.Core.Opportunities;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.Simulation;
using Equilibrage.Core.State;
using Equilibrage.Core.Strategies;
using Equilibrage.Sandbox.Universe;

namespace Equilibrage.Bench;

/// <summary>What the engine did with one recorded run of events.</summary>
/// <param name="Events">Events processed.</param>
/// <param name="Records">Records that they led to.</param>
/// <param name="Seconds">Time within the engine, best of several replays.</param>
/// <param name="Bytes">Bytes allocated by that replay.</param>
internal sealed record EngineTiming(int Events, long Records, double Seconds, long Bytes)
{
    public double PerSecond => Events / Seconds;

    public long BytesPerEvent => Bytes / Events;
}

/// <summary>
/// The engine's speed: two market days of the generated universe are played once against the practice venue, and the
/// events that reached the engine are then replayed into fresh engines. Only the replays are timed.
/// </summary>
internal sealed class EngineRun
{
    private const long Seed = 7;
    private const int Replays = 5;
    private const int Capital = 1_000;

    private static readonly TimeSpan Length = TimeSpan.FromDays(2);
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(300);
    private static readonly AccountId Account = new("sandbox:practice:bench");

    private readonly SimulatedVenue venue;
    private readonly AccountFeed feed = new(Account);
    private readonly TradingEngine engine = NewEngine();
    private readonly Dictionary<MarketId, PriceHistory> histories = [];
    private readonly List<EngineEvent> events = [];
    private readonly Queue<VenueRequest> requests = new();

    private EngineRun()
    {
        venue = new(GeneratedMarkets.Create(Seed), new() { Seed = Seed, Start = GeneratedMarkets.DefaultStart });
        venue.OpenAccount(Account, Dollars(Capital));
    }

    private Stamp Now => new(venue.MarketTime, venue.MarketTime);

    public static EngineTiming Measure()
    {
        var run = new EngineRun();
        run.Play();
        return Enumerable.Range(0, Replays).Select(_ => Replay(run.events)).MinBy(timing => timing.Seconds)!;
    }

    private static TradingEngine NewEngine() =>
        new(new EngineState(Account), StrategyCatalog.CreateAll(), new DerivedOrderPreparer());

    private static EngineTiming Replay(List<EngineEvent> events)
    {
        var fresh = NewEngine();
        var records = 0L;
        var bytes = GC.GetAllocatedBytesForCurrentThread();
        var started = Stopwatch.GetTimestamp();
        foreach (var cause in events)
            records += fresh.Process(cause).Batch.Records.Count;
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        return new(events.Count, records, seconds, GC.GetAllocatedBytesForCurrentThread() - bytes);
    }

    private void Play()
    {
        var end = venue.MarketTime + Length;
        Give(new EngineEvent.Opened(Now, Dollars(Capital)));
        Give(new EngineEvent.Catalogued(Now, venue.Markets()));
        Give(new EngineEvent.Compared(Now, venue.Account(Account)!));
        while (venue.MarketTime < end)
        {
            Scan();
            foreach (var report in feed.Read(venue.Advance(venue.MarketTime + Step)))
                Give(new EngineEvent.Fed(new(report.MarketTime, report.MarketTime), report));
            Give(new EngineEvent.MonitorDue(Now));
        }
    }

    private void Scan()
    {
        var (markets, quotes, now) = (venue.Markets(), venue.Quotes(), venue.MarketTime);
        foreach (var quote in quotes)
        {
            if (quote.MidMicros is not { } mid)
                continue;
            if (!histories.TryGetValue(quote.MarketId, out var history))
                histories.Add(quote.MarketId, history = SeededHistory(quote.MarketId, now));
            history.Observe(now, mid);
        }

        var settings = engine.State.Settings;
        var plan = StrategyCatalog.Primary.Plan(engine.State);
        var scan = MarketScanner.Scan(
            markets, quotes.ToDictionary(quote => quote.MarketId), histories,
            new(settings.Eligibility, settings.Weights, plan), now);
        Give(new EngineEvent.Scanned(Now, scan));
        var wanted = FeedPlan.Wanted(engine.State, scan, []);
        venue.SetWanted(wanted);
        Give(new EngineEvent.Followed(Now, wanted));
    }

    private PriceHistory SeededHistory(MarketId market, DateTimeOffset now)
    {
        var history = new PriceHistory();
        if (venue.HourlyMids([market], PriceHistory.Capacity).TryGetValue(market, out var mids))
            history.Seed(now, mids);
        return history;
    }

    private void Give(EngineEvent cause)
    {
        Process(cause);
        while (requests.TryDequeue(out var request))
        {
            if (request is VenueRequest.Submit submit)
                Process(new EngineEvent.Answered(
                    Now, submit.Order.Command.ClientOrderId, venue.Submit(Account, submit.Order), null));
            else if (request is VenueRequest.Execute { Operation: var operation })
            {
                var (receipt, error) = venue.Execute(Account, operation);
                Process(new EngineEvent.Executed(Now, operation.Id, receipt, error));
            }
        }
    }

    private void Process(EngineEvent cause)
    {
        events.Add(cause);
        foreach (var request in engine.Process(cause).Requests)
            requests.Enqueue(request);
    }

    private static Usdc Dollars(int dollars) => Usdc.FromMicros(dollars * Micros.PerUnit);
}
