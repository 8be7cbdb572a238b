using Equilibrage.Core.Engine;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Ports;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.Projections;
using Equilibrage.Core.Simulation;
using Equilibrage.Core.State;
using Equilibrage.Tests.Support;
using Equilibrage.Web.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace Equilibrage.Tests.Unit.Web;

[Trait("Tier", "Unit")]
public sealed class RequestSenderTests
{
    [Fact]
    public async Task LookUp_OfAnOrderThatWasFilledAndSettledMeanwhile_TellsTheSettlementToo()
    {
        var venue = new VenueDouble();
        var order = PracticeWorld.Order(venue.World.Markets()[0], Outcome.Yes, Side.Buy, 0.99m, 20);
        var answer = venue.World.Submit(PracticeWorld.Alice, order);
        venue.World.Advance(PracticeWorld.Start.AddDays(1));
        var inbox = new Inbox();
        var sender = Sender(venue, inbox);

        sender.LookUp(order, CancellationToken.None);
        await sender.DrainAsync();

        var events = Events(inbox);
        Assert.Equal(OrderStatus.Filled, Assert.IsType<EngineEvent.LookedUp>(events[0]).Order!.Status);
        Assert.NotEmpty(answer.Fills);
        Assert.Equal(
            answer.Fills.Select(fill => fill.TradeId).Distinct(),
            events.Skip(1).Select(told => ((FeedEvent.Settled)((EngineEvent.Fed)told).Report).TradeId));
    }

    [Fact]
    public async Task LookUp_OfAnOrderThatNeverArrived_MakesTheVenueRefuseIt()
    {
        var venue = new VenueDouble();
        var order = PracticeWorld.Order(venue.World.Markets()[0], Outcome.Yes, Side.Buy, 0.99m, 20);
        var inbox = new Inbox();
        var sender = Sender(venue, inbox);

        sender.LookUp(order, CancellationToken.None);
        await sender.DrainAsync();

        Assert.Null(Assert.IsType<EngineEvent.LookedUp>(Assert.Single(Events(inbox))).Order);
        Assert.Equal(OrderStatus.Rejected, venue.World.Submit(PracticeWorld.Alice, order).Status);
    }

    [Fact]
    public async Task LookUp_WithoutATraceAtAVenueThatPromisesNothing_LeavesItToTheEngineWithTheAccount()
    {
        var venue = new VenueDouble { PromisesNothing = true };
        var order = PracticeWorld.Order(venue.World.Markets()[0], Outcome.Yes, Side.Buy, 0.99m, 20);
        var inbox = new Inbox();
        var sender = Sender(venue, inbox);

        sender.LookUp(order, CancellationToken.None);
        await sender.DrainAsync();

        var sought = Assert.IsType<EngineEvent.Sought>(Assert.Single(Events(inbox)));
        Assert.Equal(order.Command.ClientOrderId, sought.ClientOrderId);
        Assert.Equal(Usdc.FromDecimal(1_000), sought.Account.Cash);
    }

    [Theory]
    [InlineData(VenueErrorKind.Refused)]
    [InlineData(VenueErrorKind.Restricted)]
    public async Task Request_ThatTheVenueRefuses_IsGivenUpAndTold(VenueErrorKind kind)
    {
        var venue = new VenueDouble { Refusal = new(kind, "no") };
        var order = PracticeWorld.Order(venue.World.Markets()[0], Outcome.Yes, Side.Buy, 0.99m, 20);
        var inbox = new Inbox();
        var sender = Sender(venue, inbox);

        sender.LookUp(order, CancellationToken.None);
        var operation = ChainOperation.Redemption(order.Command.MarketId);
        sender.Send(new VenueRequest.Execute(operation), CancellationToken.None);
        await sender.DrainAsync();

        var told = Events(inbox);
        Assert.Equal(2, told.Count);
        Assert.Equal(kind, Assert.Single(told.OfType<EngineEvent.Declined>()).Error.Kind);
        var executed = Assert.Single(told.OfType<EngineEvent.Executed>());
        Assert.Equal((operation.Id, kind), (executed.OperationId, executed.Error!.Kind));
        Assert.Null(executed.Receipt);
    }

