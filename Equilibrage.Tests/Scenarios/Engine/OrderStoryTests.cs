using Equilibrage.Core.Accounting;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;
using Equilibrage.Tests.Support.Trading;

namespace Equilibrage.Tests.Scenarios.Engine;

/// <summary>
/// Any order of answers, executions, duplicates, records, settlements, failures and restarts that a venue could produce
/// ends in the venue's own record: the order, the leg and every account of the ledger.
/// </summary>
[Trait("Tier", "Scenarios")]
public sealed class OrderStoryTests
{
    private const int Seeds = 2_000;
    private const long RateMicros = 50_000;

    [Fact]
    public void Purchase_ReportedInAnyOrder_EndsAsTheVenueHasIt()
    {
        for (var seed = 0; seed < Seeds; seed++)
        {
            var random = new Random(seed);
            var bench = new EngineBench(rateMicros: RateMicros);
            bench.QuoteEven();
            bench.Enter();
            Run(seed, random, bench, bench.Take());
        }
    }

    [Fact]
    public void Sale_ReportedInAnyOrder_EndsAsTheVenueHasIt()
    {
        for (var seed = 0; seed < Seeds; seed++)
        {
            var random = new Random(seed);
            var bench = new EngineBench(rateMicros: RateMicros);
            bench.EnterEven();
            bench.Close(random.Next(2) == 0 ? Outcome.Yes : null);
            Run(seed, random, bench, bench.Take());
        }
    }

    private static void Run(int seed, Random random, EngineBench bench, PreparedOrder order)
    {
        var (cash, leg) = (bench.State.Ledger.Cash, bench.Position.Leg(order.Command.Outcome));
        var held = bench.Position.Legs.ToDictionary(other => other.TokenId, other => other.Held.ToMicros);
        var story = new VenueStory(bench, order, random);
        var resolvesAt = random.Next(3) == 0 ? random.Next(12) : -1;
        var reports = story.Reports();
        for (var i = 0; i < Math.Max(reports.Count, resolvesAt + 1); i++)
        {
            if (i == resolvesAt)
                bench.Resolve(1m);
            if (i < reports.Count)
                bench.Process(reports[i]());
            if (random.Next(6) == 0)
                bench.Restart();
            bench.Pass(random.Next(4));
        }

        for (var again = 0; again < 2; again++)
        {
            foreach (var inquiry in story.Inquiries())
                bench.Process(inquiry);
        }

        bench.State.Revive(order.Command.PositionId);
        var known = bench.State.Orders[order.Command.ClientOrderId];
        Assert.True(story.Status == known.Status, $"Seed {seed}: {known.Status}, the venue has {story.Status}.");
        Assert.Equal(story.Settled.Sum(fill => fill.Quantity.ToMicros), known.Filled.ToMicros);
        Assert.Equal(Usdc.Zero, known.Reserved);
        var paid = story.Settled.Aggregate(Usdc.Zero, (sum, fill) => sum + Paid(fill));
        Assert.True(
            cash - paid == bench.State.Ledger.Cash,
            $"Seed {seed}: {bench.State.Ledger.Cash} in cash, the venue has {cash - paid}.");
        Assert.Empty(bench.State.Ledger.Pending);
        Assert.Equal(story.Failed.Count(), bench.State.Ghosts.Count);
        AssertLeg(story, bench, leg, bench.Position.Leg(order.Command.Outcome));
        held[order.Command.TokenId] += story.Settled.Sum(fill => Signed(fill));
        AssertWallet(seed, bench, held, resolvesAt >= 0);
    }

    private static void AssertLeg(VenueStory story, EngineBench bench, Leg before, Leg after)
    {
        var bought = story.Settled.Where(fill => fill.Side == Side.Buy).ToList();
        // A sale that is heard of after the market paid takes shares that the leg had given to its claim.
        var moved = bench.Journal.Select(record => record.Output).OfType<EngineOutput.SharesMoved>()
            .Where(output => output.Outcome == after.Outcome).ToList();
        var cost = moved.SelectMany(output => output.Entry.Postings)
            .Where(posting => posting.Account == LedgerAccount.Inventory).Sum(posting => posting.Micros);
        Assert.Equal(
            before.Bought.ToMicros + bought.Sum(fill => fill.Quantity.ToMicros) + moved.Sum(output => output.Micros),
            after.Bought.ToMicros);
        Assert.Equal(
            before.Cost.ToMicros + bought.Sum(fill => fill.Notional.ToMicros) + cost, after.Cost.ToMicros);
        Assert.Equal(
            before.Fees.ToMicros + story.Settled.Sum(fill => fill.Fee.ToMicros), after.Fees.ToMicros);
    }

    /// <summary>Once all else is refused and a market that ended is redeemed, nothing but cash is left.</summary>
    private static void AssertWallet(
        int seed, EngineBench bench, IReadOnlyDictionary<TokenId, long> held, bool isResolved)
    {
        var ledger = bench.State.Ledger;
        foreach (var (token, micros) in held)
            Assert.Equal(micros, ledger.Holdings(token).ToMicros + ledger.External(token));
        while (isResolved && bench.Unanswered.Count > 0)
            bench.Reject();
        if (isResolved && bench.State.PendingRedemptions.Count > 0)
        {
            var cash = ledger.Cash;
            var payout = Price.One.ProceedsOf(Quantity.FromMicros(held[bench.Market.TokenYes]));
            var burned = held.Where(pair => pair.Value > 0).ToDictionary(pair => pair.Key, pair => -pair.Value);
            bench.Process(new EngineEvent.Executed(
                bench.Now, bench.State.RedemptionOf(bench.Market.Id).Id, new(payout, burned, "0x01"), null));
            Assert.True(cash + payout == ledger.Cash, $"Seed {seed}: {ledger.Cash} after a payout of {payout}.");
            Assert.Empty(ledger.AllHoldings());
            Assert.Empty(ledger.AllExternal());
            Assert.Equal(Usdc.Zero, ledger.Redeemable);
            Assert.Equal(Usdc.Zero, ledger.Inventory);
        }

        var sums = ledger.Balances.GroupBy(balance => balance.Key.Asset);
        Assert.All(sums, asset => Assert.Equal(0, asset.Sum(balance => balance.Value)));
    }

    private static Usdc Paid(Fill fill) =>
        fill.Side == Side.Buy ? fill.Notional + fill.Fee : fill.Fee - fill.Notional;

    private static long Signed(Fill fill) =>
        fill.Side == Side.Buy ? fill.Quantity.ToMicros : -fill.Quantity.ToMicros;
}
