using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Equilibrage.Core.Primitives;

/// <summary>Ids and salts derived from what they name, so that the same decision always gets the same id.</summary>
public static class DerivedId
{
    /// <summary>A version 8 UUID (RFC 9562) from the SHA-256 of the parts.</summary>
    public static string Uuid(params ReadOnlySpan<string> parts)
    {
        Span<byte> hash = stackalloc byte[32];
        Hash(parts, hash);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true).ToString("D");
    }

    /// <summary>A salt below 2^53, which survives a JSON number, from the SHA-256 of the parts.</summary>
    public static long Salt(params ReadOnlySpan<string> parts)
    {
        Span<byte> hash = stackalloc byte[32];
        Hash(parts, hash);
        return BinaryPrimitives.ReadInt64BigEndian(hash[16..]) & ((1L << 53) - 1);
    }

    /// <summary><c>0x</c> and the 64 hexadecimal digits of the SHA-256 of the parts.</summary>
    public static string Hex(params ReadOnlySpan<string> parts)
    {
        Span<byte> hash = stackalloc byte[32];
        Hash(parts, hash);
        return "0x" + Convert.ToHexStringLower(hash);
    }

    private static void Hash(ReadOnlySpan<string> parts, Span<byte> hash) =>
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\u001f', parts.ToArray())), hash);
}
