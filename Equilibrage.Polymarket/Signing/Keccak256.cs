using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Equilibrage.Polymarket.Signing;

/// <summary>
/// Keccak-256 as Ethereum uses it: the sponge of the SHA-3 competition with a rate of 136 bytes and its original
/// padding byte 0x01, not the 0x06 of FIPS 202.
/// </summary>
public static class Keccak256
{
    /// <summary>Bytes of a digest.</summary>
    public const int DigestLength = 32;

    private const int Rate = 136;
    private const int Lanes = 25;

    private static ReadOnlySpan<ulong> Constants =>
    [
        0x0000000000000001, 0x0000000000008082, 0x800000000000808A, 0x8000000080008000,
        0x000000000000808B, 0x0000000080000001, 0x8000000080008081, 0x8000000000008009,
        0x000000000000008A, 0x0000000000000088, 0x0000000080008009, 0x000000008000000A,
        0x000000008000808B, 0x800000000000008B, 0x8000000000008089, 0x8000000000008003,
        0x8000000000008002, 0x8000000000000080, 0x000000000000800A, 0x800000008000000A,
        0x8000000080008081, 0x8000000000008080, 0x0000000080000001, 0x8000000080008008,
    ];

    /// <summary>The digest of <paramref name="data"/>.</summary>
    [SkipLocalsInit]
    public static Bytes32 Hash(ReadOnlySpan<byte> data)
    {
        Span<byte> digest = stackalloc byte[DigestLength];
        Hash(data, digest);
        return Bytes32.From(digest);
    }

    /// <summary>Writes the digest of <paramref name="data"/>; allocates nothing.</summary>
    /// <param name="data">What to hash.</param>
    /// <param name="digest">Receives 32 bytes; may overlap <paramref name="data"/>.</param>
    /// <exception cref="ArgumentException">There is no room for 32 bytes.</exception>
    [SkipLocalsInit]
    public static void Hash(ReadOnlySpan<byte> data, Span<byte> digest)
    {
        if (digest.Length < DigestLength)
            throw new ArgumentException("A digest needs 32 bytes.", nameof(digest));
        Span<ulong> lanes = stackalloc ulong[Lanes];
        lanes.Clear();
        while (data.Length >= Rate)
        {
            Absorb(lanes, data[..Rate]);
            data = data[Rate..];
        }

        Span<byte> last = stackalloc byte[Rate];
        last.Clear();
        data.CopyTo(last);
        last[data.Length] = 0x01;
        last[Rate - 1] |= 0x80;
        Absorb(lanes, last);
        for (var lane = 0; lane < DigestLength / sizeof(ulong); lane++)
            BinaryPrimitives.WriteUInt64LittleEndian(digest[(lane * sizeof(ulong))..], lanes[lane]);
    }

    private static void Absorb(Span<ulong> lanes, ReadOnlySpan<byte> block)
    {
        for (var lane = 0; lane < Rate / sizeof(ulong); lane++)
            lanes[lane] ^= BinaryPrimitives.ReadUInt64LittleEndian(block[(lane * sizeof(ulong))..]);
        Permute(lanes);
    }

