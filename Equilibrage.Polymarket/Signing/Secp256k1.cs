using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Equilibrage.Polymarket.Signing;

/// <summary>
/// The elliptic curve of Ethereum's signatures, by libsecp256k1. The library is looked for when it is first used, so
/// that a program that never signs and never checks a signature runs without it.
/// </summary>
public static partial class Secp256k1
{
    /// <summary>Bytes of a signature: r, s and the recovery byte, 27 or 28.</summary>
    public const int SignatureLength = 65;

    /// <summary>Bytes of a private key.</summary>
    public const int PrivateKeyLength = 32;

    /// <summary>Bytes of a public key: x and y.</summary>
    public const int PublicKeyLength = 64;

    private const string Library = "secp256k1";
    private const uint ContextNone = 1;
    private const uint Uncompressed = 2;
    private const int CompactLength = 64;
    private const int SerializedLength = 65;
    private const byte RecoveryOffset = 27;

    // What distributions call it. Only calls that all of these versions share are made.
    private static readonly string[] Names =
        OperatingSystem.IsWindows() ? ["libsecp256k1-2.dll", "libsecp256k1-1.dll", "secp256k1.dll"]
        : OperatingSystem.IsMacOS() ? ["libsecp256k1.dylib", "/opt/homebrew/lib/libsecp256k1.dylib"]
        : ["libsecp256k1.so.1", "libsecp256k1.so.2", "libsecp256k1.so.5", "libsecp256k1.so.6", "libsecp256k1.so"];

    private static readonly Lazy<nint> Context = new(CreateContext);

    static Secp256k1() => NativeLibrary.SetDllImportResolver(typeof(Secp256k1).Assembly, Resolve);

    /// <summary>True when the library is on this machine and works.</summary>
    public static bool IsAvailable
    {
        get
        {
            try
            {
                return Context.Value != 0;
            }
            catch (SignatureLibraryException)
            {
                return false;
            }
        }
    }

    /// <summary>Does nothing when signatures can be made.</summary>
    /// <exception cref="SignatureLibraryException">The library is missing; the message says how to install it.
    /// </exception>
    public static void EnsureAvailable() => _ = Context.Value;

    /// <summary>True for a number that is a private key: above 0 and below the order of the curve.</summary>
    /// <exception cref="SignatureLibraryException">The library is missing.</exception>
    public static bool IsPrivateKey(ReadOnlySpan<byte> privateKey) =>
        privateKey.Length == PrivateKeyLength
        && VerifyKey(Context.Value, in MemoryMarshal.GetReference(privateKey)) == 1;

    /// <summary>Writes the public key of a private key.</summary>
    /// <param name="privateKey">32 bytes.</param>
    /// <param name="publicKey">Receives x and y, 64 bytes.</param>
    /// <exception cref="ArgumentException">The private key is none, or there is no room.</exception>
    /// <exception cref="SignatureLibraryException">The library is missing.</exception>
    public static void PublicKey(ReadOnlySpan<byte> privateKey, Span<byte> publicKey)
    {
        Span<byte> key = stackalloc byte[PublicKeyLength];
        if (privateKey.Length != PrivateKeyLength
            || CreateKey(Context.Value, out key[0], in MemoryMarshal.GetReference(privateKey)) != 1)
            throw new ArgumentException("These bytes are no private key.", nameof(privateKey));
        Serialize(key, publicKey);
    }

    /// <summary>
    /// Signs a digest, deterministically (RFC 6979) and with the lower of the two possible values of s.
    /// </summary>
    /// <param name="digest">32 bytes.</param>
    /// <param name="privateKey">32 bytes.</param>
    /// <param name="signature">Receives r, s and 27 or 28: 65 bytes.</param>
    /// <exception cref="ArgumentException">A length is wrong or the private key is none.</exception>
    /// <exception cref="SignatureLibraryException">The library is missing.</exception>
    public static void Sign(ReadOnlySpan<byte> digest, ReadOnlySpan<byte> privateKey, Span<byte> signature)
    {
        if (digest.Length != Bytes32.Length || signature.Length < SignatureLength)
            throw new ArgumentException("A digest has 32 bytes, a signature 65.", nameof(digest));
        Span<byte> opaque = stackalloc byte[SignatureLength];
        if (privateKey.Length != PrivateKeyLength || SignRecoverable(
                Context.Value, out opaque[0], in digest[0], in MemoryMarshal.GetReference(privateKey), 0, 0) != 1)
            throw new ArgumentException("These bytes are no private key.", nameof(privateKey));
        _ = SerializeCompact(Context.Value, out signature[0], out var recovery, in opaque[0]);
        signature[CompactLength] = (byte)(RecoveryOffset + recovery);
    }

    /// <summary>Adds a number to a private key, modulo the order of the curve: a step of key derivation.</summary>
    /// <param name="privateKey">32 bytes, replaced by the sum; worthless when the answer is false.</param>
    /// <param name="addend">32 bytes.</param>
    /// <returns>False when the addend is too large or the sum is no private key.</returns>
    /// <exception cref="ArgumentException">A length is wrong.</exception>
    /// <exception cref="SignatureLibraryException">The library is missing.</exception>
    internal static bool TryAdd(Span<byte> privateKey, ReadOnlySpan<byte> addend)
    {
        if (privateKey.Length != PrivateKeyLength || addend.Length != PrivateKeyLength)
            throw new ArgumentException("A private key and what is added to it have 32 bytes.", nameof(privateKey));
        return AddToKey(Context.Value, ref privateKey[0], in addend[0]) == 1;
    }

