namespace Equilibrage.Polymarket.Chain;

/// <summary>The kinds of wallets that the relayer serves.</summary>
public enum RelayerWallet
{
    /// <summary>Signature type 1.</summary>
    Proxy = 1,

    /// <summary>Signature type 2.</summary>
    Safe = 2,

    /// <summary>Signature type 3.</summary>
    Deposit = 3,
}