    // Two rounds a turn, so that the state changes places between a and e without being copied.
    [SkipLocalsInit]
    private static void Permute(Span<ulong> lanes)
    {
        ulong a0 = lanes[0], a1 = lanes[1], a2 = lanes[2], a3 = lanes[3], a4 = lanes[4],
            a5 = lanes[5], a6 = lanes[6], a7 = lanes[7], a8 = lanes[8], a9 = lanes[9],
            a10 = lanes[10], a11 = lanes[11], a12 = lanes[12], a13 = lanes[13], a14 = lanes[14],
            a15 = lanes[15], a16 = lanes[16], a17 = lanes[17], a18 = lanes[18], a19 = lanes[19],
            a20 = lanes[20], a21 = lanes[21], a22 = lanes[22], a23 = lanes[23], a24 = lanes[24];
        ulong e0, e1, e2, e3, e4, e5, e6, e7, e8, e9, e10, e11, e12, e13, e14, e15, e16, e17,
            e18, e19, e20, e21, e22, e23, e24, c0, c1, c2, c3, c4, d0, d1, d2, d3, d4;
        for (var round = 0; round < Constants.Length; round += 2)
        {
            c0 = a0 ^ a5 ^ a10 ^ a15 ^ a20; c1 = a1 ^ a6 ^ a11 ^ a16 ^ a21; c2 = a2 ^ a7 ^ a12 ^ a17 ^ a22;
            c3 = a3 ^ a8 ^ a13 ^ a18 ^ a23; c4 = a4 ^ a9 ^ a14 ^ a19 ^ a24;
            d0 = c4 ^ Left(c1, 1); d1 = c0 ^ Left(c2, 1); d2 = c1 ^ Left(c3, 1);
            d3 = c2 ^ Left(c4, 1); d4 = c3 ^ Left(c0, 1);
            c0 = a0 ^ d0; c1 = Left(a6 ^ d1, 44); c2 = Left(a12 ^ d2, 43);
            c3 = Left(a18 ^ d3, 21); c4 = Left(a24 ^ d4, 14);
            e0 = c0 ^ (~c1 & c2) ^ Constants[round]; e1 = c1 ^ (~c2 & c3); e2 = c2 ^ (~c3 & c4);
            e3 = c3 ^ (~c4 & c0); e4 = c4 ^ (~c0 & c1);
            c0 = Left(a3 ^ d3, 28); c1 = Left(a9 ^ d4, 20); c2 = Left(a10 ^ d0, 3);
            c3 = Left(a16 ^ d1, 45); c4 = Left(a22 ^ d2, 61);
            e5 = c0 ^ (~c1 & c2); e6 = c1 ^ (~c2 & c3); e7 = c2 ^ (~c3 & c4);
            e8 = c3 ^ (~c4 & c0); e9 = c4 ^ (~c0 & c1);
            c0 = Left(a1 ^ d1, 1); c1 = Left(a7 ^ d2, 6); c2 = Left(a13 ^ d3, 25);
            c3 = Left(a19 ^ d4, 8); c4 = Left(a20 ^ d0, 18);
            e10 = c0 ^ (~c1 & c2); e11 = c1 ^ (~c2 & c3); e12 = c2 ^ (~c3 & c4);
            e13 = c3 ^ (~c4 & c0); e14 = c4 ^ (~c0 & c1);
            c0 = Left(a4 ^ d4, 27); c1 = Left(a5 ^ d0, 36); c2 = Left(a11 ^ d1, 10);
            c3 = Left(a17 ^ d2, 15); c4 = Left(a23 ^ d3, 56);
            e15 = c0 ^ (~c1 & c2); e16 = c1 ^ (~c2 & c3); e17 = c2 ^ (~c3 & c4);
            e18 = c3 ^ (~c4 & c0); e19 = c4 ^ (~c0 & c1);
            c0 = Left(a2 ^ d2, 62); c1 = Left(a8 ^ d3, 55); c2 = Left(a14 ^ d4, 39);
            c3 = Left(a15 ^ d0, 41); c4 = Left(a21 ^ d1, 2);
            e20 = c0 ^ (~c1 & c2); e21 = c1 ^ (~c2 & c3); e22 = c2 ^ (~c3 & c4);
            e23 = c3 ^ (~c4 & c0); e24 = c4 ^ (~c0 & c1);
            c0 = e0 ^ e5 ^ e10 ^ e15 ^ e20; c1 = e1 ^ e6 ^ e11 ^ e16 ^ e21; c2 = e2 ^ e7 ^ e12 ^ e17 ^ e22;
            c3 = e3 ^ e8 ^ e13 ^ e18 ^ e23; c4 = e4 ^ e9 ^ e14 ^ e19 ^ e24;
            d0 = c4 ^ Left(c1, 1); d1 = c0 ^ Left(c2, 1); d2 = c1 ^ Left(c3, 1);
            d3 = c2 ^ Left(c4, 1); d4 = c3 ^ Left(c0, 1);
            c0 = e0 ^ d0; c1 = Left(e6 ^ d1, 44); c2 = Left(e12 ^ d2, 43);
            c3 = Left(e18 ^ d3, 21); c4 = Left(e24 ^ d4, 14);
            a0 = c0 ^ (~c1 & c2) ^ Constants[round + 1]; a1 = c1 ^ (~c2 & c3); a2 = c2 ^ (~c3 & c4);
            a3 = c3 ^ (~c4 & c0); a4 = c4 ^ (~c0 & c1);
            c0 = Left(e3 ^ d3, 28); c1 = Left(e9 ^ d4, 20); c2 = Left(e10 ^ d0, 3);
            c3 = Left(e16 ^ d1, 45); c4 = Left(e22 ^ d2, 61);
            a5 = c0 ^ (~c1 & c2); a6 = c1 ^ (~c2 & c3); a7 = c2 ^ (~c3 & c4);
            a8 = c3 ^ (~c4 & c0); a9 = c4 ^ (~c0 & c1);
            c0 = Left(e1 ^ d1, 1); c1 = Left(e7 ^ d2, 6); c2 = Left(e13 ^ d3, 25);
            c3 = Left(e19 ^ d4, 8); c4 = Left(e20 ^ d0, 18);
            a10 = c0 ^ (~c1 & c2); a11 = c1 ^ (~c2 & c3); a12 = c2 ^ (~c3 & c4);
            a13 = c3 ^ (~c4 & c0); a14 = c4 ^ (~c0 & c1);
            c0 = Left(e4 ^ d4, 27); c1 = Left(e5 ^ d0, 36); c2 = Left(e11 ^ d1, 10);
            c3 = Left(e17 ^ d2, 15); c4 = Left(e23 ^ d3, 56);
            a15 = c0 ^ (~c1 & c2); a16 = c1 ^ (~c2 & c3); a17 = c2 ^ (~c3 & c4);
            a18 = c3 ^ (~c4 & c0); a19 = c4 ^ (~c0 & c1);
            c0 = Left(e2 ^ d2, 62); c1 = Left(e8 ^ d3, 55); c2 = Left(e14 ^ d4, 39);
            c3 = Left(e15 ^ d0, 41); c4 = Left(e21 ^ d1, 2);
            a20 = c0 ^ (~c1 & c2); a21 = c1 ^ (~c2 & c3); a22 = c2 ^ (~c3 & c4);
            a23 = c3 ^ (~c4 & c0); a24 = c4 ^ (~c0 & c1);
        }
        lanes[0] = a0; lanes[1] = a1; lanes[2] = a2; lanes[3] = a3; lanes[4] = a4;
        lanes[5] = a5; lanes[6] = a6; lanes[7] = a7; lanes[8] = a8; lanes[9] = a9;
        lanes[10] = a10; lanes[11] = a11; lanes[12] = a12; lanes[13] = a13; lanes[14] = a14;
        lanes[15] = a15; lanes[16] = a16; lanes[17] = a17; lanes[18] = a18; lanes[19] = a19;
        lanes[20] = a20; lanes[21] = a21; lanes[22] = a22; lanes[23] = a23; lanes[24] = a24;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Left(ulong value, int bits) => BitOperations.RotateLeft(value, bits);
}
