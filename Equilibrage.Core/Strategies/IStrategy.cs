using Equilibrage.Core.Accounting;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Opportunities;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;

namespace Equilibrage.Core.Strategies;

/// <summary>
/// A strategy reads the state and says what it wants. The engine asks again after carrying out what was wanted, until
/// nothing more is; a strategy that has nothing to do returns nothing.
/// </summary>
public interface IStrategy
{
    /// <summary>Its id, which positions and orders carry.</summary>
    StrategyId Id { get; }

    /// <summary>What a new position would spend as the account stands now.</summary>
    EntryPlan Plan(EngineState state);

    /// <summary>
    /// What an operator's close of one leg, or of all, means for a position; empty when there is nothing to sell.
    /// </summary>
    IReadOnlyList<Intent> Close(EngineState state, Position position, Outcome? only);

    /// <summary>What it wants after <paramref name="cause"/> was absorbed.</summary>
    IReadOnlyList<Intent> Decide(EngineState state, EngineEvent cause);
}
