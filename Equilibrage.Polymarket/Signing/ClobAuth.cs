using System.Globalization;

namespace Equilibrage.Polymarket.Signing;

/// <summary>
/// The wallet's signature (L1) by which the order book's server hands out API keys: typed data <c>ClobAuth</c> in the
/// domain <c>ClobAuthDomain</c>, version 1, without a contract.
/// </summary>
public static class ClobAuth
{
    /// <summary>The sentence that is signed.</summary>
    public const string Message = "This message attests that I control the given wallet";

    private static readonly Bytes32 StructType = Eip712.TypeHash(
        "ClobAuth(address address,string timestamp,uint256 nonce,string message)"u8);

    private static readonly Bytes32 MessageHash = Eip712.HashOf(Message);

    /// <summary>The domain's hash on a chain.</summary>
    public static Bytes32 DomainSeparator(long chainId) => Eip712.DomainSeparator(chainId, "ClobAuthDomain", "1");

    /// <summary>The hash of the signed struct.</summary>
    /// <param name="address">The account that attests.</param>
    /// <param name="timestamp">Unix seconds; hashed as their decimal text.</param>
    /// <param name="nonce">Which key of this account is meant; 0 for the usual one.</param>
    public static Bytes32 StructHash(EthereumAddress address, long timestamp, long nonce)
    {
        Span<byte> digits = stackalloc byte[20];
        timestamp.TryFormat(digits, out var length, default, CultureInfo.InvariantCulture);
        var words = new WordWriter(stackalloc byte[5 * Bytes32.Length]);
        words.Add(StructType);
        words.Add(address);
        words.Add(Keccak256.Hash(digits[..length]));
        words.Add(nonce);
        words.Add(MessageHash);
        return Keccak256.Hash(words.Written);
    }

    /// <summary>The signed digest.</summary>
    /// <inheritdoc cref="StructHash"/>
    public static Bytes32 Digest(EthereumAddress address, long timestamp, long nonce, long chainId) =>
        Eip712.Digest(DomainSeparator(chainId), StructHash(address, timestamp, nonce));

    /// <summary>The headers of a request that creates or derives an API key.</summary>
    /// <param name="signer">The wallet's key.</param>
    /// <param name="timestamp">Unix seconds by the server's clock.</param>
    /// <param name="nonce">Which key of this account is meant; 0 for the usual one.</param>
    /// <param name="chainId">137 for Polygon, 80002 for its test network Amoy.</param>
    public static L1Headers Sign(EthereumSigner signer, long timestamp, long nonce = 0, long chainId = 137)
    {
        ArgumentNullException.ThrowIfNull(signer);
        var signature = signer.Sign(Digest(signer.Address, timestamp, nonce, chainId));
        return new L1Headers(
            signer.Address.ToString(), Hex.Encode(signature), Text(timestamp), Text(nonce));
    }

    /// <summary>
    /// True when the account itself signed the headers. How far the timestamp may be from the clock is the server's
    /// own matter.
    /// </summary>
    public static bool Verify(L1Headers headers, long chainId, out EthereumAddress address)
    {
        ArgumentNullException.ThrowIfNull(headers);
        Span<byte> signature = stackalloc byte[Secp256k1.SignatureLength];
        return EthereumAddress.TryParse(headers.Address, out address)
            && Hex.TryDecode(headers.Signature, signature)
            && TryNumber(headers.Timestamp, out var timestamp) && TryNumber(headers.Nonce, out var nonce)
            && Secp256k1.TryRecover(Digest(address, timestamp, nonce, chainId), signature, out var signer)
            && signer == address;
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static bool TryNumber(string text, out long value) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
}
