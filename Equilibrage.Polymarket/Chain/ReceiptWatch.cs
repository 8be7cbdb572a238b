using Equilibrage.Polymarket.Rest;
using Equilibrage.Polymarket.Signing;

namespace Equilibrage.Polymarket.Chain;

/// <summary>Waits for transactions.</summary>
/// <param name="chain">The chain.</param>
/// <param name="clock">Paces the waiting.</param>
public sealed class ReceiptWatch(JsonRpcClient chain, TimeProvider clock)
{
    /// <summary>How often a transaction is looked up.</summary>
    public static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(2);

    /// <summary>How long a transaction is waited for.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>
    /// The receipt of a transaction that succeeded. A contract that refused is an error of the kind
    /// <see cref="PolymarketErrorKind.Refused"/>; a transaction that does not appear in time may still do so
    /// (<see cref="PolymarketErrorKind.NoAnswer"/>).
    /// </summary>
    public async Task<PolymarketResult<TransactionReceipt>> WaitAsync(
        Bytes32 transaction, CancellationToken cancellation)
    {
        var began = clock.GetTimestamp();
        PolymarketError? last = null;
        do
        {
            var found = await chain.GetReceiptAsync(transaction, cancellation);
            if (found.Value is { } receipt)
            {
                return receipt.HasSucceeded
                    ? found
                    : PolymarketResult<TransactionReceipt>.Fail(new(
                        PolymarketErrorKind.Refused, $"The contract refused transaction {transaction}."));
            }
            last = found.Error;
            await Task.Delay(PollInterval, clock, cancellation);
        }
        while (clock.GetElapsedTime(began) < Patience);

        return PolymarketResult<TransactionReceipt>.Fail(new(
            PolymarketErrorKind.NoAnswer,
            $"Transaction {transaction} is in no block after {Patience.TotalMinutes} minutes. {last?.Message}".Trim()));
    }
}
