using System.Buffers.Binary;
using Equilibrage.Polymarket.Signing;

namespace Equilibrage.Polymarket.Chain;

/// <summary>The calls that the venue's contracts take. Amounts are in millionths.</summary>
public static class Calldata
{
    // Both outcomes of a binary market: sets of one bit each.
    private static readonly AbiValue Partition = AbiValue.Array([(UInt256)1, (UInt256)2]);

    /// <summary>Lets a contract take up to <paramref name="amount"/> of an ERC-20 token.</summary>
    public static ContractCall Approve(EthereumAddress token, EthereumAddress spender, UInt256 amount) =>
        new(token, Abi.Call("approve(address,uint256)", spender, amount));

    /// <summary>Lets a contract move all outcome tokens, or no longer.</summary>
    public static ContractCall SetApprovalForAll(EthereumAddress token, EthereumAddress operatorOf, bool isAllowed) =>
        new(token, Abi.Call("setApprovalForAll(address,bool)", operatorOf, isAllowed));

    /// <summary>Reads the balance of an ERC-20 token.</summary>
    public static ContractCall BalanceOf(EthereumAddress token, EthereumAddress account) =>
        new(token, Abi.Call("balanceOf(address)", account));

    /// <summary>Reads how much of an ERC-20 token a contract may still take.</summary>
    public static ContractCall Allowance(EthereumAddress token, EthereumAddress owner, EthereumAddress spender) =>
        new(token, Abi.Call("allowance(address,address)", owner, spender));

    /// <summary>Reads whether a contract may move all outcome tokens.</summary>
    public static ContractCall IsApprovedForAll(
        EthereumAddress token, EthereumAddress owner, EthereumAddress operatorOf) =>
        new(token, Abi.Call("isApprovedForAll(address,address)", owner, operatorOf));

    /// <summary>Reads the balance of one outcome token.</summary>
    public static ContractCall BalanceOf(EthereumAddress token, EthereumAddress account, UInt256 tokenId) =>
        new(token, Abi.Call("balanceOf(address,uint256)", account, tokenId));

    /// <summary>Reads the balances of several outcome tokens of one account.</summary>
    public static ContractCall BalanceOfBatch(
        EthereumAddress token, EthereumAddress account, IReadOnlyCollection<UInt256> tokenIds) =>
        new(token, Abi.Call(
            "balanceOfBatch(address[],uint256[])",
            AbiValue.Array(tokenIds.Select(_ => (AbiValue)account)),
            AbiValue.Array(tokenIds.Select(id => (AbiValue)id))));

    /// <summary>Turns pUSD into as many pairs of YES and NO.</summary>
    /// <param name="contracts">The chain's contracts.</param>
    /// <param name="conditionId">The market.</param>
    /// <param name="amount">Dollars, and pairs, in millionths.</param>
    /// <param name="isNegRisk">The market's own flag.</param>
    public static ContractCall Split(Contracts contracts, Bytes32 conditionId, UInt256 amount, bool isNegRisk) =>
        new(contracts.AdapterOf(isNegRisk), Abi.Call(
            "splitPosition(address,bytes32,bytes32,uint256[],uint256)",
            contracts.Collateral, Bytes32.Zero, conditionId, Partition, amount));

    /// <summary>Turns pairs of YES and NO back into pUSD.</summary>
    /// <inheritdoc cref="Split"/>
    public static ContractCall Merge(Contracts contracts, Bytes32 conditionId, UInt256 amount, bool isNegRisk) =>
        new(contracts.AdapterOf(isNegRisk), Abi.Call(
            "mergePositions(address,bytes32,bytes32,uint256[],uint256)",
            contracts.Collateral, Bytes32.Zero, conditionId, Partition, amount));

    /// <summary>Turns all shares of a resolved market, of both outcomes, into what they pay.</summary>
    /// <inheritdoc cref="Split"/>
    public static ContractCall Redeem(Contracts contracts, Bytes32 conditionId, bool isNegRisk) =>
        new(contracts.AdapterOf(isNegRisk), Abi.Call(
            "redeemPositions(address,bytes32,bytes32,uint256[])",
            contracts.Collateral, Bytes32.Zero, conditionId, Partition));

