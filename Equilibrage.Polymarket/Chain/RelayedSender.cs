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

    // Only what the relayer has refused is signed anew: after a lost answer the calls may be on their way.
    private async Task<PolymarketResult<RelayerTransaction>> SubmitAsync(
        IReadOnlyList<ContractCall> calls, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            var parameters = await relayer.GetParametersAsync(signer.Address, kind, cancellation);
            if (parameters.Value is null)
                return parameters.As<RelayerTransaction>();
            var body = await BodyAsync(calls, parameters.Value, cancellation);
            if (body.Value is null)
                return body.As<RelayerTransaction>();
            var submitted = await relayer.SubmitAsync(body.Value, cancellation);
            if (submitted.Error is null || attempt == MostAttempts
                || !RelayerClient.IsWorthRepeating(submitted.Error))
                return submitted;
            await Task.Delay(RelayerClient.PollInterval, clock, cancellation);
        }
    }

    private async Task<PolymarketResult<byte[]>> BodyAsync(
        IReadOnlyList<ContractCall> calls, RelayerParameters parameters, CancellationToken cancellation)
    {
        switch (kind)
        {
            case RelayerWallet.Deposit:
                var deadline = (clock.GetUtcNow() + Deadline).ToUnixTimeSeconds();
                return PolymarketResult<byte[]>.Ok(
                    requests.ForDepositWallet(signer, wallet.Funder, calls, parameters.Nonce, deadline));
            case RelayerWallet.Safe:
                return PolymarketResult<byte[]>.Ok(requests.ForSafe(signer, wallet.Funder, calls, parameters.Nonce));
            default:
                if (parameters.Relay is not { } relay)
                    return PolymarketResult<byte[]>.Fail(new(
                        PolymarketErrorKind.Unreadable, "The relayer did not say who will send the transaction."));
                var gas = await chain.EstimateGasAsync(
                    Calldata.Proxy(contracts, calls), signer.Address, cancellation);
                return gas.IsOk
                    ? PolymarketResult<byte[]>.Ok(requests.ForProxy(
                        signer, calls, parameters.Nonce, relay, gas.Value * GasNumerator / GasDenominator))
                    : gas.As<byte[]>();
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
