using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;
using Equilibrage.Polymarket.Signing;

namespace Equilibrage.Polymarket.Orders;

/// <summary>
/// Signatures of orders. Types 0 to 2: the key signs the order's id, 65 bytes. Type 3: it signs the order nested in
/// the deposit wallet's own typed data (ERC-7739), and what the contract needs to see through that follows the
/// signature, 317 bytes.
/// </summary>
public static class OrderSignature
{
    /// <summary>Bytes of the longest signature, that of type 3.</summary>
    public const int MaxLength = 317;

    private const int PlainLength = Secp256k1.SignatureLength;
    private const int SeparatorAt = PlainLength;
    private const int StructAt = SeparatorAt + Bytes32.Length;
    private const int TypeAt = StructAt + Bytes32.Length;
    private const int NestedWords = 7;

    private static readonly byte[] OrderType = Encoding.UTF8.GetBytes(ExchangeOrder.TypeText);

    private static readonly Bytes32 NestedType = Eip712.HashOf(
        "TypedDataSign(Order contents,string name,string version,uint256 chainId,address verifyingContract,"
        + "bytes32 salt)" + ExchangeOrder.TypeText);

    private static readonly Bytes32 WalletName = Eip712.HashOf("DepositWallet");
    private static readonly Bytes32 WalletVersion = Eip712.HashOf("1");

    /// <summary>Bytes of a signature of this type.</summary>
    public static int Length(SignatureType type) => type == SignatureType.Poly1271 ? MaxLength : PlainLength;

    /// <summary>Signs an order; allocates nothing.</summary>
    /// <param name="signer">The key.</param>
    /// <param name="order">The order; its type decides the form.</param>
    /// <param name="domain">The domain of the market's exchange.</param>
    /// <param name="destination">Receives the signature, at most <see cref="MaxLength"/> bytes.</param>
    /// <returns>Bytes written.</returns>
    /// <exception cref="SignatureLibraryException">The library is missing.</exception>
    public static int Sign(
        EthereumSigner signer, in ExchangeOrder order, ExchangeDomain domain, Span<byte> destination)
    {
        ArgumentNullException.ThrowIfNull(signer);
        ArgumentNullException.ThrowIfNull(domain);
        var contents = order.StructHash();
        if (order.SignatureType != SignatureType.Poly1271)
        {
            signer.Sign(Eip712.Digest(domain.Separator, contents), destination);
            return PlainLength;
        }

        signer.Sign(NestedDigest(contents, order.Maker, domain), destination);
        WriteTail(contents, domain, destination);
        return MaxLength;
    }

    /// <summary>Signs an order into a new array.</summary>
    /// <inheritdoc cref="Sign(EthereumSigner, in ExchangeOrder, ExchangeDomain, Span{byte})"/>
    public static byte[] Sign(EthereumSigner signer, in ExchangeOrder order, ExchangeDomain domain)
    {
        var signature = new byte[Length(order.SignatureType)];
        Sign(signer, order, domain, signature);
        return signature;
    }

    /// <summary>
    /// The account whose key signed the order. False when the signature is malformed or, for type 3, wraps another
    /// order. That this account may sign for the order's maker is judged by <see cref="OrderVerification"/>.
    /// </summary>
    /// <param name="order">The order; its type decides the form.</param>
    /// <param name="domain">The domain of the market's exchange.</param>
    /// <param name="signature">The signature.</param>
    /// <param name="signer">The account of the key.</param>
    /// <exception cref="SignatureLibraryException">The library is missing.</exception>
    public static bool TryRecover(
        in ExchangeOrder order, ExchangeDomain domain, ReadOnlySpan<byte> signature, out EthereumAddress signer)
    {
        ArgumentNullException.ThrowIfNull(domain);
        signer = default;
        if (signature.Length != Length(order.SignatureType))
            return false;
        var contents = order.StructHash();
        if (order.SignatureType != SignatureType.Poly1271)
            return Secp256k1.TryRecover(Eip712.Digest(domain.Separator, contents), signature, out signer);

        Span<byte> expected = stackalloc byte[MaxLength];
        WriteTail(contents, domain, expected);
        return signature[SeparatorAt..].SequenceEqual(expected[SeparatorAt..])
            && Secp256k1.TryRecover(
                NestedDigest(contents, order.Maker, domain), signature[..PlainLength], out signer);
    }

    /// <summary>The digest that the key of a deposit wallet signs (ERC-7739).</summary>
    /// <param name="contents">The order's struct hash.</param>
    /// <param name="wallet">The deposit wallet.</param>
    /// <param name="domain">The domain of the market's exchange.</param>
    public static Bytes32 NestedDigest(in Bytes32 contents, EthereumAddress wallet, ExchangeDomain domain)
    {
        ArgumentNullException.ThrowIfNull(domain);
        return Eip712.Digest(domain.Separator, NestedStructHash(contents, wallet, domain.ChainId));
    }

    /// <summary>The struct hash of an order nested in its deposit wallet's typed data.</summary>
    /// <inheritdoc cref="NestedDigest"/>
    [SkipLocalsInit]
    public static Bytes32 NestedStructHash(in Bytes32 contents, EthereumAddress wallet, long chainId)
    {
        var words = new WordWriter(stackalloc byte[NestedWords * Bytes32.Length]);
        words.Add(NestedType);
        words.Add(contents);
        words.Add(WalletName);
        words.Add(WalletVersion);
        words.Add(chainId);
        words.Add(wallet);
        words.Add(Bytes32.Zero);
        return Keccak256.Hash(words.Written);
    }

    private static void WriteTail(in Bytes32 contents, ExchangeDomain domain, Span<byte> destination)
    {
        domain.Separator.CopyTo(destination[SeparatorAt..]);
        contents.CopyTo(destination[StructAt..]);
        OrderType.CopyTo(destination[TypeAt..]);
        BinaryPrimitives.WriteUInt16BigEndian(destination[(MaxLength - 2)..MaxLength], (ushort)OrderType.Length);
    }
}
