using Equilibrage.Core.Accounting;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;
using Equilibrage.Tests.Support.Trading;

namespace Equilibrage.Tests.Scenarios.TwoSided;

/// <summary>Getting into and out of pairs by splitting and merging where that beats both books.</summary>
[Trait("Tier", "Scenarios")]
public sealed class PairTests
{
    [Fact]
    public void Entry_AsksCostMoreThanADollar_SplitsAndHoldsBothLegsAtTheirParts()
    {
        var bench = New();

        var split = Assert.Single(bench.Operations);

        Assert.Equal((ChainOperationKind.Split, 100m), (split.Kind, split.Amount.ToDecimal()));
        Assert.Empty(bench.Unanswered);
        Assert.Equal(100m, bench.State.Ledger.Reserved.ToDecimal());
        bench.Execute();

        var position = bench.Position;
        Assert.Equal(PositionState.Active, position.State);
        Assert.Equal((100m, 50m), (position.Yes.Bought.ToDecimal(), position.Yes.Cost.ToDecimal()));
        Assert.Equal((100m, 50m), (position.No.BoughtBySplit.ToDecimal(), position.No.Cost.ToDecimal()));
        Assert.Equal((900m, 0m), (bench.State.Ledger.Available.ToDecimal(), bench.State.Ledger.Reserved.ToDecimal()));
        Assert.Equal(Usdc.Zero, bench.State.Ledger.Fees);
    }

    [Fact]
    public void Entry_PricesDiffer_SplitsTheSmallerLegAndBuysTheRest()
    {
        var bench = new EngineBench(pairs: true);
        bench.Quote(Outcome.Yes, 0.59m, 0.60m);
        bench.Quote(Outcome.No, 0.40m, 0.42m);
        bench.Enter(100);

        // $50 buy 83.33 YES or 119.04 NO.
        Assert.Equal(83.33m, Assert.Single(bench.Operations).Amount.ToDecimal());
        bench.Execute();
        bench.Monitor();
        var rest = Assert.Single(bench.Unanswered).Command;

        Assert.Equal((Outcome.No, Side.Buy), (rest.Outcome, rest.Side));
        Assert.Equal(119.04m - 83.33m, rest.Quantity.ToDecimal(), 1);
        bench.Answer();
        var position = bench.Position;
        Assert.Equal(PositionState.Active, position.State);
        // 0.60 and 0.42 share a dollar as 0.588235 and 0.411765.
        Assert.Equal(0.588235m, position.Yes.EntryPrice);
        Assert.Equal(83.33m, (position.Yes.Cost + Part(position.No)).ToDecimal());
    }

