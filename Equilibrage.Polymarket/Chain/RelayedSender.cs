using Equilibrage.Polymarket.Orders;
using Equilibrage.Polymarket.Rest;
using Equilibrage.Polymarket.Signing;

namespace Equilibrage.Polymarket.Chain;

/// <summary>A proxy wallet, Safe or deposit wallet (signature types 1 to 3), for which the relayer sends.</summary>
public sealed class RelayedSender : IWalletSender
{
    private const int MostAttempts = 5;
    private const long GasNumerator = 5;
    private const long GasDenominator = 4;

    // The relayer takes five minutes at most.
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(4);

    private readonly TradingWallet wallet;
    private readonly EthereumSigner signer;
    private readonly RelayerClient relayer;
    private readonly JsonRpcClient chain;
    private readonly TimeProvider clock;
    private readonly RelayerRequest requests;
    private readonly ReceiptWatch watch;
    private readonly RelayerWallet kind;
    private readonly Contracts contracts;
    private readonly SemaphoreSlim turn = new(1);

    /// <summary>Creates the sender of a wallet.</summary>
    /// <param name="wallet">The wallet; not an account of its own.</param>
    /// <param name="signer">The key of its account.</param>
    /// <param name="relayer">The relayer.</param>
    /// <param name="chain">The chain, asked for receipts.</param>
    /// <param name="contracts">The chain's contracts.</param>
    /// <param name="clock">Paces the waiting and dates the deadlines.</param>
    /// <exception cref="ArgumentException">The relayer serves no such wallet, or the key is another account's.
    /// </exception>
    public RelayedSender(
        TradingWallet wallet, EthereumSigner signer, RelayerClient relayer, JsonRpcClient chain, Contracts contracts,
        TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(wallet);
        ArgumentNullException.ThrowIfNull(signer);
        if (wallet.Type == SignatureType.Eoa)
            throw new ArgumentException("An account of its own sends its transactions itself.", nameof(wallet));
        if (wallet.Signer != signer.Address)
            throw new ArgumentException("The key is not that of the wallet's account.", nameof(signer));
        (this.wallet, this.signer, this.relayer, this.chain, this.contracts, this.clock) =
            (wallet, signer, relayer, chain, contracts, clock);
        kind = (RelayerWallet)wallet.Type;
        requests = new(contracts);
        watch = new(chain, clock);
    }

    /// <summary>Makes the deposit wallet where it does not exist yet; does nothing for other wallets.</summary>
    /// <returns>True when the wallet exists now.</returns>
    public async Task<PolymarketResult<bool>> EnsureWalletAsync(CancellationToken cancellation)
    {
        if (kind != RelayerWallet.Deposit)
            return PolymarketResult<bool>.Ok(true);
        var deployed = await relayer.IsDeployedAsync(wallet.Funder, kind, cancellation);
        if (!deployed.IsOk || deployed.Value)
            return deployed;
        var submitted = await relayer.SubmitAsync(requests.CreateWallet(signer.Address), cancellation);
        if (submitted.Value is null)
            return submitted.As<bool>();
        var ended = await EndOfAsync(submitted.Value, cancellation);
        return ended.IsOk ? PolymarketResult<bool>.Ok(true) : ended.As<bool>();
    }

