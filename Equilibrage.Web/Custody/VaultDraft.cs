using System.Security.Cryptography;
using Equilibrage.Polymarket.Orders;
using Equilibrage.Polymarket.Signing;

namespace Equilibrage.Web.Custody;

/// <summary>What an operator wants to put into the vault, understood and checked.</summary>
internal sealed class VaultDraft : IDisposable
{
    private const int KeyLength = Secp256k1.PrivateKeyLength;
    private const int LongestRelayerKey = 200;

    private VaultDraft(SecretBytes content, TradingWallet wallet) => (Content, Wallet) = (content, wallet);

    /// <summary>The private key, and behind it the relayer's key where there is one.</summary>
    public SecretBytes Content { get; }

    /// <summary>Whose money it is.</summary>
    public TradingWallet Wallet { get; }

    /// <summary>Understands what was entered.</summary>
    /// <param name="keyOrPhrase">64 hexadecimal digits, or 12 to 24 words.</param>
    /// <param name="funder">The account with the money; blank for the key's own.</param>
    /// <param name="relayerKey">The relayer's API key; empty for none.</param>
    /// <exception cref="VaultException">It cannot be used; the message repeats nothing of it.</exception>
    /// <exception cref="SignatureLibraryException">The library is missing.</exception>
    public static VaultDraft Read(SecretBytes keyOrPhrase, string? funder, SecretBytes? relayerKey = null)
    {
        ArgumentNullException.ThrowIfNull(keyOrPhrase);
        if (relayerKey is { Length: > LongestRelayerKey })
            throw new VaultException("The relayer's API key is too long: it looks like a UUID.");
        var content = new SecretBytes(KeyLength + (relayerKey?.Length ?? 0));
        try
        {
            ReadKey(keyOrPhrase, content.Span[..KeyLength]);
            relayerKey?.Span.CopyTo(content.Span[KeyLength..]);
            using var signer = EthereumSigner.FromBytes(content.Span[..KeyLength]);
            return new(content, VaultHeader.WalletOf(signer.Address, FunderOf(funder, signer.Address)));
        }
        catch (FormatException error)
        {
            content.Dispose();
            throw new VaultException(error.Message, error);
        }
        catch
        {
            content.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Content.Dispose();

    private static void ReadKey(SecretBytes text, Span<byte> key)
    {
        var trimmed = text.Span.Trim((byte)' ').Trim((byte)'\n').Trim((byte)'\r');
        if (SeedPhrase.LooksLikeOne(trimmed))
        {
            using var seed = new SecretBytes(SeedPhrase.SeedLength);
            SeedPhrase.ToSeed(trimmed, seed.Span);
            HdKey.Derive(seed.Span, HdKey.EthereumPath, key);
            return;
        }

        var digits = trimmed.StartsWith("0x"u8) ? trimmed[2..] : trimmed;
        if (digits.Length != 2 * key.Length
            || Convert.FromHexString(digits, key, out _, out _) != System.Buffers.OperationStatus.Done
            || !Secp256k1.IsPrivateKey(key))
        {
            CryptographicOperations.ZeroMemory(key);
            throw new FormatException("That is neither a private key (64 hexadecimal digits) nor a seed phrase.");
        }
    }

    private static EthereumAddress FunderOf(string? text, EthereumAddress own)
    {
        if (string.IsNullOrWhiteSpace(text))
            return own;
        return EthereumAddress.TryParse(text.Trim(), out var funder)
            ? funder
            : throw new VaultException("The funder is no address: it is 0x and 40 hexadecimal digits.");
    }
}
