using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;

namespace Equilibrage.Polymarket.Signing;

/// <summary>Hashing of typed data (EIP-712): the pieces that all its messages share.</summary>
public static class Eip712
{
    private const int DigestInput = 2 + (2 * Bytes32.Length);

    /// <summary>The hash of a type's text, such as <c>Mail(address from,string text)</c>.</summary>
    public static Bytes32 TypeHash(ReadOnlySpan<byte> typeText) => Keccak256.Hash(typeText);

    /// <summary>
    /// The hash of a domain. Its type names exactly the parts that are given, in the order of the standard.
    /// </summary>
    /// <param name="chainId">137 for Polygon, 80002 for its test network Amoy.</param>
    /// <param name="name">Name of the signing domain, if it has one.</param>
    /// <param name="version">Its version, if it has one.</param>
    /// <param name="verifyingContract">The contract that checks the signature, if one does.</param>
    public static Bytes32 DomainSeparator(
        long chainId, string? name = null, string? version = null, EthereumAddress? verifyingContract = null)
    {
        string?[] fields =
        [
            name is null ? null : "string name",
            version is null ? null : "string version",
            "uint256 chainId",
            verifyingContract is null ? null : "address verifyingContract",
        ];
        var type = $"EIP712Domain({string.Join(',', fields.Where(field => field is not null))})";
        var words = new WordWriter(stackalloc byte[5 * Bytes32.Length]);
        words.Add(HashOf(type));
        if (name is not null)
            words.Add(HashOf(name));
        if (version is not null)
            words.Add(HashOf(version));
        words.Add(chainId);
        if (verifyingContract is { } contract)
            words.Add(contract);
        return Keccak256.Hash(words.Written);
    }

    /// <summary>What is signed: the hash of 0x1901, the domain's hash and the struct's hash.</summary>
    [SkipLocalsInit]
    public static Bytes32 Digest(in Bytes32 domainSeparator, in Bytes32 structHash)
    {
        Span<byte> bytes = stackalloc byte[DigestInput];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, 0x1901);
        domainSeparator.CopyTo(bytes[2..]);
        structHash.CopyTo(bytes[(2 + Bytes32.Length)..]);
        return Keccak256.Hash(bytes);
    }

    /// <summary>The hash that stands for a text in a hashed struct.</summary>
    public static Bytes32 HashOf(string text) => Keccak256.Hash(Encoding.UTF8.GetBytes(text));
}
