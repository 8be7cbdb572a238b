using System.Text;

namespace Equilibrage.Tests.Support.Feed;

/// <summary>Breaks frames in the ways in which wires, proxies and other people's encoders do, from a seed.</summary>
internal sealed class FrameMutator(int seed, IReadOnlyList<byte[]> originals)
{
    private static readonly byte[][] Pieces =
    [
        .. new[]
        {
            "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u00", "null", "true", "-1", "1e9", "0.0000001", "\"\"",
            "\"0\"",
            "\"1\"", "\"-0.5\"", "\"99999999999999999999\"", "\"NaN\"", "\"BUY\"", "\"price\":\"0.5\"",
            "\"size\":", " ",
            "\n", "{\"a\":[[]]}", "\"event_type\":\"book\"", "\"event_type\":\"price_change\"", "\"bids\":[]",
            "\"asks\":null", "\ud83d\ude00", "[[[[[[[[[[[[[[[[", "\"0.01\"", "\"100000000\"",
        }.Select(Encoding.UTF8.GetBytes),
        [0xFF], [0xC3], [0x00], [0x1F], [0xED, 0xA0, 0x80],
    ];

    private readonly Random random = new(seed);
    private readonly byte[] buffer = new byte[64 * 1024];
    private int length;

    /// <summary>A mutated frame, valid until the next one; about one in ten is left whole.</summary>
    public ReadOnlyMemory<byte> Next()
    {
        var original = originals[random.Next(originals.Count)];
        original.CopyTo(buffer, 0);
        length = original.Length;
        for (var count = random.Next(10) == 0 ? 0 : random.Next(1, 4); count > 0 && length > 0; count--)
            Mutate();
        return buffer.AsMemory(0, length);
    }

    private void Mutate()
    {
        var at = random.Next(length);
        switch (random.Next(9))
        {
            case 0: buffer[at] = (byte)random.Next(256); break;
            case 1: buffer[at] ^= (byte)(1 << random.Next(8)); break;
            case 2: length = at; break;
            case 3: Replace(at, random.Next(1, 12), []); break;
            case 4: Replace(at, 0, Pieces[random.Next(Pieces.Length)]); break;
            case 5: Replace(at, random.Next(1, 12), Pieces[random.Next(Pieces.Length)]); break;
            case 6: Replace(at, 0, buffer.AsSpan(at, Math.Min(random.Next(1, 200), length - at)).ToArray()); break;
            case 7: ReplaceDigit(at); break;
            default: Splice(at); break;
        }
    }

    // Other numbers in a frame that stays valid reach deeper than broken grammar.
    private void ReplaceDigit(int from)
    {
        for (var at = from; at < length; at++)
        {
            if (!char.IsAsciiDigit((char)buffer[at]))
                continue;
            buffer[at] = (byte)('0' + random.Next(10));
            return;
        }
    }

    private void Splice(int at)
    {
        var other = originals[random.Next(originals.Count)];
        var from = random.Next(other.Length);
        Replace(at, length - at, other.AsSpan(from, Math.Min(other.Length - from, 2_000)).ToArray());
    }

    private void Replace(int at, int removed, byte[] added)
    {
        removed = Math.Min(removed, length - at);
        if (length - removed + added.Length > buffer.Length)
            return;
        buffer.AsSpan((at + removed)..length).CopyTo(buffer.AsSpan(at + added.Length));
        added.CopyTo(buffer, at);
        length += added.Length - removed;
    }
}
