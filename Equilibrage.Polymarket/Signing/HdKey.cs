using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Equilibrage.Polymarket.Signing;

/// <summary>
/// Private keys that follow from one seed (BIP-32). Nothing is kept: every step works on the stack and clears it.
/// </summary>
public static class HdKey
{
    /// <summary>Added to an index, makes a step hardened; written with an apostrophe.</summary>
    public const uint Hardened = 0x8000_0000;

    private const int WordLength = 32;
    private const int DigestLength = HMACSHA512.HashSizeInBytes;
    private const int StepLength = 1 + WordLength + sizeof(uint);

    private static readonly uint[] FirstAccount = [44 | Hardened, 60 | Hardened, Hardened, 0, 0];

    /// <summary>The path of Ethereum's first account, m/44'/60'/0'/0/0, which wallets show first.</summary>
    public static ReadOnlySpan<uint> EthereumPath => FirstAccount;

    /// <summary>Derives the private key at a path.</summary>
    /// <param name="seed">16 to 64 bytes.</param>
    /// <param name="path">The steps, from the root.</param>
    /// <param name="privateKey">Receives 32 bytes; clear them after use.</param>
    /// <exception cref="ArgumentException">A length is wrong.</exception>
    /// <exception cref="CryptographicException">
    /// There is no key at that path, which happens by chance once in 2^127 times: take the next index.
    /// </exception>
    /// <exception cref="SignatureLibraryException">The library is missing.</exception>
    public static void Derive(ReadOnlySpan<byte> seed, ReadOnlySpan<uint> path, Span<byte> privateKey)
    {
        if (seed.Length is < 16 or > 64 || privateKey.Length != WordLength)
            throw new ArgumentException("A seed has 16 to 64 bytes, a private key 32.", nameof(seed));
        Span<byte> digest = stackalloc byte[DigestLength];
        Span<byte> chain = stackalloc byte[WordLength];
        try
        {
            HMACSHA512.HashData("Bitcoin seed"u8, seed, digest);
            digest[..WordLength].CopyTo(privateKey);
            digest[WordLength..].CopyTo(chain);
            if (!Secp256k1.IsPrivateKey(privateKey))
                throw NoKey();
            foreach (var index in path)
                Step(privateKey, chain, index);
        }
        catch
        {
            CryptographicOperations.ZeroMemory(privateKey);
            throw;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(digest);
            CryptographicOperations.ZeroMemory(chain);
        }
    }

    private static void Step(Span<byte> privateKey, Span<byte> chain, uint index)
    {
        Span<byte> data = stackalloc byte[StepLength];
        Span<byte> digest = stackalloc byte[DigestLength];
        try
        {
            if (index >= Hardened)
            {
                data[0] = 0;
                privateKey.CopyTo(data[1..]);
            }
            else
                WritePublicKey(privateKey, data);
            BinaryPrimitives.WriteUInt32BigEndian(data[^sizeof(uint)..], index);
            HMACSHA512.HashData(chain, data, digest);
            digest[WordLength..].CopyTo(chain);
            if (!Secp256k1.TryAdd(privateKey, digest[..WordLength]))
                throw NoKey();
        }
        finally
        {
            CryptographicOperations.ZeroMemory(data);
            CryptographicOperations.ZeroMemory(digest);
        }
    }

    // Compressed: whether y is odd, and x.
    private static void WritePublicKey(ReadOnlySpan<byte> privateKey, Span<byte> data)
    {
        Span<byte> point = stackalloc byte[Secp256k1.PublicKeyLength];
        Secp256k1.PublicKey(privateKey, point);
        data[0] = (byte)(2 | (point[^1] & 1));
        point[..WordLength].CopyTo(data[1..]);
    }

    private static CryptographicException NoKey() => new("There is no key at this path.");
}
