using System.Security.Cryptography;
using System.Text;
using Equilibrage.Core.Engine;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Opportunities;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;
using Equilibrage.Core.Strategies;

namespace Equilibrage.Core.Simulation;

/// <summary>
/// A whole desk without a process around it: the simulated venue, the scanner and the engine in virtual time, one call
/// after the other. The same listings and options give the same journal.
/// </summary>
public sealed class HeadlessDesk
{
    private readonly HeadlessOptions options;
    private readonly SimulatedVenue venue;
    private readonly IReadOnlyList<IStrategy> strategies = StrategyCatalog.CreateAll();
    private readonly TradingEngine engine;
    private readonly List<JournalRecord> journal = [];
    private readonly Dictionary<MarketId, PriceHistory> histories = [];
    private readonly Queue<FeedEvent> reports = new();
    private readonly AccountFeed feed;
    private DateTimeOffset nextScan;
    private DateTimeOffset nextMonitor;

    /// <summary>Opens the universe, the account and the engine at the universe's start.</summary>
    public HeadlessDesk(IReadOnlyList<ListingSeed> listings, HeadlessOptions options)
    {
        ArgumentNullException.ThrowIfNull(listings);
        ArgumentNullException.ThrowIfNull(options);
        this.options = options;
        venue = new(listings, options.Venue with { TellsPrints = false });
        feed = new(options.AccountId);
        venue.OpenAccount(options.AccountId, options.Capital);
        engine = new(new(options.AccountId), strategies, new DerivedOrderPreparer());
        (nextScan, nextMonitor) = (venue.MarketTime, venue.MarketTime);
        Process(new EngineEvent.Opened(Now, options.Capital));
        Process(new EngineEvent.Commanded(Now, new OperatorCommand.Configure("headless-settings", options.Settings)));
        Process(new EngineEvent.Catalogued(Now, venue.Markets()));
        Compare();
    }

    /// <summary>The engine's state.</summary>
    public EngineState State => engine.State;

    /// <summary>The exchange on the other side.</summary>
    public SimulatedVenue Venue => venue;

    /// <summary>Everything recorded so far.</summary>
    public IReadOnlyList<JournalRecord> Journal => journal;

    /// <summary>Called after every processed event; null when nobody watches.</summary>
    public Action<EngineEvent, EngineTurn>? Watcher { get; init; }

    private Stamp Now
    {
        get
        {
            var start = options.Venue.Start;
            var elapsed = (venue.MarketTime - start).Ticks / options.Speed;
            return new(venue.MarketTime, start.AddTicks((long)elapsed));
        }
    }

    /// <summary>Runs to the last step at or before a market time.</summary>
    public void RunUntil(DateTimeOffset marketTime)
    {
        var step = TimeSpan.FromSeconds(options.Venue.StepSeconds);
        while (venue.MarketTime + step <= marketTime)
        {
            Report(venue.Advance(venue.MarketTime + step));
            if (venue.MarketTime >= nextMonitor)
            {
                nextMonitor = venue.MarketTime.AddSeconds(State.Settings.MonitorSeconds);
                Process(new EngineEvent.MonitorDue(Now));
            }

            if (venue.MarketTime >= nextScan)
            {
                nextScan = venue.MarketTime.AddSeconds(State.Settings.ScanSeconds);
                Scan();
            }
        }
    }

    /// <summary>
    /// Holds the engine's books against the venue's record; a difference is an incident in the journal.
    /// </summary>
    public void Compare() => Process(new EngineEvent.Compared(Now, venue.Account(options.AccountId)!));

    /// <summary>
    /// SHA-256 over the journal's lines without the records' wall time: equal for two runs when they decided the same.
    /// </summary>
    public string JournalHash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var record in journal)
        {
            var line = record with { At = record.At with { RecordedAt = default } };
            hash.AppendData(Encoding.UTF8.GetBytes(JournalJson.Write(line) + '\n'));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private void Scan()
    {
        var quotes = venue.Quotes().ToDictionary(quote => quote.MarketId);
        var markets = venue.Markets();
        Remember(markets);
        foreach (var quote in quotes.Values)
        {
            if (quote.MidMicros is { } mid)
                histories[quote.MarketId].Observe(venue.MarketTime, mid);
        }

        var settings = State.Settings;
        var plan = strategies[0].Plan(State);
        var scan = MarketScanner.Scan(
            markets, quotes, histories, new(settings.Eligibility, settings.Weights, plan), venue.MarketTime);
        venue.SetWanted(FeedPlan.Wanted(State, scan, []));
        Report(venue.Drain());
        Process(new EngineEvent.Scanned(Now, scan));
        Compare();
    }

    /// <summary>
    /// Hours of prices exist for a market from its listing on; what is not listed any more is forgotten.
    /// </summary>
    private void Remember(IReadOnlyList<Market> markets)
    {
        var listed = markets.Select(market => market.Id).ToHashSet();
        foreach (var gone in histories.Keys.Where(id => !listed.Contains(id)).ToList())
            histories.Remove(gone);
        var fresh = listed.Where(id => !histories.ContainsKey(id)).ToList();
        foreach (var (id, mids) in venue.HourlyMids(fresh, PriceHistory.Capacity))
        {
            var history = new PriceHistory();
            history.Seed(venue.MarketTime, mids);
            histories.Add(id, history);
        }
    }

    private void Report(IReadOnlyList<VenueEvent> happened)
    {
        foreach (var report in feed.Read(happened))
            reports.Enqueue(report);
        while (reports.TryDequeue(out var report))
            Process(new EngineEvent.Fed(Now, report));
    }

    /// <summary>One event, then what it asked the venue for; what the venue then reports waits its turn.</summary>
    private void Process(EngineEvent cause)
    {
        var turn = engine.Process(cause);
        journal.AddRange(turn.Batch.Records);
        Watcher?.Invoke(cause, turn);
        foreach (var request in turn.Requests)
        {
            var answer = Ask(request);
            foreach (var report in feed.Read(venue.Drain()))
                reports.Enqueue(report);
            Process(answer);
        }
    }

    private EngineEvent.Executed Executed(ChainOperation operation)
    {
        var result = venue.Execute(options.AccountId, operation);
        return new(Now, operation.Id, result.Receipt, result.Error);
    }

    private EngineEvent.CanceledAll CanceledAll()
    {
        var canceled = venue.CancelAll(options.AccountId).Canceled.Count;
        return new(Now, canceled, venue.Account(options.AccountId)!.OpenOrders, null);
    }

    private EngineEvent Ask(VenueRequest request) => request switch
    {
        VenueRequest.Submit submit => new EngineEvent.Answered(
            Now, submit.Order.Command.ClientOrderId, venue.Submit(options.AccountId, submit.Order), null),
        VenueRequest.LookUp look => new EngineEvent.LookedUp(
            Now, look.Order.Command.ClientOrderId, venue.Find(look.Order.VenueOrderId)),
        VenueRequest.Cancel cancel => new EngineEvent.LookedUp(
            Now, cancel.Order.Command.ClientOrderId, venue.Cancel(cancel.Order.VenueOrderId)),
        VenueRequest.Execute execute => Executed(execute.Operation),
        VenueRequest.CancelAll => CanceledAll(),
        _ => throw new InvalidOperationException($"No rule sends {request.GetType().Name}."),
    };
}
