using System.Numerics;
using Equilibrage.Core.Primitives;
using Equilibrage.Polymarket.Signing;

namespace Equilibrage.Polymarket.Chain;

/// <summary>What a transaction brought to and took from one wallet, by the events in its receipt.</summary>
/// <param name="Collateral">Dollars; negative when the wallet paid.</param>
/// <param name="Tokens">Shares of each outcome token in millionths; negative when the wallet gave them.</param>
public sealed record WalletFlow(Usdc Collateral, IReadOnlyDictionary<UInt256, long> Tokens)
{
    private static readonly Bytes32 Transfer = Abi.Topic("Transfer(address,address,uint256)");

    private static readonly Bytes32 TransferSingle =
        Abi.Topic("TransferSingle(address,address,address,uint256,uint256)");

    private static readonly Bytes32 TransferBatch =
        Abi.Topic("TransferBatch(address,address,address,uint256[],uint256[])");

    /// <summary>Adds up the events of a receipt.</summary>
    /// <exception cref="FormatException">An event of the venue's tokens cannot be read.</exception>
    public static WalletFlow Of(TransactionReceipt receipt, EthereumAddress wallet, Contracts contracts)
    {
        ArgumentNullException.ThrowIfNull(receipt);
        ArgumentNullException.ThrowIfNull(contracts);
        var dollars = BigInteger.Zero;
        var tokens = new Dictionary<UInt256, BigInteger>();
        foreach (var log in receipt.Logs)
        {
            if (log.Contract == contracts.Collateral && log.Topics is [var kind, var from, var to] && kind == Transfer)
            {
                var amount = new AbiReader(log.Data.Span).Number(0) ?? throw Unreadable(receipt);
                dollars += amount.ToBigInteger() * Direction(wallet, from, to);
            }
            else if (log.Contract == contracts.ConditionalTokens && log.Topics is [var move, _, var giver, var taker]
                && (move == TransferSingle || move == TransferBatch))
            {
                var direction = Direction(wallet, giver, taker);
                foreach (var (id, amount) in Moved(log, move == TransferSingle) ?? throw Unreadable(receipt))
                    tokens[id] = tokens.GetValueOrDefault(id) + (amount.ToBigInteger() * direction);
            }
        }
        return new(
            Usdc.FromMicros(checked((long)dollars)),
            tokens.Where(entry => !entry.Value.IsZero)
                .ToDictionary(entry => entry.Key, entry => checked((long)entry.Value)));
    }

    private static int Direction(EthereumAddress wallet, Bytes32 from, Bytes32 to) =>
        (AccountOf(to) == wallet ? 1 : 0) - (AccountOf(from) == wallet ? 1 : 0);

    private static EthereumAddress AccountOf(Bytes32 topic) =>
        EthereumAddress.From(topic.ToArray().AsSpan(Bytes32.Length - EthereumAddress.Length));

    private static IEnumerable<(UInt256 Id, UInt256 Amount)>? Moved(TransactionLog log, bool isSingle)
    {
        var reader = new AbiReader(log.Data.Span);
        if (isSingle)
            return reader.Number(0) is { } id && reader.Number(1) is { } amount ? [(id, amount)] : null;
        return reader.Numbers(0) is { } ids && reader.Numbers(1) is { } amounts && ids.Length == amounts.Length
            ? ids.Zip(amounts)
            : null;
    }

    private static FormatException Unreadable(TransactionReceipt receipt) =>
        new($"An event of transaction {receipt.Hash} cannot be read.");
}
