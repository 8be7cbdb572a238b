using Equilibrage.Core.Execution;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Risk;
using Equilibrage.Core.State;

namespace Equilibrage.Core.Engine;

/// <content>Resting orders, splits and merges, one-leg decisions.</content>
public sealed partial class TradingEngine
{
    private void Work(Intent intent, Recorder record)
    {
        switch (intent)
        {
            case Intent.QuoteLeg quote: Send(RestingPlanner.Quote(state, quote), null, record); break;
            case Intent.RestProfit rest:
                Send(RestingPlanner.TakeProfit(state, rest), ExitReason.TakeProfit, record);
                break;
            case Intent.MovePairs move:
                if (RiskGate.Check(state, move).Approved is { } approved)
                    PairOperations.Request(state, approved.Intent, record);
                break;
            case Intent.DecideOneLeg decide: record.Emit(decide.Decision); break;
            case Intent.EndOneLeg end: record.Emit(end.End); break;
            default: throw new InvalidOperationException($"No rule carries out {intent.GetType().Name}.");
        }
    }
}
