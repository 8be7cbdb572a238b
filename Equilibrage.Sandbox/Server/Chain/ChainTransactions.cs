using System.Collections.Concurrent;
using Equilibrage.Polymarket.Signing;

namespace Equilibrage.Sandbox.Server.Chain;

/// <summary>A transaction that was carried out, or was not.</summary>
/// <param name="Hash">Its hash.</param>
/// <param name="From">Who sent it.</param>
/// <param name="To">What it called.</param>
/// <param name="Logs">Its events; none when it failed.</param>
/// <param name="Error">Why it failed, or null.</param>
/// <param name="Block">Its block.</param>
/// <param name="SentAt">Wall time in the clock's ticks.</param>
internal sealed record ChainTransaction(
    Bytes32 Hash, EthereumAddress From, EthereumAddress To, IReadOnlyList<ChainLog> Logs, string? Error, long Block,
    long SentAt);

/// <summary>
/// The practice chain: a block every two seconds of wall time, the transactions of this run, and each account's count
/// of them.
/// </summary>
internal sealed class ChainTransactions(TimeProvider wall)
{
    private const int MostKept = 10_000;
    private const long FirstBlock = 60_000_000;
    private const long FirstBlockAt = 1_700_000_000;
    private const int SecondsPerBlock = 2;

    private readonly ConcurrentDictionary<Bytes32, ChainTransaction> transactions = new();
    private readonly ConcurrentQueue<Bytes32> order = new();
    private readonly ConcurrentDictionary<EthereumAddress, long> nonces = new();

    /// <summary>The latest block.</summary>
    public long Block => FirstBlock + ((wall.GetUtcNow().ToUnixTimeSeconds() - FirstBlockAt) / SecondsPerBlock);

    /// <summary>Wall time in the clock's ticks.</summary>
    public long Now => wall.GetTimestamp();

    /// <summary>Unix second of a block.</summary>
    public static long TimeOf(long block) => FirstBlockAt + ((block - FirstBlock) * SecondsPerBlock);

    /// <summary>How long ago a transaction was sent.</summary>
    public TimeSpan AgeOf(ChainTransaction transaction) => wall.GetElapsedTime(transaction.SentAt);

    /// <summary>The count of an account's transactions, which its next one has to name.</summary>
    public long NonceOf(EthereumAddress account) => nonces.GetValueOrDefault(account);

    /// <summary>Takes the next number of an account; false when the given one is not it.</summary>
    public bool TryTakeNonce(EthereumAddress account, long nonce) => nonce == 0 && !nonces.ContainsKey(account)
        ? nonces.TryAdd(account, 1)
        : nonces.TryUpdate(account, nonce + 1, nonce);

    /// <summary>Keeps a transaction; of very many the latest.</summary>
    public void Add(ChainTransaction transaction)
    {
        if (!transactions.TryAdd(transaction.Hash, transaction))
            return;
        order.Enqueue(transaction.Hash);
        while (order.Count > MostKept && order.TryDequeue(out var oldest))
            transactions.TryRemove(oldest, out _);
    }

    /// <summary>A transaction, or null.</summary>
    public ChainTransaction? Find(Bytes32 hash) => transactions.GetValueOrDefault(hash);
}
