using Equilibrage.Core.Books;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;

namespace Equilibrage.Web.Hosting;

/// <summary>
/// Manual entries into markets whose books are not followed yet: they wait, for a few seconds at most, until the books
/// have arrived. Without this an operator could enter the scanner's best candidates only.
/// </summary>
internal sealed class ManualEntries
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly List<(OperatorCommand.Enter Command, DateTimeOffset Deadline)> waiting = [];

    /// <summary>Markets that are wanted for a waiting entry.</summary>
    public IEnumerable<MarketId> Markets => waiting.Select(entry => entry.Command.MarketId);

    /// <summary>Lets the command wait when its books are missing; false when it can be processed at once.</summary>
    public bool Defer(OperatorCommand command, EngineState state, DateTimeOffset now)
    {
        if (command is not OperatorCommand.Enter enter || AreBooksCurrent(enter.MarketId, state))
            return false;
        waiting.Add((enter, now + Patience));
        return true;
    }

    /// <summary>Commands whose books have arrived, or that have waited long enough to be refused.</summary>
    public IReadOnlyList<OperatorCommand> TakeReady(EngineState state, DateTimeOffset now)
    {
        if (waiting.Count == 0)
            return [];
        var ready = waiting
            .Where(entry => entry.Deadline <= now || AreBooksCurrent(entry.Command.MarketId, state))
            .ToList();
        waiting.RemoveAll(ready.Contains);
        return [.. ready.Select(entry => entry.Command)];
    }

    private static bool AreBooksCurrent(MarketId id, EngineState state) =>
        state.Catalog.Find(id) is not { } market
        || Outcomes.Both.Select(outcome => state.Books.GetValueOrDefault(market.Token(outcome)))
            .All(book => book?.Trust == BookTrust.Current);
}
