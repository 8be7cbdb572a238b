using System.Numerics;
using Equilibrage.Polymarket.Signing;

namespace Equilibrage.Polymarket.Chain;

/// <summary>A permission that a wallet gives to a contract, without a bound.</summary>
/// <param name="Token">pUSD or the outcome tokens.</param>
/// <param name="Spender">Who may take them.</param>
/// <param name="IsForOutcomeTokens">True for the outcome tokens (ERC-1155), false for pUSD (ERC-20).</param>
/// <param name="Purpose">What it is needed for, as a user reads it.</param>
public sealed record Approval(EthereumAddress Token, EthereumAddress Spender, bool IsForOutcomeTokens, string Purpose)
{
    // Half of what can be allowed: some tokens count an allowance down and would never again show all of it.
    private static readonly UInt256 Plenty = UInt256.From(BigInteger.One << 255);

    /// <summary>Reads whether the permission is there.</summary>
    public ContractCall Read(EthereumAddress owner) => IsForOutcomeTokens
        ? Calldata.IsApprovedForAll(Token, owner, Spender)
        : Calldata.Allowance(Token, owner, Spender);

    /// <summary>Gives the permission.</summary>
    public ContractCall Grant() => IsForOutcomeTokens
        ? Calldata.SetApprovalForAll(Token, Spender, isAllowed: true)
        : Calldata.Approve(Token, Spender, UInt256.MaxValue);

    /// <summary>What <see cref="Read"/> returned; null when it cannot be read.</summary>
    public bool? IsGranted(ReadOnlySpan<byte> returned)
    {
        var reader = new AbiReader(returned);
        return IsForOutcomeTokens ? reader.Flag(0) : reader.Number(0) is { } allowance ? allowance >= Plenty : null;
    }

    /// <summary>All permissions that trading, splitting, merging and redeeming need.</summary>
    /// <param name="contracts">The chain's contracts.</param>
    /// <param name="withAutoRedeemer">
    /// Whether the venue may redeem resolved shares by itself; then balances change without a call of ours.
    /// </param>
    public static IReadOnlyList<Approval> Required(Contracts contracts, bool withAutoRedeemer = false)
    {
        ArgumentNullException.ThrowIfNull(contracts);
        var (dollars, tokens) = (contracts.Collateral, contracts.ConditionalTokens);
        List<Approval> all =
        [
            new(dollars, contracts.Exchange, false, "buy on ordinary markets"),
            new(dollars, contracts.NegRiskExchange, false, "buy on negative-risk markets"),
            new(dollars, contracts.NegRiskAdapter, false, "buy on negative-risk markets, where it is still asked for"),
            new(dollars, contracts.CollateralAdapter, false, "split on ordinary markets"),
            new(dollars, contracts.NegRiskCollateralAdapter, false, "split on negative-risk markets"),
            new(tokens, contracts.Exchange, true, "sell on ordinary markets"),
            new(tokens, contracts.NegRiskExchange, true, "sell on negative-risk markets"),
            new(tokens, contracts.CollateralAdapter, true, "merge and redeem on ordinary markets"),
            new(tokens, contracts.NegRiskCollateralAdapter, true, "merge and redeem on negative-risk markets"),
        ];
        if (withAutoRedeemer)
            all.Add(new(tokens, contracts.AutoRedeemer, true, "let the venue redeem"));
        return all;
    }
}
