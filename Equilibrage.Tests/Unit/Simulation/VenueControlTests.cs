using Equilibrage.Core.Markets;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.Simulation;
using Equilibrage.Tests.Support;
using static Equilibrage.Tests.Support.PracticeWorld;

namespace Equilibrage.Tests.Unit.Simulation;

/// <summary>What only somebody outside can do, and that the record keeps it.</summary>
[Trait("Tier", "Unit")]
public sealed class VenueControlTests
{
    private readonly ListingSeed[] listings = [Listing(0, hours: 200), Listing(1, hours: 200)];
    private readonly MemoryRecord record = new();
    private readonly SimulatedVenue venue;
    private readonly Market market;

    public VenueControlTests()
    {
        venue = new(listings, Options(step: 60));
        venue.OpenAccount(Alice, Usdc.FromDecimal(1_000));
        market = venue.Markets()[0];
    }

    [Fact]
    public void Transfers_InAndOut_AreInTheActivityAndEverythingIsAccountedFor()
    {
        venue.Deposit(Alice, Usdc.FromDecimal(50.25m));
        Assert.Null(venue.Withdraw(Alice, Usdc.FromDecimal(1_020)));
        Assert.Equal(RefusalKind.Balance, venue.Withdraw(Alice, Usdc.FromDecimal(31))!.Kind);

        Assert.Null(venue.Audit());
        Assert.Equal(Usdc.FromDecimal(30.25m), Restored().Account(Alice)!.Cash);
        Assert.Null(Restored().Audit());
        var items = Restored().Activity(Alice, Start).Items;
        Assert.Equal([ActivityKind.Deposit, ActivityKind.Withdrawal], items.Select(item => item.Kind));
        Assert.Equal([50.25m, -1_020m], items.Select(item => item.Cash.ToDecimal()));
    }

    [Fact]
    public void Withdrawal_OfWhatCoversAnOrder_EndsTheOrder()
    {
        var order = Order(market, Outcome.Yes, Side.Buy, 0.01m, 500, OrderType.Gtc);
        Assert.Equal(OrderStatus.Accepted, venue.Submit(Alice, order).Status);

        Assert.Null(venue.Withdraw(Alice, Usdc.FromDecimal(996)));

        Assert.Equal(OrderStatus.Canceled, venue.Find(order.VenueOrderId)!.Status);
    }

    [Theory]
    [InlineData(1.0, ResolutionKind.Early)]
    [InlineData(0.5, ResolutionKind.Voided)]
    public void Force_AnEnd_ComesThenAndIsTheSameAfterARestart(double paid, ResolutionKind kind)
    {
        Assert.Null(venue.Split(Alice, market.Id, Quantity.FromDecimal(10)));
        var at = Start.AddHours(1).ToUnixTimeSeconds();
        Assert.True(venue.Force(new(market.Id, kind, Price.FromDecimal((decimal)paid), at)));
        venue.Advance(Start.AddMinutes(59));
        Assert.Empty(venue.Resolutions([market.Id]));
        var before = Restored();

        venue.Advance(Start.AddHours(2));
        before.Advance(Start.AddHours(2));

        var end = Assert.Single(venue.Resolutions([market.Id]));
        Assert.Equal((kind, (decimal)paid), (end.Kind, end.PayoutYes.ToDecimal()));
        Assert.Equal(at, end.ResolvedAt.ToUnixTimeSeconds());
        foreach (var other in (SimulatedVenue[])[before, Restored()])
        {
            Assert.Equal(end, Assert.Single(other.Resolutions([market.Id])));
            Assert.Equal(venue.Markets().Select(each => each.Id), other.Markets().Select(each => each.Id));
            Assert.Equal(Usdc.FromDecimal(10), other.Redeem(Alice, market.Id)!.Cash);
        }
    }

    [Fact]
    public void Force_Later_KeepsTheMarketOpenUntilThen()
    {
        var drawn = venue.Listing(market.Id)!.Plan.ResolvedAt;
        Assert.True(venue.Force(new(market.Id, ResolutionKind.Late, null, drawn + 7_200)));

        venue.Advance(DateTimeOffset.FromUnixTimeSeconds(drawn + 3_600));
        Assert.Empty(venue.Resolutions([market.Id]));
        venue.Advance(DateTimeOffset.FromUnixTimeSeconds(drawn + 7_300));
        Assert.Single(venue.Resolutions([market.Id]));
        Assert.False(venue.Force(new(market.Id, ResolutionKind.Late, null, drawn)));
    }

    [Fact]
    public void Check_OfSteps_CountsWhatEarlierOnesMoveAndChangesNothing()
    {
        ChainStep[] good = [Step(ChainActionKind.Split, 1_000), Step(ChainActionKind.Merge, 1_000)];
        ChainStep[] bad = [Step(ChainActionKind.Split, 5), Step(ChainActionKind.Merge, 6)];

        Assert.Null(venue.Check(Alice, good));
        Assert.Equal(RefusalKind.Balance, venue.Check(Alice, bad)!.Kind);
        Assert.Equal(
            RefusalKind.Balance, venue.Check(Alice, [good[0], Step(ChainActionKind.Split, 0.01m)])!.Kind);
        Assert.NotNull(venue.Check(Alice, [new(ChainActionKind.Redeem, market.Id, Quantity.Zero)]));
        Assert.Empty(venue.ActionsOf(Alice));
        Assert.Equal(Usdc.FromDecimal(1_000), venue.Account(Alice)!.Cash);
    }

    [Fact]
    public void Operation_AskedForAgainAfterARestart_IsCarriedOutOnce()
    {
        var operation = new ChainOperation(
            new("op"), ChainOperationKind.Split, market.Id, new("p"), Quantity.FromDecimal(5));
        var first = venue.Execute(Alice, operation).Receipt!;

        var restored = Restored();
        var again = restored.Execute(Alice, operation).Receipt!;

        Assert.Equal((first.Cash, first.TransactionHash), (again.Cash, again.TransactionHash));
        Assert.Equal(Usdc.FromDecimal(995), restored.Account(Alice)!.Cash);
    }

    private ChainStep Step(ChainActionKind kind, decimal sets) =>
        new(kind, market.Id, Quantity.FromDecimal(sets));

    private SimulatedVenue Restored()
    {
        record.Keep(venue.TakeChanges());
        return SimulatedVenue.Restore(listings, Options(step: 60), record.All());
    }
}
