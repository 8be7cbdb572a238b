using Equilibrage.Adapters.Transport;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Ports;
using Microsoft.Extensions.Logging;

namespace Equilibrage.Adapters.Polymarket.Operations;

/// <summary>
/// Carries a wallet's operations out one after another, each at most once, whatever dies in between: the nonce and
/// what is signed with it are written before anything is sent, and until the chain has used that nonce nothing is
/// signed with another one. What was carried out is found by its receipt, by the sender's name for it, or by the events
/// of the chain, never assumed.
/// </summary>
internal sealed class OperationQueue(
    IOperationStore store, OperationRunner runner, MarketClock marketClock, TimeProvider clock,
    ILogger<OperationQueue> logger) : IDisposable
{
    /// <summary>How often something that is on its way is looked at.</summary>
    public static readonly TimeSpan Poll = TimeSpan.FromSeconds(2);

    // Whoever asks hears after that how things stand, and asks again.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private static readonly Backoff AfterFailure = new(TimeSpan.FromMinutes(2), TimeSpan.FromHours(1));

    private readonly SemaphoreSlim turn = new(1);

    /// <summary>Carries an operation out, or answers what it moved when it was.</summary>
    public async Task<VenueResult<ChainReceipt>> ExecuteAsync(
        ChainOperation operation, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(operation);
        var began = clock.GetTimestamp();
        try
        {
            while (true)
            {
                var row = await StepAsync(operation, cancellation);
                if (row.State == OperationState.Confirmed)
                    return VenueResult<ChainReceipt>.Ok(row.Receipt!);
                if (row.State == OperationState.Failed)
                    return VenueResult<ChainReceipt>.Fail(VenueErrorKind.Refused, row.LastError ?? "It failed.");
                var left = Patience - clock.GetElapsedTime(began);
                if (left <= TimeSpan.Zero)
                {
                    return VenueResult<ChainReceipt>.Fail(
                        VenueErrorKind.Unavailable, row.LastError ?? $"{operation.Kind} is still on its way.");
                }

                var wait = row.NextTry - clock.GetUtcNow();
                await Task.Delay(wait < Poll ? Poll : wait < left ? wait : left, clock, cancellation);
            }
        }
        catch (Exception error) when (error is JournalUnavailableException or OperationTakenException)
        {
            return VenueResult<ChainReceipt>.Fail(VenueErrorKind.Unavailable, error.Message);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => turn.Dispose();

    private async Task<OperationRow> StepAsync(ChainOperation operation, CancellationToken cancellation)
    {
        await turn.WaitAsync(cancellation);
        try
        {
            var row = await FindOrAddAsync(operation, cancellation);
            if (row.State == OperationState.Confirmed || row.NextTry > clock.GetUtcNow())
                return row;
            // A second nonce would be wasted or, worse, overtake: what is on its way comes first.
            if (row.State != OperationState.Sent && await store.FindSentAsync(cancellation) is { } first)
            {
                if (first.NextTry <= clock.GetUtcNow())
                    first = await SettleAsync(await runner.AdvanceAsync(first, cancellation), cancellation);
                if (first.State == OperationState.Sent)
                {
                    return row with
                    {
                        State = OperationState.Queued,
                        LastError = $"{first.Operation.Kind} {first.Operation.Id} is on its way first. "
                            + first.LastError,
                    };
                }
            }

            var next = row.State == OperationState.Sent
                ? await runner.AdvanceAsync(row, cancellation)
                : await runner.StartAsync(row with { State = OperationState.Queued }, cancellation);
            return await SettleAsync(next, cancellation);
        }
        finally
        {
            turn.Release();
        }
    }

    // A failure counts from when it was found out; until the next try whoever asks is told the same.
    private async Task<OperationRow> SettleAsync(OperationRow row, CancellationToken cancellation)
    {
        switch (row.State)
        {
            case OperationState.Confirmed:
                logger.LogInformation(
                    "{Kind} {Id} of market {Market}: cash {Cash} by transaction {Transaction}", row.Operation.Kind,
                    row.Operation.Id, row.Operation.MarketId, row.Receipt?.Cash, row.Receipt?.TransactionHash);
                break;
            case OperationState.Failed:
                logger.LogWarning(
                    "{Kind} {Id} of market {Market} failed: {Why}", row.Operation.Kind, row.Operation.Id,
                    row.Operation.MarketId, row.LastError);
                return await runner.WriteAsync(
                    row with
                    {
                        Attempts = row.Attempts + 1,
                        NextTry = clock.GetUtcNow() + AfterFailure.WaitFor(row.Attempts + 1, jitter: 1),
                    },
                    cancellation);
        }

        return row;
    }

    private async Task<OperationRow> FindOrAddAsync(ChainOperation operation, CancellationToken cancellation)
    {
        if (await store.FindAsync(operation.Id, cancellation) is { } known)
            return known;
        var now = clock.GetUtcNow();
        var row = new OperationRow
        {
            Operation = operation,
            State = OperationState.Queued,
            MarketTime = marketClock.Now,
            RecordedAt = now,
            UpdatedAt = now,
            NextTry = now,
        };
        return await store.TryAddAsync(row, cancellation)
            ? row
            : await store.FindAsync(operation.Id, cancellation)
                ?? throw new OperationTakenException(operation.Id.Value);
    }
}
