using System.Text;
using Equilibrage.Polymarket.Chain;
using Equilibrage.Polymarket.Orders;
using Equilibrage.Polymarket.Rest;
using Equilibrage.Polymarket.Signing;

namespace Equilibrage.Web.Custody;

/// <summary>What an open vault gives: the signer, for as long as it stays open.</summary>
internal sealed class OpenedVault : IDisposable
{
    private OpenedVault(EthereumSigner signer, TradingWallet wallet, IRequestAuthorizer? relayer) =>
        (Signer, Wallet, Relayer) = (signer, wallet, relayer);

    /// <summary>The key, which never leaves it.</summary>
    public EthereumSigner Signer { get; }

    /// <summary>Whose money it is.</summary>
    public TradingWallet Wallet { get; }

    /// <summary>Authenticates at the relayer; null without a key for it.</summary>
    public IRequestAuthorizer? Relayer { get; }

    /// <summary>Takes the key out of the vault's content; the caller clears the content.</summary>
    /// <exception cref="VaultException">The content is not that of the header.</exception>
    public static OpenedVault Of(VaultHeader header, SecretBytes content)
    {
        const int KeyLength = Secp256k1.PrivateKeyLength;
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(content);
        var signer = EthereumSigner.FromBytes(content.Span[..KeyLength]);
        var wallet = header.Wallet;
        if (wallet.Signer != signer.Address)
        {
            signer.Dispose();
            throw new VaultException("The vault holds another key than it says. Set the wallet again.");
        }

        var relayer = content.Length > KeyLength
            ? new RelayerKey(Encoding.ASCII.GetString(content.Span[KeyLength..]), signer.Address)
            : null;
        return new(signer, wallet, relayer);
    }

    /// <inheritdoc/>
    public void Dispose() => Signer.Dispose();
}
