using Equilibrage.Core.Ports;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;

namespace Equilibrage.Web.Diagnosis;

/// <summary>What our own books say of the account.</summary>
/// <param name="Cash">Dollars, reservations included.</param>
/// <param name="Unsettled">Net dollars of trades that are matched and not confirmed; part of cash.</param>
/// <param name="Shares">Shares held, by token.</param>
internal sealed record LedgerFigures(Usdc Cash, Usdc Unsettled, IReadOnlyDictionary<TokenId, Quantity> Shares)
{
    /// <summary>Folds the journal; null when the account was never opened.</summary>
    public static async Task<LedgerFigures?> ReadAsync(
        IJournal journal, AccountId account, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(journal);
        var state = new EngineState(account);
        await foreach (var record in journal.ReadAsync(account, 0, cancellation))
            state.Apply(record);
        return state.IsOpened
            ? new(
                state.Ledger.Cash, state.Ledger.Unsettled,
                state.Ledger.AllHoldings().Where(held => !held.Value.IsZero).ToDictionary())
            : null;
    }
}