    [Fact]
    public async Task CancelAll_RestingOrders_TellsWhichWorkNoMore()
    {
        var venue = new VenueDouble();
        var order = PracticeWorld.Order(
            venue.World.Markets()[0], Outcome.Yes, Side.Buy, 0.01m, 20, OrderType.Gtc);
        Assert.Equal(OrderStatus.Accepted, venue.World.Submit(PracticeWorld.Alice, order).Status);
        var inbox = new Inbox();
        var sender = Sender(venue, inbox);

        sender.Send(new VenueRequest.CancelAll(), CancellationToken.None);
        await sender.DrainAsync();

        var told = Assert.IsType<EngineEvent.CanceledAll>(Assert.Single(Events(inbox)));
        Assert.Equal(1, told.Canceled);
        Assert.Empty(told.Open!);
    }

    [Fact]
    public async Task Send_WithALeaseThatMayEnd_SendsNothingAndSaysSo()
    {
        var venue = new VenueDouble();
        var order = PracticeWorld.Order(venue.World.Markets()[0], Outcome.Yes, Side.Buy, 0.99m, 20);
        var inbox = new Inbox();
        var sender = Sender(venue, inbox, leads: false);

        sender.Send(new VenueRequest.Submit(order), CancellationToken.None);
        await sender.DrainAsync();

        var told = Assert.IsType<EngineEvent.Answered>(Assert.Single(Events(inbox)));
        Assert.Equal(VenueErrorKind.NotSent, told.Error?.Kind);
        Assert.Null(venue.World.Find(order.VenueOrderId));
    }

    [Fact]
    public async Task Inbox_ClosedWithCommandsWaiting_TellsThemToAskAgain()
    {
        var inbox = new Inbox();
        var answer = new TaskCompletionSource<CommandOutcome>();
        var command = new OperatorCommand.Configure("1", new TradingSettings());
        await inbox.AddAsync(new InboxItem.Command(command, answer), TestContext.Current.CancellationToken);

        inbox.Close();

        await Assert.ThrowsAsync<DeskUnavailableException>(() => answer.Task);
    }

    private static RequestSender Sender(IVenue venue, Inbox inbox, bool leads = true) => new(
        venue, inbox, new FixedLeadership { Leads = leads }, TimeProvider.System, NullLogger<RequestSender>.Instance);

    private static List<EngineEvent> Events(Inbox inbox)
    {
        var events = new List<EngineEvent>();
        while (inbox.Reader.TryRead(out var item))
            events.Add(((InboxItem.Fact)item).Make(new(PracticeWorld.Start, PracticeWorld.Start)));
        return events;
    }

    private sealed class VenueDouble : IVenue
    {
        public SimulatedVenue World { get; } = PracticeWorld.Venue();

        public bool PromisesNothing { get; init; }

        public VenueError? Refusal { get; init; }

        public PreparedOrder Prepare(OrderCommand command) => throw new NotSupportedException();

        public Task<VenueResult<SubmitAnswer>> SubmitAsync(PreparedOrder order, CancellationToken cancellation) =>
            throw new NotSupportedException();

        public Task<VenueResult<VenueOrder>> CancelAsync(VenueOrderId order, CancellationToken cancellation) =>
            Task.FromResult(PromisesNothing ? default : VenueResult<VenueOrder>.Ok(World.Cancel(order)));

        public Task<VenueResult<VenueOrder>> FindAsync(PreparedOrder order, CancellationToken cancellation) =>
            Task.FromResult(Refusal is { } refusal
                ? new(null, refusal)
                : new VenueResult<VenueOrder>(World.Find(order.VenueOrderId), null));

        public Task<VenueResult<VenueAccount>> GetAccountAsync(CancellationToken cancellation) =>
            Task.FromResult(new VenueResult<VenueAccount>(World.Account(PracticeWorld.Alice), null));

        public Task<VenueResult<IReadOnlyDictionary<TradeId, bool>>> GetSettlementsAsync(
            IReadOnlyCollection<TradeId> trades, CancellationToken cancellation) =>
            Task.FromResult(VenueResult<IReadOnlyDictionary<TradeId, bool>>.Ok(World.Settlements(trades)));

        public Task<VenueResult<CancelAllAnswer>> CancelAllAsync(CancellationToken cancellation)
        {
            var (canceled, others) = World.CancelAll(PracticeWorld.Alice);
            return Task.FromResult(VenueResult<CancelAllAnswer>.Ok(new(canceled, others)));
        }

        public Task<VenueResult<ChainReceipt>> ExecuteAsync(
            ChainOperation operation, CancellationToken cancellation) =>
            Task.FromResult(new VenueResult<ChainReceipt>(null, Refusal));

        public Task<VenueResult<AccountActivity>> GetActivityAsync(
            DateTimeOffset since, CancellationToken cancellation) =>
            Task.FromResult(VenueResult<AccountActivity>.Ok(World.Activity(PracticeWorld.Alice, since)));
    }
}