    /// <inheritdoc/>
    public async Task<PolymarketResult<IReadOnlyList<TransactionReceipt>>> SendAsync(
        IReadOnlyList<ContractCall> calls, CancellationToken cancellation)
    {
        // The relayer refuses a second action of a wallet while the first is under way.
        await turn.WaitAsync(cancellation);
        try
        {
            var submitted = await SubmitAsync(calls, cancellation);
            if (submitted.Value is null)
                return submitted.As<IReadOnlyList<TransactionReceipt>>();
            var ended = await EndOfAsync(submitted.Value, cancellation);
            if (ended.Value?.Hash is not { } hash)
                return ended.As<IReadOnlyList<TransactionReceipt>>();
            var receipt = await watch.WaitAsync(hash, cancellation);
            return receipt.Value is null
                ? receipt.As<IReadOnlyList<TransactionReceipt>>()
                : PolymarketResult<IReadOnlyList<TransactionReceipt>>.Ok([receipt.Value]);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <inheritdoc/>
    /// <remarks>
    /// What the chain itself says of a Safe's or a proxy's nonce counts; of a deposit wallet only the relayer tells.
    /// </remarks>
    public async Task<PolymarketResult<WalletNonces>> GetNoncesAsync(CancellationToken cancellation)
    {
        var told = await relayer.GetParametersAsync(signer.Address, kind, cancellation);
        if (told.Value is not { } parameters)
            return told.As<WalletNonces>();
        if (kind == RelayerWallet.Deposit)
            return PolymarketResult<WalletNonces>.Ok(new(parameters.Nonce, parameters.Nonce));
        var call = kind == RelayerWallet.Safe
            ? Calldata.SafeNonce(wallet.Funder)
            : Calldata.ProxyNonce(contracts, signer.Address);
        var returned = await chain.CallAsync(call, signer.Address, cancellation);
        if (returned.Value is null)
            return returned.As<WalletNonces>();
        return new AbiReader(returned.Value).Number(0)?.ToUInt64() is { } used and <= long.MaxValue
            ? PolymarketResult<WalletNonces>.Ok(new(Math.Max(parameters.Nonce, (long)used), (long)used))
            : PolymarketResult<WalletNonces>.Fail(new(
                PolymarketErrorKind.Unreadable, $"The chain does not tell the nonce of wallet {wallet.Funder}."));
    }

    /// <inheritdoc/>
    public async Task<PolymarketResult<SignedAction>> SignAsync(
        IReadOnlyList<ContractCall> calls, long nonce, CancellationToken cancellation)
    {
        EthereumAddress? relay = null;
        if (kind == RelayerWallet.Proxy)
        {
            var told = await relayer.GetParametersAsync(signer.Address, kind, cancellation);
            if (told.Value is null)
                return told.As<SignedAction>();
            relay = told.Value.Relay;
        }
        return await SignAsync(calls, new RelayerParameters(nonce, relay), cancellation);
    }

    /// <inheritdoc/>
    public async Task<PolymarketResult<string>> SendAsync(SignedAction action, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(action);
        var submitted = await relayer.SubmitAsync(action.Payload, cancellation);
        return submitted.Value is { } taken
            ? PolymarketResult<string>.Ok(taken.Id)
            : submitted.As<string>();
    }

    /// <inheritdoc/>
    public async Task<PolymarketResult<ActionState>> LookUpAsync(string name, CancellationToken cancellation)
    {
        var found = await relayer.GetTransactionAsync(name, cancellation);
        return found switch
        {
            { Error.Kind: PolymarketErrorKind.NotFound } =>
                PolymarketResult<ActionState>.Ok(new(ActionStage.Unknown)),
            { Value: null } => found.As<ActionState>(),
            { Value: { State: RelayerState.Failed or RelayerState.Invalid } failed } =>
                PolymarketResult<ActionState>.Ok(new(ActionStage.Failed, failed.Hash, failed.Error)),
            { Value: { State: RelayerState.Confirmed, Hash: not null } mined } =>
                PolymarketResult<ActionState>.Ok(new(ActionStage.Mined, mined.Hash)),
            _ => PolymarketResult<ActionState>.Ok(new(ActionStage.UnderWay)),
        };
    }

    // Only what the relayer has refused is signed anew: after a lost answer the calls may be on their way.
    private async Task<PolymarketResult<RelayerTransaction>> SubmitAsync(
        IReadOnlyList<ContractCall> calls, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            var parameters = await relayer.GetParametersAsync(signer.Address, kind, cancellation);
            if (parameters.Value is null)
                return parameters.As<RelayerTransaction>();
            var signed = await SignAsync(calls, parameters.Value, cancellation);
            if (signed.Value is null)
                return signed.As<RelayerTransaction>();
            var submitted = await relayer.SubmitAsync(signed.Value.Payload, cancellation);
            if (submitted.Error is null || attempt == MostAttempts
                || !RelayerClient.IsWorthRepeating(submitted.Error))
                return submitted;
            await Task.Delay(RelayerClient.PollInterval, clock, cancellation);
        }
    }

    private async Task<PolymarketResult<SignedAction>> SignAsync(
        IReadOnlyList<ContractCall> calls, RelayerParameters parameters, CancellationToken cancellation)
    {
        var nonce = parameters.Nonce;
        switch (kind)
        {
            case RelayerWallet.Deposit:
                var deadline = (clock.GetUtcNow() + Deadline).ToUnixTimeSeconds();
                return PolymarketResult<SignedAction>.Ok(new(
                    nonce, requests.ForDepositWallet(signer, wallet.Funder, calls, nonce, deadline),
                    ExpiresAt: DateTimeOffset.FromUnixTimeSeconds(deadline)));
            case RelayerWallet.Safe:
                return PolymarketResult<SignedAction>.Ok(
                    new(nonce, requests.ForSafe(signer, wallet.Funder, calls, nonce)));
            default:
                if (parameters.Relay is not { } relay)
                    return PolymarketResult<SignedAction>.Fail(new(
                        PolymarketErrorKind.Unreadable, "The relayer did not say who will send the transaction."));
                var gas = await chain.EstimateGasAsync(
                    Calldata.Proxy(contracts, calls), signer.Address, cancellation);
                return gas.IsOk
                    ? PolymarketResult<SignedAction>.Ok(new(nonce, requests.ForProxy(
                        signer, calls, nonce, relay, gas.Value * GasNumerator / GasDenominator)))
                    : gas.As<SignedAction>();
        }
    }

    private async Task<PolymarketResult<RelayerTransaction>> EndOfAsync(
        RelayerTransaction submitted, CancellationToken cancellation)
    {
        var ended = await relayer.WaitAsync(submitted.Id, cancellation);
        return ended.Value switch
        {
            null => ended,
            { State: RelayerState.Failed or RelayerState.Invalid } refused =>
                PolymarketResult<RelayerTransaction>.Fail(new(
                    PolymarketErrorKind.Refused, $"The relayer's transaction {refused.Id} failed: {refused.Error}")),
            { State: RelayerState.Confirmed, Hash: not null } => ended,
            var open => PolymarketResult<RelayerTransaction>.Fail(new(
                PolymarketErrorKind.NoAnswer,
                $"The relayer's transaction {open.Id} is still {open.State.ToWire()}: look it up before repeating.")),
        };
    }
}
