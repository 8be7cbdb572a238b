using System.Buffers.Binary;
using System.Numerics;

namespace Equilibrage.Tests.Support;

/// <summary>Keccak-256 written down as its specification reads, to check the fast one against.</summary>
internal static class PlainKeccak
{
    private const int Rate = 136;

    public static byte[] Hash(ReadOnlySpan<byte> data)
    {
        var padded = new byte[((data.Length / Rate) + 1) * Rate];
        data.CopyTo(padded);
        padded[data.Length] ^= 0x01;
        padded[^1] ^= 0x80;

        var state = new ulong[5, 5];
        for (var from = 0; from < padded.Length; from += Rate)
        {
            for (var lane = 0; lane < Rate / 8; lane++)
                state[lane % 5, lane / 5] ^= BinaryPrimitives.ReadUInt64LittleEndian(padded.AsSpan(from + (lane * 8)));
            Permute(state);
        }

        var digest = new byte[32];
        for (var lane = 0; lane < 4; lane++)
            BinaryPrimitives.WriteUInt64LittleEndian(digest.AsSpan(lane * 8), state[lane, 0]);
        return digest;
    }

    private static void Permute(ulong[,] state)
    {
        byte register = 1;
        for (var round = 0; round < 24; round++)
        {
            Theta(state);
            RhoPiChi(state);
            for (var bit = 0; bit < 7; bit++)
            {
                if ((register & 1) != 0)
                    state[0, 0] ^= 1UL << ((1 << bit) - 1);
                register = (byte)((register << 1) ^ ((register & 0x80) != 0 ? 0x71 : 0));
            }
        }
    }

    private static void Theta(ulong[,] state)
    {
        var column = new ulong[5];
        for (var x = 0; x < 5; x++)
            for (var y = 0; y < 5; y++)
                column[x] ^= state[x, y];
        for (var x = 0; x < 5; x++)
            for (var y = 0; y < 5; y++)
                state[x, y] ^= column[(x + 4) % 5] ^ BitOperations.RotateLeft(column[(x + 1) % 5], 1);
    }

    private static void RhoPiChi(ulong[,] state)
    {
        var moved = new ulong[5, 5];
        moved[0, 0] = state[0, 0];
        var (x, y) = (1, 0);
        for (var step = 0; step < 24; step++)
        {
            var offset = (step + 1) * (step + 2) / 2 % 64;
            var (nextX, nextY) = (y, ((2 * x) + (3 * y)) % 5);
            moved[nextX, nextY] = BitOperations.RotateLeft(state[x, y], offset);
            (x, y) = (nextX, nextY);
        }

        for (x = 0; x < 5; x++)
            for (y = 0; y < 5; y++)
                state[x, y] = moved[x, y] ^ (~moved[(x + 1) % 5, y] & moved[(x + 2) % 5, y]);
    }
}
