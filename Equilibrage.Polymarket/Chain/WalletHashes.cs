using Equilibrage.Polymarket.Signing;

namespace Equilibrage.Polymarket.Chain;

/// <summary>What the key of a wallet signs so that the wallet calls contracts.</summary>
public static class WalletHashes
{
    private const string CallText = "Call(address target,uint256 value,bytes data)";

    private static readonly Bytes32 CallType = Eip712.HashOf(CallText);

    private static readonly Bytes32 BatchType = Eip712.HashOf(
        "Batch(address wallet,uint256 nonce,uint256 deadline,Call[] calls)" + CallText);

    private static readonly Bytes32 SafeType = Eip712.HashOf(
        "SafeTx(address to,uint256 value,bytes data,uint8 operation,uint256 safeTxGas,uint256 baseGas,"
        + "uint256 gasPrice,address gasToken,address refundReceiver,uint256 nonce)");

    /// <summary>The domain of a deposit wallet.</summary>
    public static Bytes32 DepositWalletDomain(EthereumAddress wallet, long chainId) =>
        Eip712.DomainSeparator(chainId, "DepositWallet", "1", wallet);

    /// <summary>The digest of a deposit wallet's calls.</summary>
    /// <param name="wallet">The deposit wallet.</param>
    /// <param name="chainId">137 for Polygon, 80002 for Amoy.</param>
    /// <param name="calls">The calls, in order.</param>
    /// <param name="nonce">The wallet's next nonce.</param>
    /// <param name="deadline">Unix seconds after which the signature is void.</param>
    public static Bytes32 Batch(
        EthereumAddress wallet, long chainId, IReadOnlyList<ContractCall> calls, long nonce, long deadline) =>
        Eip712.Digest(DepositWalletDomain(wallet, chainId), BatchStruct(wallet, calls, nonce, deadline));

    /// <summary>The struct hash of a deposit wallet's calls.</summary>
    /// <inheritdoc cref="Batch"/>
    public static Bytes32 BatchStruct(
        EthereumAddress wallet, IReadOnlyList<ContractCall> calls, long nonce, long deadline)
    {
        ArgumentNullException.ThrowIfNull(calls);
        var hashes = new byte[calls.Count * Bytes32.Length];
        for (var index = 0; index < calls.Count; index++)
            CallStruct(calls[index]).CopyTo(hashes.AsSpan(index * Bytes32.Length));

        var words = new WordWriter(stackalloc byte[5 * Bytes32.Length]);
        words.Add(BatchType);
        words.Add(wallet);
        words.Add(nonce);
        words.Add(deadline);
        words.Add(Keccak256.Hash(hashes));
        return Keccak256.Hash(words.Written);
    }

    /// <summary>The hash of a Safe's transaction, which is signed as a personal message.</summary>
    /// <param name="safe">The Safe.</param>
    /// <param name="chainId">137 for Polygon, 80002 for Amoy.</param>
    /// <param name="call">The call.</param>
    /// <param name="isDelegated">True when the Safe runs the called code as its own: for packed calls only.</param>
    /// <param name="nonce">The Safe's next nonce.</param>
    public static Bytes32 Safe(
        EthereumAddress safe, long chainId, ContractCall call, bool isDelegated, long nonce)
    {
        var words = new WordWriter(stackalloc byte[11 * Bytes32.Length]);
        words.Add(SafeType);
        words.Add(call.To);
        words.Add(call.Value);
        words.Add(Keccak256.Hash(call.Data.Span));
        words.Add(isDelegated ? 1 : 0);
        for (var unused = 0; unused < 5; unused++)
            words.Add(0);
        words.Add(nonce);
        return Eip712.Digest(
            Eip712.DomainSeparator(chainId, verifyingContract: safe), Keccak256.Hash(words.Written));
    }

    /// <summary>The hash of a proxy wallet's calls, which is signed as a personal message.</summary>
    /// <param name="account">The wallet's account.</param>
    /// <param name="call">The calls, packed for the factory.</param>
    /// <param name="gasLimit">Most units of gas.</param>
    /// <param name="nonce">The account's next nonce.</param>
    /// <param name="relayHub">The contract that pays.</param>
    /// <param name="relay">Who will send the transaction.</param>
    public static Bytes32 Proxy(
        EthereumAddress account, ContractCall call, long gasLimit, long nonce, EthereumAddress relayHub,
        EthereumAddress relay)
    {
        var prefix = "rlx:"u8;
        Span<byte> accounts = stackalloc byte[4 * EthereumAddress.Length];
        account.CopyTo(accounts);
        call.To.CopyTo(accounts[EthereumAddress.Length..]);
        relayHub.CopyTo(accounts[(2 * EthereumAddress.Length)..]);
        relay.CopyTo(accounts[(3 * EthereumAddress.Length)..]);
        var numbers = new WordWriter(stackalloc byte[4 * Bytes32.Length]);
        numbers.Add(0); // the relayer's fee
        numbers.Add(0); // the price of gas
        numbers.Add(gasLimit);
        numbers.Add(nonce);
        return Keccak256.Hash(
        [
            .. prefix, .. accounts[..(2 * EthereumAddress.Length)], .. call.Data.Span, .. numbers.Written,
            .. accounts[(2 * EthereumAddress.Length)..],
        ]);
    }

    private static Bytes32 CallStruct(ContractCall call)
    {
        var words = new WordWriter(stackalloc byte[4 * Bytes32.Length]);
        words.Add(CallType);
        words.Add(call.To);
        words.Add(call.Value);
        words.Add(Keccak256.Hash(call.Data.Span));
        return Keccak256.Hash(words.Written);
    }
}
