using Equilibrage.Polymarket.Rest;
using Equilibrage.Polymarket.Signing;

namespace Equilibrage.Polymarket.Chain;

/// <summary>An account that calls contracts itself and pays its own gas (signature type 0).</summary>
/// <param name="signer">The account's key.</param>
/// <param name="chain">The chain.</param>
/// <param name="contracts">The venue's contracts there: their chain must be the one that answers.</param>
/// <param name="clock">Paces the waiting.</param>
public sealed class OwnAccountSender(
    EthereumSigner signer, JsonRpcClient chain, Contracts contracts, TimeProvider clock) : IWalletSender
{
    // What a call takes may grow between the estimate and the block.
    private const long GasNumerator = 5;
    private const long GasDenominator = 4;

    private readonly ReceiptWatch watch = new(chain, clock);
    private readonly SemaphoreSlim turn = new(1);

    /// <inheritdoc/>
    public async Task<PolymarketResult<IReadOnlyList<TransactionReceipt>>> SendAsync(
        IReadOnlyList<ContractCall> calls, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(calls);
        // Two transactions with one nonce would replace each other.
        await turn.WaitAsync(cancellation);
        try
        {
            var receipts = new List<TransactionReceipt>();
            foreach (var call in calls)
            {
                var receipt = await SendAsync(call, cancellation);
                if (receipt.Value is null)
                    return receipt.As<IReadOnlyList<TransactionReceipt>>();
                receipts.Add(receipt.Value);
            }
            return PolymarketResult<IReadOnlyList<TransactionReceipt>>.Ok(receipts);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <inheritdoc/>
    public async Task<PolymarketResult<WalletNonces>> GetNoncesAsync(CancellationToken cancellation)
    {
        var mined = await chain.GetMinedCountAsync(signer.Address, cancellation);
        if (!mined.IsOk)
            return mined.As<WalletNonces>();
        var next = await chain.GetTransactionCountAsync(signer.Address, cancellation);
        return next.IsOk
            ? PolymarketResult<WalletNonces>.Ok(new(Math.Max(next.Value, mined.Value), mined.Value))
            : next.As<WalletNonces>();
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">There is not exactly one call.</exception>
    public async Task<PolymarketResult<SignedAction>> SignAsync(
        IReadOnlyList<ContractCall> calls, long nonce, CancellationToken cancellation)
    {
        if (calls is not [var call])
            throw new ArgumentException("An account of its own carries out one call in a transaction.", nameof(calls));
        var chainId = await chain.GetChainIdAsync(cancellation);
        if (!chainId.IsOk)
            return chainId.As<SignedAction>();
        if (chainId.Value != contracts.ChainId)
        {
            return PolymarketResult<SignedAction>.Fail(new(
                PolymarketErrorKind.Refused,
                $"The node serves chain {chainId.Value}, not {contracts.ChainId}: set another RPC address."));
        }
        var gas = await chain.EstimateGasAsync(call, signer.Address, cancellation);
        if (!gas.IsOk)
            return gas.As<SignedAction>();
        var price = await chain.GetGasPriceAsync(cancellation);
        if (price.Value is null)
            return price.As<SignedAction>();

        var (raw, hash) = new EthereumTransaction
        {
            ChainId = contracts.ChainId,
            Nonce = (ulong)nonce,
            MaxPriorityFeePerGas = price.Value.MaxPriorityFee,
            MaxFeePerGas = price.Value.MaxFee,
            GasLimit = (ulong)(gas.Value * GasNumerator / GasDenominator),
            Call = call,
        }.Sign(signer);
        return PolymarketResult<SignedAction>.Ok(new(nonce, raw, hash));
    }

    /// <inheritdoc/>
    public async Task<PolymarketResult<string>> SendAsync(SignedAction action, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(action);
        var sent = await chain.SendRawTransactionAsync(action.Payload, cancellation);
        return sent.Error is { } refusal && !IsKnown(refusal)
            ? sent.As<string>()
            : PolymarketResult<string>.Ok(Keccak256.Hash(action.Payload.Span).ToString());
    }

    /// <inheritdoc/>
    public async Task<PolymarketResult<ActionState>> LookUpAsync(string name, CancellationToken cancellation)
    {
        var hash = Bytes32.Parse(name);
        var found = await chain.GetReceiptAsync(hash, cancellation);
        return !found.IsOk ? found.As<ActionState>() : PolymarketResult<ActionState>.Ok(found.Value is null
            ? new(ActionStage.Unknown)
            : new(ActionStage.Mined, hash));
    }

    private async Task<PolymarketResult<TransactionReceipt>> SendAsync(
        ContractCall call, CancellationToken cancellation)
    {
        var nonce = await chain.GetTransactionCountAsync(signer.Address, cancellation);
        if (!nonce.IsOk)
            return nonce.As<TransactionReceipt>();
        var signed = await SignAsync([call], nonce.Value, cancellation);
        if (signed.Value is not { Hash: { } hash } action)
            return signed.As<TransactionReceipt>();
        var sent = await SendAsync(action, cancellation);
        // The hash is known beforehand: a lost answer is no reason to send another transaction.
        return sent.Error is { IsAmbiguous: false }
            ? sent.As<TransactionReceipt>()
            : await watch.WaitAsync(hash, cancellation);
    }

    private static bool IsKnown(PolymarketError error) =>
        error.Message.Contains("already known", StringComparison.OrdinalIgnoreCase);
}
