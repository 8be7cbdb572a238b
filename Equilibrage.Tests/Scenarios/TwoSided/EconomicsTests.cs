using Equilibrage.Core.Accounting;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Primitives;
using Equilibrage.Tests.Support.Trading;

namespace Equilibrage.Tests.Scenarios.TwoSided;

/// <summary>
/// The frictionless economics of the strategy, played through the engine: what is left when one side is sold exactly at
/// its line and the other wins, and that the rule itself has no edge.
/// </summary>
[Trait("Tier", "Scenarios")]
public sealed class EconomicsTests
{
    [Theory]
    [InlineData(0.50, 1.350, 1.350)]
    [InlineData(0.60, 1.183, 1.600)]
    [InlineData(0.70, 1.064, 2.017)]
    [InlineData(0.80, 0.975, 2.850)]
    [InlineData(0.90, 0.906, 5.350)]
    public void OneSideSoldOtherWins_PaysAsMeasured(double price, double yesWins, double noWins)
    {
        Assert.Equal((decimal)yesWins, Play((decimal)price, sold: Outcome.No), 2);
        Assert.Equal((decimal)noWins, Play((decimal)price, sold: Outcome.Yes), 2);
    }

    [Theory]
    [InlineData(0.50, 0.650)]
    [InlineData(0.60, 0.720)]
    [InlineData(0.70, 0.790)]
    [InlineData(0.80, 0.860)]
    [InlineData(0.90, 0.930)]
    public void WinProbabilityNeeded_AfterNoIsSold_IsTheFairOne(double price, double needed)
    {
        var p = (decimal)price;
        var fair = (0.7m * p) + 0.3m;
        var valueIfWon = 0.35m + (1 / (2 * p));

        Assert.Equal((decimal)needed, fair);
        // NO goes first with chance p, YES with 1 - p; on average nothing is won or lost.
        var branchNo = 0.35m + (fair / (2 * p));
        var branchYes = 0.35m + ((1 - (0.7m * p)) / (2 * (1 - p)));
        Assert.Equal(1m, (p * branchNo) + ((1 - p) * branchYes), 12);
        Assert.Equal(valueIfWon < 1, p > 0.77m);
    }

    private static decimal Play(decimal price, Outcome sold)
    {
        var bench = new EngineBench(new()
        {
            Exit = new() { ConfirmSamples = 1 },
            Eligibility = new()
            {
                MinAsk = Price.FromDecimal(0.01m), MaxAsk = Price.FromDecimal(0.99m), MinBidToAskRatio = 0,
            },
        });
        bench.Quote(Outcome.Yes, price - 0.001m, price);
        bench.Quote(Outcome.No, 1 - price - 0.001m, 1 - price);
        bench.Enter(100);
        bench.Answer();
        bench.Answer();
        bench.Settle(true);
        var line = bench.Position.Leg(sold).EntryPrice!.Value * 0.7m;
        bench.Quote(sold, line, line + 0.01m, 100_000);
        bench.Answer();
        bench.Settle(true);
        Assert.Equal(PositionState.HoldingWinner, bench.Position.State);

        bench.Resolve(sold == Outcome.No ? 1 : 0);
        var (result, spent) = (bench.Position.Pnl(null, null), bench.Position.Yes.Cost + bench.Position.No.Cost);
        return (result + spent).ToDecimal() / spent.ToDecimal();
    }
}
