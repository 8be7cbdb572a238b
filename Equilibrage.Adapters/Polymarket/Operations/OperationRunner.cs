using Equilibrage.Adapters.Transport;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Polymarket.Chain;
using Equilibrage.Polymarket.Rest;
using Equilibrage.Polymarket.Signing;
using Microsoft.Extensions.Logging;

namespace Equilibrage.Adapters.Polymarket.Operations;

/// <summary>Takes one operation a step further. One at a time; the queue sees to that.</summary>
internal sealed class OperationRunner(
    IOperationStore store, OperationPlanner planner, OperationTraces traces, IWalletActions actions,
    JsonRpcClient chain, Contracts contracts, EthereumAddress wallet, TimeProvider clock,
    ILogger<OperationRunner> logger)
{
    // Behind so many blocks a transaction is not taken back any more.
    private const long Confirmations = 2;

    // A node may not show yet what another one has: a used nonce without a trace is believed only after that.
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(90);

    // What was sent and stands in no block is sent again, and after longer signed again for today's price.
    private static readonly TimeSpan Resend = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Stuck = TimeSpan.FromMinutes(5);

    private static readonly Backoff Retries = new(TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(5));

    private readonly Dictionary<OperationId, DateTimeOffset> usedSince = [];
    private readonly Dictionary<OperationId, DateTimeOffset> sentAt = [];

    /// <summary>Signs and sends an operation of which nothing is on its way.</summary>
    public async Task<OperationRow> StartAsync(OperationRow row, CancellationToken cancellation)
    {
        var nonces = await actions.GetNoncesAsync(cancellation);
        if (nonces.Value is not { } now)
            return await WaitAsync(row, nonces.Error!, cancellation);
        // A transaction that was given up may have been carried out all the same.
        if (row.Nonce is { } before && before < now.Used)
        {
            row = await FindOutAsync(row, before, cancellation);
            if (row.State != OperationState.Queued || row.Nonce is not null)
                return row;
        }

        var plan = await planner.PlanAsync(row.Operation, cancellation);
        if (plan.Error is { } error)
        {
            return error.Kind is VenueErrorKind.Refused or VenueErrorKind.Restricted
                ? Failed(row, error.Message)
                : await WaitAsync(row, error.Message, null, cancellation);
        }

        if (plan.Call is not { } call)
            return await ConcludeAsync(row, ChainReceipt.Nothing, cancellation);
        var block = await chain.GetBlockNumberAsync(cancellation);
        if (!block.IsOk)
            return await WaitAsync(row, block.Error!, cancellation);
        row = row with { FirstBlock = row.Nonce is null ? block.Value : row.FirstBlock ?? block.Value };
        return await SignAsync(row, call, row.Nonce ?? now.Next, cancellation);
    }

    /// <summary>Finds out what became of an operation that may be on its way, and sends it again where it is not.
    /// </summary>
    public async Task<OperationRow> AdvanceAsync(OperationRow row, CancellationToken cancellation)
    {
        if (row.Reference is { } name)
        {
            var state = await actions.LookUpAsync(name, cancellation);
            switch (state)
            {
                case { Value: null }:
                    return await WaitAsync(row, state.Error!, cancellation);
                case { Value: { Stage: ActionStage.Mined, Hash: { } hash } }:
                    return await ReadAsync(row, hash, cancellation);
                case { Value.Stage: ActionStage.Failed }:
                    return Failed(row, $"Transaction {name} failed: {state.Value.Error}");
                case { Value.Stage: ActionStage.UnderWay }:
                    return Later(row);
            }
        }

        var nonces = await actions.GetNoncesAsync(cancellation);
        if (nonces.Value is not { } now)
            return await WaitAsync(row, nonces.Error!, cancellation);
        if (row.Nonce < now.Used)
            return await FindOutAsync(row, row.Nonce.Value, cancellation);
        var isExpired = row.ExpiresAt is { } end && end <= clock.GetUtcNow();
        var age = clock.GetUtcNow() - sentAt.GetValueOrDefault(row.Operation.Id);
        if (row.Reference is not null && !isExpired && age < Resend)
            return Later(row);
        var isStuck = row.Hashes.Count > 0 && clock.GetUtcNow() - row.UpdatedAt > Stuck;
        return isExpired || isStuck
            ? await SignAgainAsync(row, cancellation)
            : await SendAsync(row, cancellation);
    }

    /// <summary>Writes a row; durable when it returns.</summary>
    /// <exception cref="OperationTakenException">Somebody else has changed it meanwhile.</exception>
    public async Task<OperationRow> WriteAsync(OperationRow row, CancellationToken cancellation)
    {
        var written = row with { UpdatedAt = clock.GetUtcNow() };
        return await store.TryUpdateAsync(written, cancellation)
            ? written with { Revision = row.Revision + 1 }
            : throw new OperationTakenException(row.Operation.Id.Value);
    }

    private async Task<OperationRow> SignAgainAsync(OperationRow row, CancellationToken cancellation)
    {
        var plan = await planner.PlanAsync(row.Operation, cancellation);
        // What it needs may be gone because it is being carried out right now: only its nonce tells.
        return plan.Call is { } call
            ? await SignAsync(row, call, row.Nonce!.Value, cancellation)
            : await SendAsync(row, cancellation);
    }

    private async Task<OperationRow> SignAsync(
        OperationRow row, ContractCall call, long nonce, CancellationToken cancellation)
    {
        var signed = await actions.SignAsync([call], nonce, cancellation);
        if (signed.Value is not { } action)
        {
            return row.State == OperationState.Sent || ActionErrors.IsWorthWaiting(signed.Error!)
                ? await WaitAsync(row, signed.Error!, cancellation)
                : Failed(row, signed.Error!.Message);
        }

        row = await WriteAsync(
            row with
            {
                State = OperationState.Sent,
                Nonce = nonce,
                Payload = action.Payload.ToArray(),
                ExpiresAt = action.ExpiresAt,
                Reference = null,
                Hashes = action.Hash is { } hash ? [.. row.Hashes, hash.ToString()] : row.Hashes,
                LastError = null,
            },
            cancellation);
        return await SendAsync(row, cancellation);
    }

    private async Task<OperationRow> SendAsync(OperationRow row, CancellationToken cancellation)
    {
        var sent = await actions.SendAsync(
            new(row.Nonce!.Value, row.Payload!, ExpiresAt: row.ExpiresAt), cancellation);
        if (sent.Error is not { } error)
        {
            sentAt[row.Operation.Id] = clock.GetUtcNow();
            return row.Reference == sent.Value
                ? Later(row)
                : Later(await WriteAsync(row with { Reference = sent.Value }, cancellation));
        }

        // Whoever used the nonce is found out at the next look.
        if (ActionErrors.IsNonceUsed(error) || ActionErrors.IsWorthWaiting(error))
            return await WaitAsync(row, error, cancellation);
        // What was refused was not sent; what was sent before under this nonce may still be.
        return Failed(row, $"The {(row.Hashes.Count > 0 ? "node" : "relayer")} refused it: {error.Message}");
    }

    private async Task<OperationRow> FindOutAsync(OperationRow row, long nonce, CancellationToken cancellation)
    {
        var tokens = await planner.GetTokensAsync(row.Operation.MarketId, cancellation);
        if (tokens.Value is null)
            return await WaitAsync(row, tokens.Error!, cancellation);
        var others = await store.ListTransactionsAsync(cancellation);
        var found = await traces.FindAsync(row, tokens.Value, others, cancellation);
        if (found.Error is { } error)
            return await WaitAsync(row, error, cancellation);
        if (found.Value is { } receipt)
            return await TakeAsync(row, receipt, cancellation);
        var id = row.Operation.Id;
        var since = usedSince.TryGetValue(id, out var known) ? known : usedSince[id] = clock.GetUtcNow();
        // A signature that is not void yet could still be on its way where only the relayer tells the nonce.
        var quietUntil = (row.ExpiresAt is { } end && end > since ? end : since) + Quiet;
        if (clock.GetUtcNow() < quietUntil)
            return Later(row);
        usedSince.Remove(id);
        logger.LogWarning(
            "{Kind} {Id}: another transaction used nonce {Nonce}; it is signed anew", row.Operation.Kind, id, nonce);
        return await WriteAsync(
            row with
            {
                State = OperationState.Queued,
                Nonce = null,
                Payload = null,
                ExpiresAt = null,
                Reference = null,
                Hashes = [],
                LastError = $"Another transaction of the wallet used nonce {nonce}: it is signed anew.",
            },
            cancellation);
    }

    private async Task<OperationRow> ReadAsync(OperationRow row, Bytes32 hash, CancellationToken cancellation)
    {
        var receipt = await chain.GetReceiptAsync(hash, cancellation);
        if (!receipt.IsOk)
            return await WaitAsync(row, receipt.Error!, cancellation);
        return receipt.Value is { } mined ? await TakeAsync(row, mined, cancellation) : Later(row);
    }

    private async Task<OperationRow> TakeAsync(
        OperationRow row, TransactionReceipt receipt, CancellationToken cancellation)
    {
        var block = await chain.GetBlockNumberAsync(cancellation);
        if (!block.IsOk)
            return await WaitAsync(row, block.Error!, cancellation);
        if (block.Value < (long)receipt.BlockNumber + Confirmations)
            return Later(row);
        // Its nonce is used up: whatever comes after this has another one.
        var done = row with { Nonce = null, Payload = null, ExpiresAt = null, Reference = null, Hashes = [] };
        if (!receipt.HasSucceeded)
            return Failed(done, $"The contract refused transaction {receipt.Hash}: nothing moved.");
        WalletFlow flow;
        try
        {
            flow = WalletFlow.Of(receipt, wallet, contracts);
        }
        catch (FormatException unreadable)
        {
            return await WaitAsync(row, unreadable.Message, null, cancellation);
        }

        var moved = new ChainReceipt(
            flow.Collateral,
            flow.Tokens.ToDictionary(pair => new TokenId(pair.Key.ToString()), pair => pair.Value),
            receipt.Hash.ToString());
        return moved.HasMoved
            ? await ConcludeAsync(row, moved, cancellation)
            : Failed(done, $"Transaction {receipt.Hash} went through and moved nothing.");
    }

    private async Task<OperationRow> ConcludeAsync(
        OperationRow row, ChainReceipt receipt, CancellationToken cancellation)
    {
        usedSince.Remove(row.Operation.Id);
        sentAt.Remove(row.Operation.Id);
        return await WriteAsync(
            row with { State = OperationState.Confirmed, Receipt = receipt, LastError = null, Payload = null },
            cancellation);
    }

    private Task<OperationRow> WaitAsync(OperationRow row, PolymarketError error, CancellationToken cancellation)
    {
        if (!ActionErrors.IsQuota(error))
            return WaitAsync(row, error.Message, error.RetryAfter, cancellation);
        var now = clock.GetUtcNow();
        var until = error.RetryAfter is { } told ? now + told : new DateTimeOffset(now.UtcDateTime.Date.AddDays(1));
        return WaitAsync(
            row, $"The relayer's quota for today is used up: it goes on at {until:u}.", until - now, cancellation);
    }

    private async Task<OperationRow> WaitAsync(
        OperationRow row, string why, TimeSpan? atLeast, CancellationToken cancellation)
    {
        var step = Retries.WaitFor(row.Attempts + 1, jitter: 1);
        var pause = atLeast > step ? atLeast.Value : step;
        logger.LogInformation(
            "{Kind} {Id} waits {Pause}: {Why}", row.Operation.Kind, row.Operation.Id, pause, why);
        return await WriteAsync(
            row with { Attempts = row.Attempts + 1, NextTry = clock.GetUtcNow() + pause, LastError = why },
            cancellation);
    }

    private OperationRow Later(OperationRow row) => row with { NextTry = clock.GetUtcNow() + OperationQueue.Poll };

    private static OperationRow Failed(OperationRow row, string why) =>
        row with { State = OperationState.Failed, LastError = why };
}