    [Fact]
    public void Entry_BothAsksBelowADollar_BuysThem()
    {
        var bench = new EngineBench(pairs: true);
        bench.Quote(Outcome.Yes, 0.48m, 0.49m);
        bench.Quote(Outcome.No, 0.48m, 0.49m);

        bench.Enter(100);

        Assert.Empty(bench.Operations);
        Assert.Equal(Side.Buy, Assert.Single(bench.Unanswered).Command.Side);
        Assert.Contains("use the books", Moves(bench)[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Entry_OperationCostsMoreThanItSaves_BuysBothAsks()
    {
        var bench = new EngineBench(
            new() { Execution = new() { ChainCost = Usdc.FromDecimal(3) } }, rateMicros: 50_000, pairs: true);
        bench.QuoteEven();

        bench.Enter(100);

        // Two fees of $1.22 and a spread of nothing are less than $3.
        Assert.Empty(bench.Operations);
        Assert.Single(bench.Unanswered);
    }

    [Fact]
    public void Split_Refused_FreesItsDollarsAndGoesThroughTheBooks()
    {
        var bench = New();

        bench.Execute(refusal: "call blocked");

        Assert.True(bench.Position.ArePairsRefused);
        Assert.Equal(50.25m, bench.State.Ledger.Reserved.ToDecimal());
        bench.Answer();
        bench.Answer();
        Assert.Equal(PositionState.Active, bench.Position.State);
        bench.Settle(true);
        bench.Close();
        Assert.Empty(bench.Operations);
        Assert.Equal(2, bench.Unanswered.Count);
    }

    [Fact]
    public void Split_Repeated_IsBookedOnce()
    {
        var bench = New();
        var split = Assert.Single(bench.Operations);
        bench.Execute();
        var before = bench.State.Sequence;

        bench.Process(new EngineEvent.Executed(bench.Now, split.Id, ChainReceipt.Nothing, null));

        Assert.Equal(before, bench.State.Sequence);
    }

    [Fact]
    public void Split_MovedSomethingElse_IsAnIncidentWithBothNumbers()
    {
        var bench = New();
        var split = Assert.Single(bench.Operations);

        bench.Process(new EngineEvent.Executed(
            bench.Now, split.Id, new(Usdc.FromDecimal(-99), new Dictionary<TokenId, long>(), null), null));

        var incident = bench.Journal.Select(record => record.Output).OfType<EngineOutput.IncidentRaised>().Single();
        Assert.Contains("100 pairs were asked for", incident.Detail, StringComparison.Ordinal);
        Assert.Contains("-99", incident.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Split_UnderWayAtACrash_IsAskedForAgainUnderItsId()
    {
        var bench = New();
        var split = Assert.Single(bench.Operations);

        bench.Restart();

        Assert.Equal(split, Assert.Single(bench.State.PendingOperations));
        Assert.Equal(100m, bench.State.Ledger.Reserved.ToDecimal());
        bench.Execute();
        Assert.Equal(PositionState.Active, bench.Position.State);
    }

    [Fact]
    public void Close_BothLegs_MergesAndClosesForExactlyADollarAPair()
    {
        var bench = New(rateMicros: 50_000);
        bench.Execute();

        bench.Close();
        var merge = Assert.Single(bench.Operations);
        Assert.Equal(ChainOperationKind.Merge, merge.Kind);
        Assert.Equal(DenyReason.OrderInFlight, Refused(bench));
        bench.Execute();

        var position = bench.Position;
        Assert.Equal((PositionState.Closed, ExitReason.Manual), (position.State, position.ExitReason));
        Assert.Equal(position.Yes.Held, position.No.Held);
        Assert.Equal(1000m, bench.State.Ledger.Cash.ToDecimal());
        Assert.Equal(Usdc.Zero, bench.State.Ledger.RealizedPnl);
        Assert.Empty(bench.State.Ledger.AllHoldings());
    }

    [Fact]
    public void Close_UnequalLegs_MergesThePairsAndSellsTheRest()
    {
        var bench = new EngineBench(pairs: true);
        bench.Quote(Outcome.Yes, 0.59m, 0.60m);
        bench.Quote(Outcome.No, 0.40m, 0.42m);
        bench.Enter(100);
        bench.Execute();
        bench.Monitor();
        bench.Answer();
        bench.Settle(true);

        bench.Close();
        Assert.Equal(83.33m, Assert.Single(bench.Operations).Amount.ToDecimal());
        bench.Execute();

        var sale = Assert.Single(bench.Unanswered).Command;
        Assert.Equal((Outcome.No, Side.Sell), (sale.Outcome, sale.Side));
        bench.Answer();
        Assert.Equal(PositionState.Closed, bench.Position.State);
        Assert.Equal(83.33m, bench.Position.No.SoldByMerge.ToDecimal());
    }

    [Fact]
    public void Close_PurchaseNotSettled_WaitsForTheMergeAndSellsWhenItDoesNotCome()
    {
        var bench = New(asks: 0.49m);
        bench.Answer();
        bench.Answer();
        Assert.Equal(PositionState.Active, bench.Position.State);

        bench.Close();
        Assert.Empty(bench.Operations);
        Assert.Empty(bench.Unanswered);
        bench.Pass(61);
        bench.Monitor();

        Assert.Equal(2, bench.Unanswered.Count);
    }

    [Fact]
    public void Close_PurchaseSettlesMeanwhile_Merges()
    {
        var bench = New(asks: 0.49m);
        bench.Answer();
        bench.Answer();
        bench.Close();

        bench.Settle(true);
        bench.Monitor();

        Assert.Equal(ChainOperationKind.Merge, Assert.Single(bench.Operations).Kind);
    }

    [Fact]
    public void Liquidation_OneLegFalls_SellsItAndMergesNothing()
    {
        var bench = New();
        bench.Execute();

        bench.Quote(Outcome.No, 0.34m, 0.35m);
        bench.Quote(Outcome.No, 0.34m, 0.35m);

        Assert.Empty(bench.Operations);
        Assert.Equal(Outcome.No, Assert.Single(bench.Unanswered).Command.Outcome);
    }

    // Both asks at one half, or as told, and the entry under way.
    private static EngineBench New(decimal asks = 0.50m, long rateMicros = 10_000)
    {
        var bench = new EngineBench(rateMicros: rateMicros, pairs: true);
        foreach (var outcome in Outcomes.Both)
            bench.Quote(outcome, asks - 0.01m, asks);
        bench.Enter(2 * 100 * (0.5m + (rateMicros / 4_000_000m)));
        return bench;
    }

    private static Usdc Part(Leg leg) =>
        Usdc.FromMicros((long)(leg.BoughtBySplit.ToMicros * (1 - 0.588235m)) + 1);

    private static List<string> Moves(EngineBench bench) =>
        [.. bench.Journal.Select(record => record.Output).OfType<EngineOutput.PositionMoved>()
            .Select(move => move.Why)];

    private static DenyReason? Refused(EngineBench bench)
    {
        bench.Close();
        return bench.Refusal;
    }
}
