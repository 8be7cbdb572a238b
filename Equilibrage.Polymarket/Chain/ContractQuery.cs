using Equilibrage.Polymarket.Signing;

namespace Equilibrage.Polymarket.Chain;

/// <summary>What is asked of the venue's contracts, changing nothing: <see cref="Calldata"/> read back.</summary>
public abstract record ContractQuery
{
    private ContractQuery()
    {
    }

    /// <summary>Balance of an ERC-20 token; answered by a number.</summary>
    public sealed record Balance(EthereumAddress Token, EthereumAddress Account) : ContractQuery;

    /// <summary>How much of an ERC-20 token a contract may take; answered by a number.</summary>
    public sealed record Allowance(EthereumAddress Token, EthereumAddress Owner, EthereumAddress Spender)
        : ContractQuery;

    /// <summary>Whether a contract may move all outcome tokens; answered by a truth.</summary>
    public sealed record AllowsAll(EthereumAddress Token, EthereumAddress Owner, EthereumAddress Spender)
        : ContractQuery;

    /// <summary>Balance of one outcome token; answered by a number.</summary>
    public sealed record TokenBalance(EthereumAddress Token, EthereumAddress Account, UInt256 TokenId)
        : ContractQuery;

    /// <summary>Balances of several accounts and tokens, pair by pair; answered by an array of numbers.</summary>
    public sealed record TokenBalances(
        EthereumAddress Token, IReadOnlyList<EthereumAddress> Accounts, IReadOnlyList<UInt256> TokenIds)
        : ContractQuery;

    /// <summary>What a market pays altogether; answered by a number, 0 until it is resolved.</summary>
    public sealed record PayoutDenominator(Bytes32 ConditionId) : ContractQuery;

    /// <summary>What one outcome pays of that; answered by a number.</summary>
    public sealed record PayoutNumerator(Bytes32 ConditionId, int Outcome) : ContractQuery;

    /// <summary>Any other call.</summary>
    public sealed record Other(ContractCall Call) : ContractQuery;
}
