using Equilibrage.Core.Books;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.State;

public sealed partial class EngineState
{
    private static readonly TimeSpan RateWindow = TimeSpan.FromMinutes(1);

    private readonly Queue<DateTimeOffset> purchases = new();
    private readonly Dictionary<MarketId, Breaker> marketBreakers = [];

    /// <summary>What losses are measured against; null before the account is opened.</summary>
    public EquityWatch? EquityWatch { get; private set; }

    /// <summary>Purchases in a row that failed, or orders of either side whose fate is not known.</summary>
    public int ErrorsInARow { get; private set; }

    /// <summary>The breaker of all markets.</summary>
    public Breaker GlobalBreaker { get; private set; } = Breaker.Closed;

    /// <summary>Breakers of single markets that have counted a fault.</summary>
    public IReadOnlyDictionary<MarketId, Breaker> MarketBreakers => marketBreakers;

    /// <summary>The latest moves of tokens' prices, kept while entries are sized by them.</summary>
    public Dictionary<TokenId, MidMoves> Moves { get; } = [];

    /// <summary>Takes a book's mid into the moves of its token.</summary>
    public void ObserveMid(Book book)
    {
        ArgumentNullException.ThrowIfNull(book);
        if (book is not { IsUsable: true, BestBid: { } bid, BestAsk: { } ask })
            return;
        if (!Moves.TryGetValue(book.TokenId, out var moves))
            Moves.Add(book.TokenId, moves = new());
        moves.Observe((bid.ToMicros + ask.ToMicros) / 2);
    }

    /// <summary>The breaker of a market.</summary>
    public Breaker BreakerOf(MarketId market) => marketBreakers.GetValueOrDefault(market, Breaker.Closed);

    /// <summary>Purchases that were sent within the last minute of wall time.</summary>
    public int RecentPurchases()
    {
        while (purchases.TryPeek(out var sent) && Now.RecordedAt - sent >= RateWindow)
            purchases.Dequeue();
        return purchases.Count;
    }

    private static DateOnly DayOf(Stamp at) => DateOnly.FromDateTime(at.MarketTime.UtcDateTime);

    // The first equity is the capital itself: nothing is held yet.
    private void BeginWatch(Stamp at) =>
        EquityWatch = new(DayOf(at), Ledger.Cash, Ledger.Capital, Ledger.Cash, Ledger.Capital);

    private void Fold(EngineOutput.DayBegan began) => EquityWatch = EquityWatch! with
    {
        Day = began.Day, DayEquity = began.Equity, DayCapital = Ledger.Capital,
    };

    private void Fold(EngineOutput.PeakReached reached) => EquityWatch = EquityWatch! with
    {
        Peak = reached.Equity, PeakCapital = Ledger.Capital,
    };

    private void Fold(EngineOutput.CallJudged judged, Stamp at)
    {
        var limits = Settings.Limits;
        Breaker Next(Breaker breaker) => judged.Fault is { } fault
            ? breaker.Fail(judged.ClientOrderId, fault, limits, at.RecordedAt)
            : breaker.Succeed(judged.ClientOrderId, judged.IsCancel);

        GlobalBreaker = Next(GlobalBreaker);
        Keep(judged.MarketId, Next(BreakerOf(judged.MarketId)));
        if (judged.IsError)
            ErrorsInARow++;
        else if (judged.Fault is null && !judged.IsCancel)
            ErrorsInARow = 0;
    }

    // The operator says go: what failed before counts no more.
    private void ForgetFaults()
    {
        ErrorsInARow = 0;
        GlobalBreaker = Breaker.Closed;
        marketBreakers.Clear();
    }

    private void Count(Order order)
    {
        if (order.Command.Side != Side.Buy)
            return;
        purchases.Enqueue(order.SubmittedAt.RecordedAt);
        var (id, market, now) = (order.Command.ClientOrderId, order.Command.MarketId, order.SubmittedAt.RecordedAt);
        if (GlobalBreaker.WantsTrial(now))
            GlobalBreaker = GlobalBreaker with { Trial = id };
        if (BreakerOf(market) is var breaker && breaker.WantsTrial(now))
            Keep(market, breaker with { Trial = id });
    }

    private void Keep(MarketId market, Breaker breaker)
    {
        if (breaker == Breaker.Closed)
            marketBreakers.Remove(market);
        else
            marketBreakers[market] = breaker;
    }
}
