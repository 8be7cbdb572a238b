using Equilibrage.Core.Engine;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Orders;
using Equilibrage.Core.State;
using Equilibrage.Tests.Support.Trading;

namespace Equilibrage.Tests.Scenarios.Engine;

/// <summary>When a market that has ended is redeemed.</summary>
[Trait("Tier", "Scenarios")]
public sealed class RedemptionTests
{
    [Fact]
    public void Redemption_WhileASaleMayStillFail_WaitsAndThenTurnsAllIntoCash()
    {
        var bench = new EngineBench();
        bench.EnterEven();
        bench.Close(Outcome.Yes);
        bench.Answer();
        Assert.Empty(Requests(bench.Resolve(1)));

        bench.Settle(false);
        var asked = Assert.Single(Requests(bench.Turn));
        bench.Redeem();

        Assert.Equal(ChainOperationKind.Redeem, asked.Kind);
        Assert.Empty(bench.State.Ledger.AllHoldings());
        Assert.Equal(1_000m, bench.State.Ledger.Cash.ToDecimal());
    }

    [Fact]
    public void Resolution_ToldAgainAfterTheRedemption_IsNoNews()
    {
        var bench = new EngineBench();
        bench.EnterEven();
        bench.Resolve(1);
        bench.Redeem();

        bench.Resolve(1);
        bench.Monitor();

        Assert.Single(bench.Journal, record => record.Output is EngineOutput.MarketResolved);
    }

    private static IEnumerable<ChainOperation> Requests(EngineTurn turn) =>
        turn.Requests.OfType<VenueRequest.Execute>().Select(request => request.Operation);
}