    /// <summary>
    /// Turns NO of some questions of a negative-risk market into YES of all its others, and into collateral for all but
    /// one of them.
    /// </summary>
    /// <param name="contracts">The chain's contracts.</param>
    /// <param name="marketId">The negative-risk market's id.</param>
    /// <param name="indexSet">One bit a question whose NO is given.</param>
    /// <param name="amount">Shares of each, in millionths.</param>
    public static ContractCall Convert(Contracts contracts, Bytes32 marketId, UInt256 indexSet, UInt256 amount) =>
        new(contracts.NegRiskAdapter, Abi.Call(
            "convertPositions(bytes32,uint256,uint256)", marketId, indexSet, amount));

    /// <summary>Reads the next nonce of a Safe.</summary>
    public static ContractCall SafeNonce(EthereumAddress safe) => new(safe, Abi.Call("nonce()"));

    /// <summary>Reads the next nonce of an account whose proxy wallet the relay hub serves.</summary>
    public static ContractCall ProxyNonce(Contracts contracts, EthereumAddress account) =>
        new(contracts.RelayHub, Abi.Call("getNonce(address)", account));

    /// <summary>Reads what a market pays altogether; 0 until it is resolved.</summary>
    public static ContractCall PayoutDenominator(Contracts contracts, Bytes32 conditionId) =>
        new(contracts.ConditionalTokens, Abi.Call("payoutDenominator(bytes32)", conditionId));

    /// <summary>Reads what one outcome pays, to be divided by <see cref="PayoutDenominator"/>.</summary>
    public static ContractCall PayoutNumerator(Contracts contracts, Bytes32 conditionId, int outcome) =>
        new(contracts.ConditionalTokens, Abi.Call(
            "payoutNumerators(bytes32,uint256)", conditionId, (UInt256)(ulong)outcome));

    /// <summary>Turns pUSD into pairs on a market whose version is <c>v2</c>.</summary>
    /// <param name="contracts">The chain's contracts.</param>
    /// <param name="conditionId">31 bytes with a zero behind them.</param>
    /// <param name="amount">Dollars, and pairs, in millionths.</param>
    public static ContractCall RouterSplit(Contracts contracts, Bytes32 conditionId, UInt256 amount) =>
        new(contracts.Router, Abi.Call("split(bytes31,uint256)", conditionId, amount));

    /// <summary>Turns pairs back into pUSD on a market whose version is <c>v2</c>.</summary>
    /// <inheritdoc cref="RouterSplit"/>
    public static ContractCall RouterMerge(Contracts contracts, Bytes32 conditionId, UInt256 amount) =>
        new(contracts.Router, Abi.Call("merge(bytes31,uint256)", conditionId, amount));

    /// <summary>Redeems one outcome of a market whose version is <c>v2</c>.</summary>
    /// <inheritdoc cref="RouterSplit"/>
    public static ContractCall RouterRedeem(
        Contracts contracts, Bytes32 conditionId, int outcome, UInt256 amount) =>
        new(contracts.Router, Abi.Call(
            "redeem(bytes31,uint256,uint256)", conditionId, (UInt256)(ulong)outcome, amount));

    /// <summary>Packs several calls of a Safe into one, which the Safe delegates.</summary>
    public static ContractCall MultiSend(Contracts contracts, IReadOnlyList<ContractCall> calls)
    {
        const int Fixed = 1 + EthereumAddress.Length + (2 * Bytes32.Length);
        using var packed = new MemoryStream();
        Span<byte> head = stackalloc byte[Fixed];
        foreach (var call in calls)
        {
            head.Clear();
            call.To.CopyTo(head[1..]);
            call.Value.CopyTo(head[(1 + EthereumAddress.Length)..]);
            BinaryPrimitives.WriteInt32BigEndian(head[(Fixed - sizeof(int))..], call.Data.Length);
            packed.Write(head);
            packed.Write(call.Data.Span);
        }
        return new(contracts.MultiSend, Abi.Call("multiSend(bytes)", AbiValue.Bytes(packed.ToArray())));
    }

    /// <summary>Several calls of a proxy wallet, through its factory.</summary>
    public static ContractCall Proxy(Contracts contracts, IReadOnlyList<ContractCall> calls)
    {
        UInt256 plainCall = 1;
        return new(contracts.ProxyFactory, Abi.Call(
            "proxy((uint8,address,uint256,bytes)[])",
            AbiValue.Array(calls.Select(call =>
                AbiValue.Tuple(plainCall, call.To, call.Value, AbiValue.Bytes(call.Data))))));
    }
}
