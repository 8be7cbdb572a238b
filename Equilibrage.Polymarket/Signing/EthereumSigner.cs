using System.Buffers;
using System.Diagnostics;
using System.Security.Cryptography;

namespace Equilibrage.Polymarket.Signing;

/// <summary>
/// A private key and what it can do. The key never leaves: no member returns it, the text and the debugger show the
/// address only, and its memory is cleared when the signer is disposed. Safe to use from several threads.
/// </summary>
[DebuggerDisplay("{Address}")]
public sealed class EthereumSigner : IDisposable
{
    // Pinned, so that the garbage collector leaves no copies of the key behind.
    private readonly byte[] key = GC.AllocateUninitializedArray<byte>(Secp256k1.PrivateKeyLength, pinned: true);
    private bool isDisposed;

    private EthereumSigner(ReadOnlySpan<byte> privateKey)
    {
        if (!Secp256k1.IsPrivateKey(privateKey))
            throw new ArgumentException(
                "A private key has 32 bytes and lies below the order of the curve.", nameof(privateKey));
        privateKey.CopyTo(key);
        Span<byte> publicKey = stackalloc byte[Secp256k1.PublicKeyLength];
        Secp256k1.PublicKey(key, publicKey);
        Address = EthereumAddress.FromPublicKey(publicKey);
    }

    /// <summary>The account that the key controls.</summary>
    public EthereumAddress Address { get; }

    /// <summary>Takes a copy of a private key.</summary>
    /// <param name="privateKey">32 bytes; clear them afterwards.</param>
    /// <exception cref="ArgumentException">The bytes are no private key.</exception>
    /// <exception cref="SignatureLibraryException">The library is missing.</exception>
    public static EthereumSigner FromBytes(ReadOnlySpan<byte> privateKey) => new(privateKey);

    /// <summary>Reads a private key, 64 hexadecimal digits with or without <c>0x</c>.</summary>
    /// <exception cref="FormatException">The text is no private key; the message does not repeat it.</exception>
    /// <exception cref="SignatureLibraryException">The library is missing.</exception>
    public static EthereumSigner FromHex(ReadOnlySpan<char> privateKey)
    {
        Span<byte> bytes = stackalloc byte[Secp256k1.PrivateKeyLength];
        try
        {
            var digits = privateKey.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? privateKey[2..] : privateKey;
            if (digits.Length != 2 * bytes.Length
                || Convert.FromHexString(digits, bytes, out _, out _) != OperationStatus.Done
                || !Secp256k1.IsPrivateKey(bytes))
                throw new FormatException("A private key is 0x and 64 hexadecimal digits.");
            return new EthereumSigner(bytes);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    /// <summary>A new key that nobody has had before.</summary>
    /// <exception cref="SignatureLibraryException">The library is missing.</exception>
    public static EthereumSigner Generate()
    {
        Span<byte> bytes = stackalloc byte[Secp256k1.PrivateKeyLength];
        try
        {
            do
                RandomNumberGenerator.Fill(bytes);
            while (!Secp256k1.IsPrivateKey(bytes));
            return new EthereumSigner(bytes);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    /// <summary>Signs a digest as it is.</summary>
    /// <param name="digest">What to sign.</param>
    /// <param name="signature">Receives r, s and 27 or 28: 65 bytes.</param>
    /// <exception cref="ObjectDisposedException">The key has been cleared.</exception>
    public void Sign(in Bytes32 digest, Span<byte> signature)
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        Span<byte> bytes = stackalloc byte[Bytes32.Length];
        digest.CopyTo(bytes);
        Secp256k1.Sign(bytes, key, signature);
    }

    /// <summary>Signs a digest as it is, into a new array of 65 bytes.</summary>
    /// <exception cref="ObjectDisposedException">The key has been cleared.</exception>
    public byte[] Sign(in Bytes32 digest)
    {
        var signature = new byte[Secp256k1.SignatureLength];
        Sign(digest, signature);
        return signature;
    }

    /// <summary>
    /// Signs 32 bytes as a personal message (EIP-191): what is signed is the hash of
    /// <c>"\x19Ethereum Signed Message:\n32"</c> and the bytes.
    /// </summary>
    /// <param name="message">The 32 bytes, usually a hash of their own.</param>
    /// <exception cref="ObjectDisposedException">The key has been cleared.</exception>
    public byte[] SignPersonal(in Bytes32 message) => Sign(PersonalDigest(message));

    /// <summary>The digest that <see cref="SignPersonal"/> signs.</summary>
    public static Bytes32 PersonalDigest(in Bytes32 message)
    {
        var prefix = "\u0019Ethereum Signed Message:\n32"u8;
        Span<byte> bytes = stackalloc byte[prefix.Length + Bytes32.Length];
        prefix.CopyTo(bytes);
        message.CopyTo(bytes[prefix.Length..]);
        return Keccak256.Hash(bytes);
    }

    /// <summary>Clears the key; the address stays.</summary>
    public void Dispose()
    {
        isDisposed = true;
        CryptographicOperations.ZeroMemory(key);
    }

    /// <summary>The address; never the key.</summary>
    public override string ToString() => Address.ToString();
}
