using Equilibrage.Core.Markets;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Ports;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;
using Equilibrage.Tests.Support;
using Equilibrage.Web.Hosting;

namespace Equilibrage.Tests.Unit.Web;

[Trait("Tier", "Unit")]
public sealed class HaltSwitchesTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void File_WhileItStands_HaltsWithItsWords()
    {
        var switches = new HaltSwitches(folder.Path, null);
        Assert.Null(switches.WhyNot());

        switches.Write("leaving for the day");

        Assert.Contains("leaving for the day", switches.WhyNot(), StringComparison.Ordinal);
        Assert.Equal(HaltCause.File, Assert.Single(switches.Read(), read => read.Reason is not null).Switch);
        Assert.True(switches.Remove());
        Assert.Null(switches.WhyNot());
        Assert.False(switches.Remove());
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("", false)]
    [InlineData("0", false)]
    [InlineData("False", false)]
    [InlineData("1", true)]
    [InlineData("yes please", true)]
    public void Variable_UnlessItSaysNo_Halts(string? value, bool isHalted) =>
        Assert.Equal(isHalted, new HaltSwitches(folder.Path, value).WhyNot() is not null);

    [Theory]
    [InlineData(3, 0, null, false)]
    [InlineData(0, 0, null, false)]
    [InlineData(3, 3, null, false)]
    [InlineData(3, 1, true, false)]
    [InlineData(3, 0, true, true)]
    [InlineData(3, 3, false, true)]
    public void Feed_ThatWasUp_IsLostAfterItsGrace(int wanted, int open, bool? isAccountOpen, bool isLost)
    {
        var clock = new ManualTime(DateTimeOffset.UnixEpoch);
        var grace = new FeedGrace(clock);
        var wasUp = isAccountOpen is not null;
        if (wasUp)
            Assert.Null(grace.Look(new() { Connections = 3, OpenConnections = 3, IsAccountOpen = true }));
        var status = new FeedStatus { Connections = wanted, OpenConnections = open, IsAccountOpen = isAccountOpen };

        Assert.Null(grace.Look(status));
        clock.Advance(TimeSpan.FromSeconds(4.9));
        Assert.Null(grace.Look(status));
        clock.Advance(TimeSpan.FromSeconds(0.1));

        Assert.Equal(isLost, grace.Look(status) is not null);
    }

    [Fact]
    public async Task Guard_WhileTheFileStands_LetsSalesAndCancelsPassAndNothingElse()
    {
        var switches = new HaltSwitches(folder.Path, null);
        var venue = new SilentVenue();
        var guard = new HaltGuard(venue, switches);
        switches.Write("stop");

        var bought = await guard.SubmitAsync(Order(Side.Buy), TestContext.Current.CancellationToken);
        Assert.Equal(VenueErrorKind.NotSent, bought.Error?.Kind);
        Assert.Empty(venue.Asked);
        await guard.SubmitAsync(Order(Side.Sell), TestContext.Current.CancellationToken);
        await guard.CancelAllAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["submit", "cancel all"], venue.Asked);

        switches.Remove();
        await guard.SubmitAsync(Order(Side.Buy), TestContext.Current.CancellationToken);
        Assert.Equal(3, venue.Asked.Count);
    }

    private static PreparedOrder Order(Side side) => new(
        new()
        {
            ClientOrderId = new("one"), AccountId = new("sandbox:fake:desk"), StrategyId = new("equilibrage"),
            PositionId = new("position"), MarketId = new("0x01"), TokenId = new("11"), Outcome = Outcome.Yes,
            Side = side, Limit = Price.FromDecimal(0.5m), Quantity = Quantity.FromDecimal(10), Type = OrderType.Fak,
            Salt = 1, TimestampMs = 1,
        },
        new("0x0a"));

    /// <summary>Answers nothing and remembers what it was asked.</summary>
    private sealed class SilentVenue : IVenue
    {
        public List<string> Asked { get; } = [];

        public PreparedOrder Prepare(OrderCommand command) => new(command, new("0x0a"));

        public Task<VenueResult<SubmitAnswer>> SubmitAsync(PreparedOrder order, CancellationToken cancellation) =>
            Answer<SubmitAnswer>("submit");

        public Task<VenueResult<VenueOrder>> CancelAsync(VenueOrderId order, CancellationToken cancellation) =>
            Answer<VenueOrder>("cancel");

        public Task<VenueResult<VenueOrder>> FindAsync(PreparedOrder order, CancellationToken cancellation) =>
            Answer<VenueOrder>("find");

        public Task<VenueResult<VenueAccount>> GetAccountAsync(CancellationToken cancellation) =>
            Answer<VenueAccount>("account");

        public Task<VenueResult<IReadOnlyDictionary<TradeId, bool>>> GetSettlementsAsync(
            IReadOnlyCollection<TradeId> trades, CancellationToken cancellation) =>
            Answer<IReadOnlyDictionary<TradeId, bool>>("settlements");

        public Task<VenueResult<CancelAllAnswer>> CancelAllAsync(CancellationToken cancellation) =>
            Answer<CancelAllAnswer>("cancel all");

        public Task<VenueResult<ChainReceipt>> ExecuteAsync(
            ChainOperation operation, CancellationToken cancellation) => Answer<ChainReceipt>("execute");

        public Task<VenueResult<AccountActivity>> GetActivityAsync(
            DateTimeOffset since, CancellationToken cancellation) => Answer<AccountActivity>("activity");

        private Task<VenueResult<T>> Answer<T>(string asked)
            where T : class
        {
            Asked.Add(asked);
            return Task.FromResult(default(VenueResult<T>));
        }
    }
}
