using Equilibrage.Core.Orders;
using Equilibrage.Core.Ports;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;
using Equilibrage.Tests.Support;
using Equilibrage.Tests.Support.Trading;
using Equilibrage.Web.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace Equilibrage.Tests.Unit.Web;

/// <summary>What is not known yet is asked for again, each thing at its own pace.</summary>
[Trait("Tier", "Unit")]
public sealed class InquiriesTests
{
    private readonly CountingVenue venue = new();
    private readonly EngineBench bench = new();
    private readonly Inbox inbox = new();
    private readonly RequestSender sender;
    private readonly Inquiries inquiries;

    public InquiriesTests()
    {
        sender = new(venue, inbox, new FixedLeadership(), TimeProvider.System, NullLogger<RequestSender>.Instance);
        inquiries = new(sender);
        bench.QuoteEven();
    }

    [Fact]
    public async Task Order_WithoutAnAnswer_IsLookedUpEveryTenSecondsUntilItIsKnown()
    {
        bench.Enter();
        await AskAfterAsync(0);
        await AskAfterAsync(9);
        Assert.Equal(0, venue.Lookups);
        await AskAfterAsync(1);
        Assert.Equal(1, venue.Lookups);
        await AskAfterAsync(9);
        await AskAfterAsync(1);
        Assert.Equal(2, venue.Lookups);

        bench.Answer();
        bench.Answer();
        await AskAfterAsync(100);
        Assert.Equal(2, venue.Lookups);
    }

    [Fact]
    public async Task Order_ThatRests_IsLookedUpEveryThirtySeconds()
    {
        bench.Enter();
        var id = bench.Take().Command.ClientOrderId;
        bench.Process(new EngineEvent.Answered(bench.Now, id, new(OrderStatus.Accepted, []), null));
        await AskAfterAsync(0);
        await AskAfterAsync(29);
        Assert.Equal(0, venue.Lookups);
        await AskAfterAsync(1);
        Assert.Equal(1, venue.Lookups);
    }

    [Fact]
    public async Task Trades_ThatAreNotFinal_AreAskedForEveryThirtySecondsUntilTheyAre()
    {
        await AskAfterAsync(0);
        bench.Enter();
        bench.Answer();
        bench.Answer();
        await AskAfterAsync(29);
        Assert.Empty(venue.Asked);
        await AskAfterAsync(1);
        var trades = bench.State.Ledger.Pending.Select(entry => entry.TradeId).ToHashSet();
        Assert.Equal(2, trades.Count);
        Assert.Equal(trades.Count, venue.Asked.Count);

        foreach (var trade in venue.Asked.ToList())
            bench.Feed(new FeedEvent.Settled(bench.Now.MarketTime, trade, true));
        venue.Asked.Clear();
        await AskAfterAsync(100);
        Assert.Empty(venue.Asked);
    }

    private async Task AskAfterAsync(double seconds)
    {
        bench.Pass(seconds);
        inquiries.Start(bench.State, bench.Now.RecordedAt, TestContext.Current.CancellationToken);
        await sender.DrainAsync();
    }

    private sealed class CountingVenue : IVenue
    {
        private int lookups;

        public int Lookups => lookups;

        public List<TradeId> Asked { get; } = [];

        public PreparedOrder Prepare(OrderCommand command) => throw new NotSupportedException();

        public Task<VenueResult<SubmitAnswer>> SubmitAsync(PreparedOrder order, CancellationToken cancellation) =>
            throw new NotSupportedException();

        public Task<VenueResult<VenueOrder>> CancelAsync(VenueOrderId order, CancellationToken cancellation) =>
            throw new NotSupportedException();

        public Task<VenueResult<VenueOrder>> FindAsync(PreparedOrder order, CancellationToken cancellation)
        {
            Interlocked.Increment(ref lookups);
            return Task.FromResult(
                VenueResult<VenueOrder>.Ok(new(order.VenueOrderId, OrderStatus.Accepted, [], null)));
        }

        public Task<VenueResult<VenueAccount>> GetAccountAsync(CancellationToken cancellation) =>
            throw new NotSupportedException();

        public Task<VenueResult<IReadOnlyDictionary<TradeId, bool>>> GetSettlementsAsync(
            IReadOnlyCollection<TradeId> trades, CancellationToken cancellation)
        {
            Asked.AddRange(trades);
            return Task.FromResult(VenueResult<IReadOnlyDictionary<TradeId, bool>>.Ok(
                new Dictionary<TradeId, bool>()));
        }

        public Task<VenueResult<CancelAllAnswer>> CancelAllAsync(CancellationToken cancellation) =>
            throw new NotSupportedException();

        public Task<VenueResult<ChainReceipt>> ExecuteAsync(
            ChainOperation operation, CancellationToken cancellation) => throw new NotSupportedException();

        public Task<VenueResult<AccountActivity>> GetActivityAsync(
            DateTimeOffset since, CancellationToken cancellation) => throw new NotSupportedException();
    }
}
