using Equilibrage.Core.Markets;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;
using Equilibrage.Tests.Support.Trading;

namespace Equilibrage.Tests.Scenarios.Engine;

/// <summary>Runs that several tests look at.</summary>
internal static class Scripts
{
    /// <summary>
    /// Entry in parts, a failed trade, a liquidation in parts with fees, settings, refusals, resolution,
    /// redemption.
    /// </summary>
    public static EngineBench WholeLife(Action<EngineBench>? afterEvent = null)
    {
        var bench = new EngineBench(new() { OpportunityThreshold = 7 }, rateMicros: 50_000);
        bench.AfterEvent = () => afterEvent?.Invoke(bench);
        bench.QuoteEven();
        bench.Scan((bench.Market, 8));
        bench.Answer(60);
        bench.Monitor();
        bench.Answer();
        bench.Answer(price: 0.495m);
        bench.Settle(true);
        bench.Enter();
        bench.Configure(new() { MaxPositions = 2 });
        bench.Pass(30, 5);
        bench.Change(0.65m, 0.34m);
        bench.Change(0.65m, 0.34m);
        bench.Answer(33.33m);
        bench.Settle(false);
        bench.Monitor();
        bench.Answer();
        bench.Settle(true);
        bench.Pass(60, 70);
        bench.Resolve(1);
        bench.Redeem();
        bench.Process(new EngineEvent.Compared(
            bench.Now, new(Usdc.FromDecimal(1), new Dictionary<TokenId, Quantity>(), [])));
        bench.Monitor();
        return bench;
    }

    /// <summary>An entry whose second leg is not to be had.</summary>
    public static EngineBench FailedEntry(Action<EngineBench>? afterEvent = null)
    {
        var bench = new EngineBench();
        bench.AfterEvent = () => afterEvent?.Invoke(bench);
        bench.QuoteEven();
        bench.Enter();
        bench.Answer();
        bench.Reject();
        bench.Pass(20);
        bench.Monitor();
        bench.Answer();
        bench.Settle(true);
        bench.Monitor();
        return bench;
    }

    /// <summary>A liquidation that the operator then makes a closing.</summary>
    public static EngineBench ClosedByHand(Action<EngineBench>? afterEvent = null)
    {
        var bench = new EngineBench();
        bench.AfterEvent = () => afterEvent?.Invoke(bench);
        bench.EnterEven();
        bench.Change(0.65m, 0.34m);
        bench.Change(0.65m, 0.34m);
        bench.Answer(10);
        bench.Close(Outcome.Yes);
        bench.Answer();
        bench.Monitor();
        bench.Answer();
        bench.Settle(true);
        bench.Monitor();
        return bench;
    }
}
