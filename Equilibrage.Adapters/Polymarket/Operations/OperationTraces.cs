using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Polymarket.Chain;
using Equilibrage.Polymarket.Rest;
using Equilibrage.Polymarket.Signing;

namespace Equilibrage.Adapters.Polymarket.Operations;

/// <summary>
/// Finds out by the chain's events whether an operation was carried out whose answer was lost: by what it would have
/// moved, through the contract that it would have gone to, since it was signed.
/// </summary>
internal sealed class OperationTraces(JsonRpcClient chain, Contracts contracts, EthereumAddress wallet)
{
    // Nodes refuse to search long stretches at once.
    private const int BlocksAtOnce = 2_000;

    private static readonly Bytes32 Single = Abi.Topic("TransferSingle(address,address,address,uint256,uint256)");
    private static readonly Bytes32 Batch = Abi.Topic("TransferBatch(address,address,address,uint256[],uint256[])");

    /// <summary>The receipt of the transaction that carried the operation out; a success without a value: none did.
    /// </summary>
    /// <param name="row">The operation.</param>
    /// <param name="tokens">The tokens of its market.</param>
    /// <param name="others">Transactions that belong to other operations.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<PolymarketResult<TransactionReceipt>> FindAsync(
        OperationRow row, IReadOnlyCollection<UInt256> tokens, IReadOnlySet<string> others,
        CancellationToken cancellation)
    {
        foreach (var hash in row.Hashes)
        {
            var own = await chain.GetReceiptAsync(Bytes32.Parse(hash), cancellation);
            if (!own.IsOk || own.Value is not null)
                return own;
        }

        // Whoever knows the hashes of all that it signed needs no guess.
        if (row.Hashes.Count > 0)
            return PolymarketResult<TransactionReceipt>.Ok(null);
        var latest = await chain.GetBlockNumberAsync(cancellation);
        if (!latest.IsOk)
            return latest.As<TransactionReceipt>();
        for (var from = row.FirstBlock ?? latest.Value; from <= latest.Value; from += BlocksAtOnce)
        {
            var to = Math.Min(from + BlocksAtOnce - 1, latest.Value);
            var found = await FindAsync(
                from, to, others, flow => Fits(row.Operation, tokens, flow), cancellation);
            if (!found.IsOk || found.Value is not null)
                return found;
        }

        return PolymarketResult<TransactionReceipt>.Ok(null);
    }

    private async Task<PolymarketResult<TransactionReceipt>> FindAsync(
        long from, long to, IReadOnlySet<string> others, Func<WalletFlow, bool> fits, CancellationToken cancellation)
    {
        Bytes32[] movers =
        [
            Topic(contracts.CollateralAdapter), Topic(contracts.NegRiskCollateralAdapter),
            Topic(contracts.NegRiskAdapter),
        ];
        (Bytes32[] From, Bytes32[] To)[] ways = [([Topic(wallet)], []), ([], [Topic(wallet)])];
        foreach (var (giver, taker) in ways)
        {
            var named = await chain.FindTransactionsAsync(
                new(contracts.ConditionalTokens, from, to, [[Single, Batch], movers, giver, taker]), cancellation);
            if (named.Value is not { } hashes)
                return named.As<TransactionReceipt>();
            foreach (var hash in hashes.Where(hash => !others.Contains(hash.ToString())))
            {
                var receipt = await chain.GetReceiptAsync(hash, cancellation);
                if (!receipt.IsOk)
                    return receipt;
                if (receipt.Value is { HasSucceeded: true } mined 
                    && fits(WalletFlow.Of(mined, wallet, contracts)))
                    return receipt;
            }
        }

        return PolymarketResult<TransactionReceipt>.Ok(null);
    }

    private static bool Fits(ChainOperation operation, IReadOnlyCollection<UInt256> tokens, WalletFlow flow)
    {
        var amount = operation.Amount.ToMicros;
        var isOfMarket = flow.Tokens.Count > 0 && flow.Tokens.Keys.All(tokens.Contains);
        return operation.Kind switch
        {
            ChainOperationKind.Split => isOfMarket && flow.Collateral.ToMicros == -amount
                && flow.Tokens.Count == tokens.Count && flow.Tokens.Values.All(amount.Equals),
            ChainOperationKind.Merge => isOfMarket && flow.Collateral.ToMicros == amount
                && flow.Tokens.Count == tokens.Count && flow.Tokens.Values.All((-amount).Equals),
            ChainOperationKind.Redeem => isOfMarket && flow.Collateral >= Usdc.Zero
                && flow.Tokens.Values.All(shares => shares < 0),
            _ => flow.Tokens.Any(pair => tokens.Contains(pair.Key) && pair.Value == -amount)
                && flow.Tokens.Values.Any(shares => shares > 0),
        };
    }

    private static Bytes32 Topic(EthereumAddress address)
    {
        var word = new byte[Bytes32.Length];
        address.CopyToWord(word);
        return Bytes32.From(word);
    }
}
