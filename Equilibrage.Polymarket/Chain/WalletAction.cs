using Equilibrage.Polymarket.Signing;

namespace Equilibrage.Polymarket.Chain;

/// <summary>What a wallet has the venue's contracts do: <see cref="Calldata"/> read back.</summary>
public abstract record WalletAction
{
    private WalletAction()
    {
    }

    /// <summary>Lets a contract take dollars of the wallet.</summary>
    public sealed record Allow(EthereumAddress Token, EthereumAddress Spender, UInt256 Amount) : WalletAction;

    /// <summary>Lets a contract move all outcome tokens of the wallet, or no longer.</summary>
    public sealed record AllowAll(EthereumAddress Token, EthereumAddress Spender, bool IsAllowed) : WalletAction;

    /// <summary>Turns dollars into pairs.</summary>
    public sealed record Split(Bytes32 ConditionId, UInt256 Amount, bool IsNegRisk) : WalletAction;

    /// <summary>Turns pairs into dollars.</summary>
    public sealed record Merge(Bytes32 ConditionId, UInt256 Amount, bool IsNegRisk) : WalletAction;

    /// <summary>Turns all shares of a resolved market into what they pay.</summary>
    public sealed record Redeem(Bytes32 ConditionId, bool IsNegRisk) : WalletAction;

    /// <summary>Any other call.</summary>
    public sealed record Other(ContractCall Call) : WalletAction;
}
