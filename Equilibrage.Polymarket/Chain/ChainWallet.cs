using Equilibrage.Core.Primitives;
using Equilibrage.Polymarket.Orders;
using Equilibrage.Polymarket.Rest;
using Equilibrage.Polymarket.Signing;

namespace Equilibrage.Polymarket.Chain;

/// <summary>
/// A wallet on the chain, whatever its kind: what it holds, what it allows, and pairs split, merged and redeemed. Every
/// action waits for its receipt and answers what it moved.
/// </summary>
/// <param name="reader">Reads the wallet.</param>
/// <param name="sender">Acts for it.</param>
/// <param name="contracts">The chain's contracts.</param>
public sealed class ChainWallet(WalletReader reader, IWalletSender sender, Contracts contracts)
{
    /// <summary>What the chain knows of it.</summary>
    public WalletReader Reader { get; } = reader;

    /// <summary>Has it act step by step.</summary>
    public IWalletActions Actions => sender;

    /// <summary>The wallet of a key.</summary>
    /// <param name="wallet">Who signs and whose money it is.</param>
    /// <param name="signer">The key.</param>
    /// <param name="chain">The chain.</param>
    /// <param name="relayer">The relayer; needed for every kind of wallet but an account of its own.</param>
    /// <param name="clock">Paces the waiting.</param>
    /// <exception cref="ArgumentException">The relayer is missing, or the key is another account's.</exception>
    public static ChainWallet Of(
        TradingWallet wallet, EthereumSigner signer, JsonRpcClient chain, RelayerClient? relayer, Contracts contracts,
        TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(wallet);
        IWalletSender sender = wallet.Type == SignatureType.Eoa
            ? new OwnAccountSender(signer, chain, contracts, clock)
            : new RelayedSender(
                wallet, signer,
                relayer ?? throw new ArgumentException("This kind of wallet needs the relayer.", nameof(relayer)),
                chain, contracts, clock);
        return new(new(chain, contracts, wallet.Funder), sender, contracts);
    }

    /// <summary>Gives the permissions that are missing.</summary>
    /// <returns>Those that were given; none when nothing was missing.</returns>
    public async Task<PolymarketResult<IReadOnlyList<Approval>>> ApproveAsync(
        IReadOnlyCollection<Approval> required, CancellationToken cancellation)
    {
        var missing = await Reader.GetMissingAsync(required, cancellation);
        if (missing.Value is null or { Count: 0 })
            return missing;
        var sent = await sender.SendAsync([.. missing.Value.Select(approval => approval.Grant())], cancellation);
        return sent.Value is null ? sent.As<IReadOnlyList<Approval>>() : missing;
    }

    /// <summary>Turns dollars into as many pairs of YES and NO.</summary>
    /// <param name="conditionId">The market.</param>
    /// <param name="amount">Dollars.</param>
    /// <param name="isNegRisk">The market's own flag.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <exception cref="ArgumentOutOfRangeException">The amount is not above 0.</exception>
    public Task<PolymarketResult<WalletFlow>> SplitAsync(
        Bytes32 conditionId, Usdc amount, bool isNegRisk, CancellationToken cancellation) =>
        ActAsync(Calldata.Split(contracts, conditionId, Positive(amount.ToMicros), isNegRisk), cancellation);

    /// <summary>Turns pairs of YES and NO back into dollars.</summary>
    /// <param name="conditionId">The market.</param>
    /// <param name="pairs">Pairs.</param>
    /// <param name="isNegRisk">The market's own flag.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are none.</exception>
    public Task<PolymarketResult<WalletFlow>> MergeAsync(
        Bytes32 conditionId, Quantity pairs, bool isNegRisk, CancellationToken cancellation) =>
        ActAsync(Calldata.Merge(contracts, conditionId, Positive(pairs.ToMicros), isNegRisk), cancellation);

    /// <summary>
    /// Turns all shares of a resolved market, winners and losers, into what they pay. The venue may have done so before
    /// where it is allowed to: then nothing moves.
    /// </summary>
    /// <param name="conditionId">The market.</param>
    /// <param name="isNegRisk">The market's own flag.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public Task<PolymarketResult<WalletFlow>> RedeemAsync(
        Bytes32 conditionId, bool isNegRisk, CancellationToken cancellation) =>
        ActAsync(Calldata.Redeem(contracts, conditionId, isNegRisk), cancellation);

    private async Task<PolymarketResult<WalletFlow>> ActAsync(ContractCall call, CancellationToken cancellation)
    {
        var sent = await sender.SendAsync([call], cancellation);
        if (sent.Value is null)
            return sent.As<WalletFlow>();
        try
        {
            return PolymarketResult<WalletFlow>.Ok(WalletFlow.Of(sent.Value[^1], Reader.Wallet, contracts));
        }
        catch (FormatException unreadable)
        {
            return PolymarketResult<WalletFlow>.Fail(new(PolymarketErrorKind.Unreadable, unreadable.Message));
        }
    }

    private static UInt256 Positive(long micros)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(micros);
        return (ulong)micros;
    }
}
