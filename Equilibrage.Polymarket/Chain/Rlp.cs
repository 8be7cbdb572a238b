using System.Buffers.Binary;
using Equilibrage.Polymarket.Signing;

namespace Equilibrage.Polymarket.Chain;

/// <summary>Ethereum's serialisation of nested byte strings (RLP).</summary>
internal static class Rlp
{
    private const byte Text = 0x80;
    private const byte List = 0xc0;
    private const int LongestShort = 55;

    /// <summary>A byte string.</summary>
    public static byte[] Encode(ReadOnlySpan<byte> bytes) =>
        bytes.Length == 1 && bytes[0] < Text ? [bytes[0]] : [.. Head(Text, bytes.Length), .. bytes];

    /// <summary>A number: its bytes without leading zeros.</summary>
    public static byte[] Encode(UInt256 number)
    {
        Span<byte> bytes = stackalloc byte[Bytes32.Length];
        number.CopyTo(bytes);
        return Encode((ReadOnlySpan<byte>)bytes.TrimStart((byte)0));
    }

    /// <summary>A list of what has been encoded before.</summary>
    public static byte[] EncodeList(params ReadOnlySpan<byte[]> items)
    {
        var length = 0;
        foreach (var item in items)
            length += item.Length;
        var list = new List<byte>(Head(List, length));
        foreach (var item in items)
            list.AddRange(item);
        return [.. list];
    }

    /// <summary>
    /// The first item of some bytes and what is behind it; false where the bytes end too soon or are longer than
    /// needed.
    /// </summary>
    public static bool TryRead(
        ReadOnlySpan<byte> bytes, out bool isList, out ReadOnlySpan<byte> content, out ReadOnlySpan<byte> rest)
    {
        isList = false;
        content = rest = default;
        if (bytes.IsEmpty)
            return false;
        var first = bytes[0];
        if (first < Text)
        {
            content = bytes[..1];
            rest = bytes[1..];
            return true;
        }
        isList = first >= List;
        var length = first - (isList ? List : Text);
        bytes = bytes[1..];
        if (length > LongestShort)
        {
            var sizeBytes = length - LongestShort;
            if (sizeBytes > sizeof(int) - 1 || bytes.Length < sizeBytes || bytes[0] == 0)
                return false;
            Span<byte> size = stackalloc byte[sizeof(int)];
            size.Clear();
            bytes[..sizeBytes].CopyTo(size[^sizeBytes..]);
            length = BinaryPrimitives.ReadInt32BigEndian(size);
            bytes = bytes[sizeBytes..];
            if (length <= LongestShort)
                return false;
        }
        if (bytes.Length < length)
            return false;
        content = bytes[..length];
        rest = bytes[length..];
        return true;
    }

    private static byte[] Head(byte kind, int length)
    {
        if (length <= LongestShort)
            return [(byte)(kind + length)];
        Span<byte> size = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(size, length);
        var digits = size.TrimStart((byte)0);
        return [(byte)(kind + LongestShort + digits.Length), .. digits];
    }
}
