using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;

namespace Equilibrage.Core.Ports;

/// <summary>The account's journal, kept in the database with the tables that pages read.</summary>
public interface IJournal
{
    /// <summary>
    /// Writes a batch in one transaction: the records (gapless after the last sequence), the rows that follow from them
    /// (positions, legs, orders, fills, ledger, trades, settings) and the other parts. Durable when it returns.
    /// </summary>
    /// <exception cref="JournalUnavailableException">
    /// The database failed; whether the batch was written is not known. The caller forgets its state and recovers.
    /// </exception>
    /// <exception cref="LeadershipLostException">
    /// The batch's epoch is not that of the account's lease; nothing was written.
    /// </exception>
    Task AppendAsync(JournalBatch batch, CancellationToken cancellation);

    /// <summary>All records of an account, in order, raised to the present schema version.</summary>
    IAsyncEnumerable<JournalRecord> ReadAsync(AccountId account, long afterSequence, CancellationToken cancellation);

    /// <summary>The last known bid of every token of an open position, from its latest price mark.</summary>
    Task<IReadOnlyDictionary<TokenId, Price>> ReadLastBidsAsync(AccountId account, CancellationToken cancellation);
}

/// <summary>The database could not take or give records; nothing may be decided or sent until it can.</summary>
public sealed class JournalUnavailableException(string message, Exception inner) : Exception(message, inner);
