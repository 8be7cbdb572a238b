using Equilibrage.Core.Markets;
using Equilibrage.Core.Observations;
using Equilibrage.Core.Ports;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;
using Equilibrage.Tests.Support.Trading;
using Equilibrage.Web.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace Equilibrage.Tests.Unit.Web;

/// <summary>An end that the feed did not tell of is found out.</summary>
[Trait("Tier", "Unit")]
public sealed class MarketEndsTests
{
    private readonly EngineBench bench = new();
    private readonly Inbox inbox = new();
    private readonly EndedMarkets directory = new();
    private readonly MarketEnds ends;
    private DateTimeOffset now = MarketBuilder.Start;

    public MarketEndsTests() => ends = new(directory, inbox, NullLogger<MarketEnds>.Instance);

    [Fact]
    public async Task Market_ThatIsHeldAndHasEnded_IsToldOfWithinAMinute()
    {
        bench.EnterEven();
        await AskAfterAsync(0);
        await AskAfterAsync(59);
        Assert.Equal(0, directory.Questions);

        await AskAfterAsync(1);

        Assert.True(inbox.Reader.TryRead(out var item));
        var fed = Assert.IsType<EngineEvent.Fed>(Assert.IsType<InboxItem.Fact>(item).Make(bench.Now));
        bench.Process(fed);
        Assert.Equal(bench.Market.Id, Assert.Single(bench.State.Resolutions.Keys));
        await AskAfterAsync(600);
        Assert.Equal(1, directory.Questions);
    }

    [Fact]
    public async Task Venue_ThatDoesNotAnswer_IsAskedAgainAMinuteLater()
    {
        bench.EnterEven();
        directory.IsAway = true;
        await AskAfterAsync(0);
        await AskAfterAsync(60);
        await AskAfterAsync(59);
        Assert.Equal(1, directory.Questions);
        await AskAfterAsync(1);

        Assert.Equal(2, directory.Questions);
        Assert.False(inbox.Reader.TryRead(out _));
    }

    [Fact]
    public async Task Nothing_IsAskedWhileNothingIsHeld()
    {
        await AskAfterAsync(0);
        await AskAfterAsync(600);

        Assert.Equal(0, directory.Questions);
    }

    private async Task AskAfterAsync(int seconds)
    {
        now = now.AddSeconds(seconds);
        ends.Start(bench.State, now, TestContext.Current.CancellationToken);
        await ends.DrainAsync();
    }

    private sealed class EndedMarkets : IMarketDirectory
    {
        public bool IsAway { get; set; }

        public int Questions { get; private set; }

        public Task<IReadOnlyList<Resolution>> ResolvedAsync(
            IReadOnlyCollection<MarketId> markets, CancellationToken cancellation)
        {
            Questions++;
            if (IsAway)
                throw new VenueUnavailableException("away");
            return Task.FromResult<IReadOnlyList<Resolution>>(
            [
                .. markets.Select(id => new Resolution(id, Price.One, ResolutionKind.Regular, MarketBuilder.Start)),
            ]);
        }

        public Task<DateTimeOffset> MarketTimeAsync(CancellationToken cancellation) =>
            throw new NotSupportedException("Nobody asks for the time.");

        public Task<IReadOnlyList<Market>> ListAsync(CancellationToken cancellation) =>
            throw new NotSupportedException("Nobody asks for the markets.");

        public Task<IReadOnlyList<MarketQuote>> QuoteAllAsync(CancellationToken cancellation) =>
            throw new NotSupportedException("Nobody asks for quotes.");

        public Task<IReadOnlyDictionary<MarketId, IReadOnlyList<long>>> HourlyMidsAsync(
            IReadOnlyCollection<MarketId> markets, int hours, CancellationToken cancellation) =>
            throw new NotSupportedException("Nobody asks for histories.");
    }
}
