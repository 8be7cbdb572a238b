using Equilibrage.Polymarket.Chain;
using Equilibrage.Polymarket.Orders;
using Equilibrage.Polymarket.Signing;
using Equilibrage.Tests.Support;

namespace Equilibrage.Tests.Unit.Chain;

[Trait("Tier", "Unit")]
public sealed class WalletDerivationTests
{
    private static readonly Contracts Polygon = Contracts.Polygon;

    [Fact]
    public void Wallets_GoldenVectors_HaveTheSameAddresses()
    {
        foreach (var vector in Golden.Vectors("wallet-derivation"))
        {
            var account = vector.Address("signer");

            Assert.Equal(vector.Address("proxyWallet"), WalletDerivation.Proxy(account, Polygon));
            Assert.Equal(vector.Address("safeWallet"), WalletDerivation.Safe(account, Polygon));
            Assert.Equal(vector.Address("depositWalletBeacon"), WalletDerivation.DepositWallet(account, Polygon));
            Assert.Equal(
                vector.Address("depositWalletUupsPre20260629"), WalletDerivation.EarlyDepositWallet(account, Polygon));
            Assert.Equal(
                vector.GetProperty("depositWalletBeaconDerivation").Word("salt"),
                WalletDerivation.DepositWalletSalt(account, Polygon.DepositWalletFactory, new byte[64]));
        }
    }

    [Fact]
    public void Contracts_GoldenConfiguration_IsTheSame()
    {
        var config = Golden.Read("wallet-derivation").GetProperty("config");

        Assert.Equal(config.Address("depositWalletFactory"), Polygon.DepositWalletFactory);
        Assert.Equal(config.Address("depositWalletBeacon"), Polygon.DepositWalletBeacon);
        Assert.Equal(config.Address("depositWalletImplementation"), Polygon.DepositWalletImplementation);
        Assert.Equal(config.Address("proxyFactory"), Polygon.ProxyFactory);
        Assert.Equal(config.Address("safeFactory"), Polygon.SafeFactory);
    }

    [Fact]
    public void Classify_Funder_IsTheTypeOfItsWallet()
    {
        var account = EthereumAddress.Parse("0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266");

        Assert.Equal(SignatureType.Eoa, Classify(account));
        Assert.Equal(SignatureType.PolyProxy, Classify(WalletDerivation.Proxy(account, Polygon)));
        Assert.Equal(SignatureType.PolyGnosisSafe, Classify(WalletDerivation.Safe(account, Polygon)));
        Assert.Equal(SignatureType.Poly1271, Classify(WalletDerivation.DepositWallet(account, Polygon)));
        Assert.Equal(SignatureType.Poly1271, Classify(WalletDerivation.EarlyDepositWallet(account, Polygon)));
        Assert.Null(Classify(Polygon.Exchange));

        SignatureType? Classify(EthereumAddress funder) => WalletDerivation.Classify(account, funder, Polygon);
    }
}