    /// <summary>
    /// The public key that made a signature. False when none can have: such as r or s out of range, a high s, which
    /// contracts refuse because it can be made from the low one by anybody, or a recovery byte that is not 27 or 28.
    /// </summary>
    /// <param name="digest">The signed 32 bytes.</param>
    /// <param name="signature">r, s and 27 or 28: 65 bytes.</param>
    /// <param name="publicKey">Receives x and y, 64 bytes.</param>
    /// <exception cref="SignatureLibraryException">The library is missing.</exception>
    [SkipLocalsInit]
    public static bool TryRecover(
        ReadOnlySpan<byte> digest, ReadOnlySpan<byte> signature, Span<byte> publicKey)
    {
        if (digest.Length != Bytes32.Length || signature.Length != SignatureLength
            || signature[CompactLength] is not (RecoveryOffset or RecoveryOffset + 1))
            return false;
        var context = Context.Value;
        Span<byte> plain = stackalloc byte[CompactLength];
        Span<byte> opaque = stackalloc byte[SignatureLength];
        Span<byte> key = stackalloc byte[PublicKeyLength];
        if (ParsePlain(context, out plain[0], in signature[0]) != 1
            || Normalize(context, out opaque[0], in plain[0]) != 0
            || ParseCompact(context, out opaque[0], in signature[0], signature[CompactLength] - RecoveryOffset) != 1
            || Recover(context, out key[0], in opaque[0], in digest[0]) != 1)
            return false;
        Serialize(key, publicKey);
        return true;
    }

    /// <summary>The account that signed a digest; false when the signature is malformed.</summary>
    /// <param name="digest">What was signed.</param>
    /// <param name="signature">r, s and 27 or 28: 65 bytes.</param>
    /// <param name="signer">The account.</param>
    /// <exception cref="SignatureLibraryException">The library is missing.</exception>
    public static bool TryRecover(in Bytes32 digest, ReadOnlySpan<byte> signature, out EthereumAddress signer)
    {
        Span<byte> bytes = stackalloc byte[Bytes32.Length];
        Span<byte> key = stackalloc byte[PublicKeyLength];
        digest.CopyTo(bytes);
        var ok = TryRecover(bytes, signature, key);
        signer = ok ? EthereumAddress.FromPublicKey(key) : default;
        return ok;
    }

    private static void Serialize(ReadOnlySpan<byte> opaque, Span<byte> publicKey)
    {
        Span<byte> serialized = stackalloc byte[SerializedLength];
        nuint length = SerializedLength;
        _ = SerializeKey(Context.Value, out serialized[0], ref length, in opaque[0], Uncompressed);
        serialized[1..].CopyTo(publicKey);
    }

    private static nint CreateContext()
    {
        nint context;
        try
        {
            context = Create(ContextNone);
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException or BadImageFormatException)
        {
            throw new SignatureLibraryException(e);
        }
        // The blinding makes what a key does to time and power unpredictable (side channels).
        Span<byte> seed = stackalloc byte[32];
        RandomNumberGenerator.Fill(seed);
        _ = Randomize(context, in seed[0]);
        CryptographicOperations.ZeroMemory(seed);
        return context;
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        if (name != Library)
            return 0;
        foreach (var candidate in Names)
            if (NativeLibrary.TryLoad(candidate, assembly, path, out var handle))
                return handle;
        return 0;
    }

    [LibraryImport(Library, EntryPoint = "secp256k1_context_create")]
    private static partial nint Create(uint flags);

    [LibraryImport(Library, EntryPoint = "secp256k1_context_randomize")]
    private static partial int Randomize(nint context, in byte seed);

    [LibraryImport(Library, EntryPoint = "secp256k1_ec_seckey_verify")]
    private static partial int VerifyKey(nint context, in byte privateKey);

    [LibraryImport(Library, EntryPoint = "secp256k1_ec_pubkey_create")]
    private static partial int CreateKey(nint context, out byte publicKey, in byte privateKey);

    [LibraryImport(Library, EntryPoint = "secp256k1_ec_seckey_tweak_add")]
    private static partial int AddToKey(nint context, ref byte privateKey, in byte addend);

    [LibraryImport(Library, EntryPoint = "secp256k1_ec_pubkey_serialize")]
    private static partial int SerializeKey(
        nint context, out byte output, ref nuint length, in byte publicKey, uint flags);

    [LibraryImport(Library, EntryPoint = "secp256k1_ecdsa_sign_recoverable")]
    private static partial int SignRecoverable(
        nint context, out byte signature, in byte digest, in byte privateKey, nint nonceFunction, nint nonceData);

    [LibraryImport(Library, EntryPoint = "secp256k1_ecdsa_recoverable_signature_serialize_compact")]
    private static partial int SerializeCompact(nint context, out byte output, out int recovery, in byte signature);

    [LibraryImport(Library, EntryPoint = "secp256k1_ecdsa_recoverable_signature_parse_compact")]
    private static partial int ParseCompact(nint context, out byte signature, in byte input, int recovery);

    [LibraryImport(Library, EntryPoint = "secp256k1_ecdsa_recover")]
    private static partial int Recover(nint context, out byte publicKey, in byte signature, in byte digest);

    [LibraryImport(Library, EntryPoint = "secp256k1_ecdsa_signature_parse_compact")]
    private static partial int ParsePlain(nint context, out byte signature, in byte input);

    [LibraryImport(Library, EntryPoint = "secp256k1_ecdsa_signature_normalize")]
    private static partial int Normalize(nint context, out byte output, in byte input);
}
