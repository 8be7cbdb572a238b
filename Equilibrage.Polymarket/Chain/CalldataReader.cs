using System.Collections.Concurrent;
using Equilibrage.Polymarket.Signing;

namespace Equilibrage.Polymarket.Chain;

/// <summary>Reads calls as a chain does: the other direction of <see cref="Calldata"/>.</summary>
public static class CalldataReader
{
    private const int MultiSendHead = 1 + EthereumAddress.Length + (2 * Bytes32.Length);

    private static readonly UInt256 PlainCall = 1;
    private static readonly ConcurrentDictionary<string, byte[]> Selectors = new();

    /// <summary>What a call does. A position's call to a contract that is no adapter is another.</summary>
    public static WalletAction ReadAction(ContractCall call, Contracts contracts)
    {
        ArgumentNullException.ThrowIfNull(contracts);
        var arguments = new AbiReader(ArgumentsOf(call));
        WalletAction? action = null;
        if (Is(call, "approve(address,uint256)"))
            action = arguments.Address(0) is { } spender && arguments.Number(1) is { } amount
                ? new WalletAction.Allow(call.To, spender, amount) : null;
        else if (Is(call, "setApprovalForAll(address,bool)"))
            action = arguments.Address(0) is { } mover && arguments.Flag(1) is { } isAllowed
                ? new WalletAction.AllowAll(call.To, mover, isAllowed) : null;
        else if (call.To == contracts.CollateralAdapter || call.To == contracts.NegRiskCollateralAdapter)
            action = ReadPosition(call, arguments, call.To == contracts.NegRiskCollateralAdapter);
        return action ?? new WalletAction.Other(call);
    }

    /// <summary>What a call asks.</summary>
    public static ContractQuery ReadQuery(ContractCall call)
    {
        var arguments = new AbiReader(ArgumentsOf(call));
        ContractQuery? query = null;
        if (Is(call, "balanceOf(address)"))
            query = arguments.Address(0) is { } account ? new ContractQuery.Balance(call.To, account) : null;
        else if (Is(call, "allowance(address,address)"))
            query = arguments.Address(0) is { } owner && arguments.Address(1) is { } spender
                ? new ContractQuery.Allowance(call.To, owner, spender) : null;
        else if (Is(call, "isApprovedForAll(address,address)"))
            query = arguments.Address(0) is { } giver && arguments.Address(1) is { } mover
                ? new ContractQuery.AllowsAll(call.To, giver, mover) : null;
        else if (Is(call, "balanceOf(address,uint256)"))
            query = arguments.Address(0) is { } holder && arguments.Number(1) is { } tokenId
                ? new ContractQuery.TokenBalance(call.To, holder, tokenId) : null;
        else if (Is(call, "balanceOfBatch(address[],uint256[])"))
            query = ReadBatch(call.To, arguments);
        else if (Is(call, "payoutDenominator(bytes32)"))
            query = arguments.Word(0) is { } condition ? new ContractQuery.PayoutDenominator(condition) : null;
        else if (Is(call, "payoutNumerators(bytes32,uint256)"))
            query = arguments.Word(0) is { } market
                && arguments.Number(1)?.ToUInt64() is { } outcome and <= int.MaxValue
                    ? new ContractQuery.PayoutNumerator(market, (int)outcome) : null;
        return query ?? new ContractQuery.Other(call);
    }

    /// <summary>The calls that <see cref="Calldata.MultiSend"/> packed; null when these are none.</summary>
    public static IReadOnlyList<ContractCall>? UnpackMultiSend(ContractCall call)
    {
        if (!Is(call, "multiSend(bytes)") || new AbiReader(ArgumentsOf(call)).Bytes(0) is not { } packed)
            return null;
        var calls = new List<ContractCall>();
        var rest = packed.AsMemory();
        while (!rest.IsEmpty)
        {
            if (rest.Length < MultiSendHead || rest.Span[0] != 0)
                return null;
            var head = rest.Span[1..MultiSendHead];
            var length = UInt256.FromBigEndian(head[^Bytes32.Length..]).ToUInt64();
            if (length is not { } bytes || bytes > (ulong)(rest.Length - MultiSendHead))
                return null;
            calls.Add(new(
                EthereumAddress.From(head), rest.Slice(MultiSendHead, (int)bytes),
                UInt256.FromBigEndian(head[EthereumAddress.Length..])));
            rest = rest[(MultiSendHead + (int)bytes)..];
        }
        return calls;
    }

    /// <summary>The calls that <see cref="Calldata.Proxy"/> packed; null when these are none.</summary>
    public static IReadOnlyList<ContractCall>? UnpackProxy(ContractCall call)
    {
        if (!Is(call, "proxy((uint8,address,uint256,bytes)[])")
            || !new AbiReader(ArgumentsOf(call)).TryItems(0, out var items, out var count))
            return null;
        var calls = new List<ContractCall>();
        for (var index = 0; index < count; index++)
        {
            if (!items.TryStruct(index, out var fields) || fields.Number(0) != PlainCall
                || fields.Address(1) is not { } to || fields.Number(2) is not { } value
                || fields.Bytes(3) is not { } data)
                return null;
            calls.Add(new(to, data, value));
        }
        return calls;
    }

    private static WalletAction? ReadPosition(ContractCall call, AbiReader arguments, bool isNegRisk)
    {
        if (arguments.Word(2) is not { } condition)
            return null;
        if (Is(call, "redeemPositions(address,bytes32,bytes32,uint256[])"))
            return new WalletAction.Redeem(condition, isNegRisk);
        if (arguments.Number(4) is not { } amount)
            return null;
        return Is(call, "splitPosition(address,bytes32,bytes32,uint256[],uint256)")
            ? new WalletAction.Split(condition, amount, isNegRisk)
            : Is(call, "mergePositions(address,bytes32,bytes32,uint256[],uint256)")
                ? new WalletAction.Merge(condition, amount, isNegRisk)
                : null;
    }

    private static ContractQuery.TokenBalances? ReadBatch(EthereumAddress token, AbiReader arguments)
    {
        if (arguments.Numbers(0) is not { } words || arguments.Numbers(1) is not { } ids || words.Length != ids.Length)
            return null;
        var accounts = new EthereumAddress[words.Length];
        Span<byte> word = stackalloc byte[Bytes32.Length];
        for (var index = 0; index < words.Length; index++)
        {
            words[index].CopyTo(word);
            if (new AbiReader(word).Address(0) is not { } account)
                return null;
            accounts[index] = account;
        }
        return new(token, accounts, ids);
    }

    private static bool Is(ContractCall call, string function) =>
        call.Data.Length >= Abi.SelectorLength
        && call.Data.Span[..Abi.SelectorLength].SequenceEqual(Selectors.GetOrAdd(function, Abi.Selector));

    private static ReadOnlySpan<byte> ArgumentsOf(ContractCall call) =>
        call.Data.Length >= Abi.SelectorLength ? call.Data.Span[Abi.SelectorLength..] : default;
}
