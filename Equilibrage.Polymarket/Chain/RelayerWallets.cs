namespace Equilibrage.Polymarket.Chain;

/// <summary>The texts of <see cref="RelayerWallet"/>.</summary>
public static class RelayerWallets
{
    /// <summary>The text, such as <c>SAFE</c>.</summary>
    public static string ToWire(this RelayerWallet kind) => kind switch
    {
        RelayerWallet.Proxy => "PROXY",
        RelayerWallet.Safe => "SAFE",
        RelayerWallet.Deposit => "WALLET",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such kind of wallet."),
    };
}
