using Equilibrage.Polymarket.Signing;

namespace Equilibrage.Sandbox.Hosting;

/// <summary>A transaction that was carried out, or was not.</summary>
/// <param name="Hash">Its hash.</param>
/// <param name="From">Who sent it.</param>
/// <param name="To">What it called.</param>
/// <param name="Logs">Its events; none when it failed.</param>
/// <param name="Error">Why it failed, or null.</param>
/// <param name="Block">Its block.</param>
/// <param name="SentAt">Wall time.</param>
/// <param name="SubmissionId">The relayer's name for it; null when it came without the relayer.</param>
internal sealed record ChainTransaction(
    Bytes32 Hash, EthereumAddress From, EthereumAddress To, IReadOnlyList<ChainLog> Logs, string? Error, long Block,
    DateTimeOffset SentAt, string? SubmissionId = null);
