using Equilibrage.Core.Books;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.Simulation;
using Equilibrage.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace Equilibrage.Tests.Unit.Simulation;

[Trait("Tier", "Unit")]
public sealed class SimulatedVenueProperties
{
    private const int Acts = 150;

    private static readonly Config Quick = Config.QuickThrowOnFailure.WithMaxTest(20);

    [Fact]
    public void RandomTrading_AtEveryMoment_KeepsEveryDollarAndShare() =>
        Prop.ForAll<int>(seed =>
        {
            var trader = Trader(seed, failures: seed % 3 == 0 ? 200_000 : 0);
            for (var i = 0; i < Acts; i++)
            {
                trader.Act();
                if (trader.Venue.Audit() is { } wrong)
                    Assert.Fail($"Seed {seed}, act {i}: {wrong}");
            }
        }).Check(Quick);

    [Fact]
    public void RandomTrading_OverManySeeds_SeesAllThatCanHappenAndAddsUp()
    {
        var (statuses, actions, refusals, payouts) = (
            new HashSet<TradeStatus>(), new HashSet<ChainActionKind>(), new HashSet<RefusalKind>(),
            new HashSet<Price>());
        for (var seed = 0; seed < 60; seed++)
        {
            var trader = Trader(seed, failures: 200_000);
            for (var i = 0; i < Acts; i++)
                trader.Act();
            Assert.Null(trader.Venue.Audit());
            var accounts = trader.Venue.Accounts();
            Assert.Equal(3, accounts.Count);
            foreach (var account in accounts)
            {
                actions.UnionWith(trader.Venue.ActionsOf(account).Select(action => action.Kind));
                refusals.UnionWith(trader.Venue.OrdersOf(account).Select(order => order.Refusal).OfType<RefusalKind>());
            }

            statuses.UnionWith(trader.Events.OfType<VenueEvent.TradeChanged>().Select(changed => changed.Trade.Status));
            payouts.UnionWith(
                trader.Events.OfType<VenueEvent.Resolved>().Select(resolved => resolved.Resolution.PayoutYes));
        }

        Assert.Equal(Enum.GetValues<TradeStatus>(), statuses.Order());
        Assert.Equal(Enum.GetValues<ChainActionKind>(), actions.Order());
        Assert.Superset(
            new HashSet<RefusalKind>
            {
                RefusalKind.FakMiss, RefusalKind.FokMiss, RefusalKind.Expiration, RefusalKind.Balance,
            },
            refusals);
        Assert.Contains(Price.FromDecimal(0.5m), payouts);
    }

    [Fact]
    public void Feed_AppliedToBooks_GivesTheVenuesBooks() =>
        Prop.ForAll<int>(seed =>
        {
            var trader = Trader(seed);
            for (var i = 0; i < Acts; i++)
                trader.Act();
            var books = new Dictionary<TokenId, Book>();
            BookKeeping.Apply(books, trader.Events);
            BookKeeping.Apply(books, trader.Venue.Drain());
            var fresh = new Dictionary<TokenId, Book>();
            trader.Venue.Reseed();
            BookKeeping.Apply(fresh, [.. trader.Venue.Drain().OfType<VenueEvent.BookSeeded>()]);
            foreach (var (token, book) in fresh)
            {
                Assert.Equal(book.Bids.Levels.ToArray(), books[token].Bids.Levels.ToArray());
                Assert.Equal(book.Asks.Levels.ToArray(), books[token].Asks.Levels.ToArray());
            }
        }).Check(Quick);

    [Fact]
    public void Venue_RestoredFromItsRecordAtAnyMoment_GoesOnAsIfNothingHappened() =>
        Prop.ForAll<int>(seed =>
        {
            var steady = Trader(seed);
            var killed = Trader(seed);
            var record = new MemoryRecord();
            for (var i = 0; i < Acts; i++)
            {
                steady.Act();
                killed.Act();
                record.Keep(killed.Venue.TakeChanges());
                if (i % 7 != 0)
                    continue;
                killed.Venue = SimulatedVenue.Restore(PracticeWorld.Listings(3), Options(seed, 0), record.All());
                Assert.Null(killed.Venue.Audit());
                killed.Want();
                killed.Venue.Drain();
            }

            Assert.Equal(steady.Log.ToString(), killed.Log.ToString());
        }).Check(Quick);

    [Fact]
    public void Venue_SameSeedTwice_SaysTheSame()
    {
        var (first, second, other) = (Trader(5), Trader(5), Trader(6));
        for (var i = 0; i < Acts; i++)
        {
            first.Act();
            second.Act();
            other.Act();
        }

        Assert.Equal(first.Log.ToString(), second.Log.ToString());
        Assert.NotEqual(first.Log.ToString(), other.Log.ToString());
    }

    [Fact]
    public void Path_HostThatPumpsInOtherPortions_IsTheSame()
    {
        var (small, large) = (PracticeWorld.Venue(20), PracticeWorld.Venue(20));
        Want(small);
        Want(large);
        var (one, two) = (new List<string>(), new List<string>());
        for (var second = 0; second <= 86_580; second += 111)
            one.AddRange(Changes(small, second));
        for (var second = 0; second <= 86_400; second += 3_600)
            two.AddRange(Changes(large, second));
        Assert.NotEmpty(one);
        Assert.Equal(two, one);
    }

    private static IEnumerable<string> Changes(SimulatedVenue venue, int second) =>
        from changed in venue.Advance(PracticeWorld.Start.AddSeconds(second)).OfType<VenueEvent.BookChanged>()
        select $"{changed.MarketTime:O} {changed.MarketId} {string.Join(';', changed.Deltas)}";

    private static RandomTrader Trader(long seed, int failures = 0)
    {
        var venue = new SimulatedVenue(PracticeWorld.Listings(3), Options(seed, failures));
        venue.OpenAccount(PracticeWorld.Alice, Usdc.FromDecimal(300));
        venue.OpenAccount(PracticeWorld.Bob, Usdc.FromDecimal(300));
        var trader = new RandomTrader(venue, seed);
        trader.Want();
        return trader;
    }

    private static VenueOptions Options(long seed, int failures) =>
        PracticeWorld.Options(seed) with
        {
            FailuresPerMillion = failures,
            RetriesPerMillion = failures,
            Capital = Usdc.FromDecimal(300),
        };

    private static void Want(SimulatedVenue venue) =>
        venue.SetWanted([.. venue.Markets().SelectMany(market => new[] { market.TokenYes, market.TokenNo })]);
}
