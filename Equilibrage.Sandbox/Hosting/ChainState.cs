using Equilibrage.Core.Primitives;
using Equilibrage.Polymarket.Signing;

namespace Equilibrage.Sandbox.Hosting;

/// <summary>An approval as it was last said.</summary>
internal sealed record ApprovalRow(AccountId Wallet, bool IsCollateral, EthereumAddress Spender, UInt256 Amount);

/// <summary>The count of an account's transactions.</summary>
internal sealed record NonceRow(EthereumAddress Account, long Next);

/// <summary>A key's last sign of life.</summary>
/// <param name="Key">The key.</param>
/// <param name="Address">Whose it is.</param>
/// <param name="Id">What the next one has to name.</param>
/// <param name="At">Wall time.</param>
/// <param name="IsOver">True once its orders were canceled.</param>
internal sealed record HeartbeatRow(string Key, string Address, string Id, DateTimeOffset At, bool IsOver = false);

/// <summary>Rows of the chain: what changed, or, to come back, all of them.</summary>
internal sealed record ChainRows
{
    /// <summary>Nonces.</summary>
    public IReadOnlyList<NonceRow> Nonces { get; init; } = [];

    /// <summary>Transactions, oldest first.</summary>
    public IReadOnlyList<ChainTransaction> Transactions { get; init; } = [];

    /// <summary>Approvals.</summary>
    public IReadOnlyList<ApprovalRow> Approvals { get; init; } = [];

    /// <summary>Heartbeats.</summary>
    public IReadOnlyList<HeartbeatRow> Heartbeats { get; init; } = [];

    /// <summary>True when there is nothing.</summary>
    public bool IsEmpty => Nonces.Count + Transactions.Count + Approvals.Count + Heartbeats.Count == 0;
}

/// <summary>
/// The practice chain as its record has it: nonces, transactions with their receipts, approvals; beside them the keys'
/// heartbeats. Belongs to the exchange's one writer.
/// </summary>
internal sealed class ChainState
{
    private const int MostKept = 10_000;

    private readonly Dictionary<EthereumAddress, long> nonces = [];
    private readonly Dictionary<Bytes32, ChainTransaction> transactions = [];
    private readonly Dictionary<string, Bytes32> submissions = [];
    private readonly Queue<Bytes32> order = new();
    private readonly Dictionary<(AccountId, bool, EthereumAddress), UInt256> approvals = [];
    private readonly Dictionary<string, HeartbeatRow> heartbeats = [];
    private readonly Dictionary<EthereumAddress, NonceRow> changedNonces = [];
    private readonly List<ChainTransaction> added = [];
    private readonly Dictionary<(AccountId, bool, EthereumAddress), ApprovalRow> changedApprovals = [];
    private readonly Dictionary<string, HeartbeatRow> changedHeartbeats = [];

    /// <summary>Comes back with what the record has.</summary>
    public ChainState(ChainRows rows)
    {
        foreach (var row in rows.Nonces)
            nonces[row.Account] = row.Next;
        foreach (var row in rows.Transactions)
            Keep(row);
        foreach (var row in rows.Approvals)
            approvals[(row.Wallet, row.IsCollateral, row.Spender)] = row.Amount;
        foreach (var row in rows.Heartbeats)
            heartbeats[row.Key] = row;
    }

    /// <summary>Signs of life of keys whose orders still depend on them.</summary>
    public IEnumerable<HeartbeatRow> Heartbeats => heartbeats.Values.Where(beat => !beat.IsOver);

    /// <summary>All transactions that are kept, oldest first.</summary>
    public IEnumerable<ChainTransaction> Transactions => order.Select(hash => transactions[hash]);

    /// <summary>The count of an account's transactions, which its next one has to name.</summary>
    public long NonceOf(EthereumAddress account) => nonces.GetValueOrDefault(account);

    /// <summary>Takes the next number of an account; false when the given one is not it.</summary>
    public bool TryTakeNonce(EthereumAddress account, long nonce)
    {
        if (nonce != NonceOf(account))
            return false;
        nonces[account] = nonce + 1;
        changedNonces[account] = new(account, nonce + 1);
        return true;
    }

    /// <summary>Adds a transaction; of very many the latest are kept.</summary>
    public void Add(ChainTransaction transaction)
    {
        Keep(transaction);
        added.Add(transaction);
    }

    /// <summary>A transaction, or null.</summary>
    public ChainTransaction? Find(Bytes32 hash) => transactions.GetValueOrDefault(hash);

    /// <summary>A transaction by the relayer's name, or null.</summary>
    public ChainTransaction? Find(string submission) =>
        submissions.TryGetValue(submission, out var hash) ? Find(hash) : null;

    /// <summary>
    /// What a spender may move of a wallet's dollars, or (all or nothing) of its shares. Every wallet begins with
    /// everything allowed.
    /// </summary>
    public UInt256 Approved(AccountId wallet, bool isCollateral, EthereumAddress spender) =>
        approvals.TryGetValue((wallet, isCollateral, spender), out var amount) ? amount : UInt256.MaxValue;

    /// <summary>Takes note of an approval.</summary>
    public void Approve(ApprovalRow row)
    {
        var key = (row.Wallet, row.IsCollateral, row.Spender);
        approvals[key] = row.Amount;
        changedApprovals[key] = row;
    }

    /// <summary>A key's last sign of life, or null.</summary>
    public HeartbeatRow? Heartbeat(string key) =>
        heartbeats.TryGetValue(key, out var beat) && !beat.IsOver ? beat : null;

    /// <summary>Takes note of a sign of life.</summary>
    public void Beat(HeartbeatRow row)
    {
        heartbeats[row.Key] = row;
        changedHeartbeats[row.Key] = row;
    }

    /// <summary>What has changed since the last time.</summary>
    public ChainRows TakeChanges()
    {
        var rows = new ChainRows
        {
            Nonces = [.. changedNonces.Values],
            Transactions = [.. added],
            Approvals = [.. changedApprovals.Values],
            Heartbeats = [.. changedHeartbeats.Values],
        };
        changedNonces.Clear();
        added.Clear();
        changedApprovals.Clear();
        changedHeartbeats.Clear();
        return rows;
    }

    private void Keep(ChainTransaction transaction)
    {
        if (!transactions.TryAdd(transaction.Hash, transaction))
            return;
        if (transaction.SubmissionId is { } submission)
            submissions[submission] = transaction.Hash;
        order.Enqueue(transaction.Hash);
        while (order.Count > MostKept && order.TryDequeue(out var oldest))
        {
            transactions.Remove(oldest, out var gone);
            if (gone?.SubmissionId is { } forgotten)
                submissions.Remove(forgotten);
        }
    }
}
