using Equilibrage.Core.Audit;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.Ports;

/// <summary>An account's journal and every table of it, all of one moment.</summary>
/// <param name="AccountId">The account.</param>
/// <param name="Journal">Its journal, folded.</param>
/// <param name="Rows">Its rows, by table.</param>
public sealed record StoredBooks(
    AccountId AccountId, JournalFold Journal, IReadOnlyDictionary<string, IReadOnlyList<StoredRow>> Rows);

/// <summary>Where an audit reads what is stored.</summary>
public interface IBookSource
{
    /// <summary>The books of every account, each in one consistent view; nothing is written.</summary>
    /// <exception cref="JournalUnavailableException">The database failed.</exception>
    IAsyncEnumerable<StoredBooks> ReadAsync(CancellationToken cancellation);
}
