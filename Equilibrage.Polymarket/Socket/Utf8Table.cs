using System.Buffers.Binary;
using System.Text;

namespace Equilibrage.Polymarket.Socket;

/// <summary>
/// Finds the number of a short text by its UTF-8 bytes, without making a string of it. Numbers are dense and those of
/// removed texts are given out again. Not for two threads at once.
/// </summary>
public sealed class Utf8Table
{
    /// <summary>Bytes of the longest text: a token id has up to 78.</summary>
    public const int LongestText = Stride - 1;

    private const int Stride = 80;
    private const int FirstCapacity = 64;

    // A place holds the hash's upper half and the number plus one; zero is empty. At most half of them are taken.
    private ulong[] places = new ulong[FirstCapacity * 2];
    private byte[] texts = new byte[FirstCapacity * Stride];
    private readonly Stack<int> free = [];
    private int used;

    /// <summary>How many texts there are.</summary>
    public int Count => used - free.Count;

    /// <summary>Numbers are below this.</summary>
    public int Limit => used;

    /// <summary>The number of a text, or -1.</summary>
    public int Find(ReadOnlySpan<byte> text)
    {
        var hash = Hash(text);
        var mask = places.Length - 1;
        for (var place = (int)hash & mask; ; place = (place + 1) & mask)
        {
            var entry = places[place];
            if (entry == 0)
                return -1;
            if ((uint)(entry >> 32) == (uint)(hash >> 32) && TextAt(Number(entry)).SequenceEqual(text))
                return Number(entry);
        }
    }

    /// <summary>The number of a text, which is added when it is new.</summary>
    /// <exception cref="ArgumentException">Empty, or longer than <see cref="LongestText"/>.</exception>
    public int Add(ReadOnlySpan<byte> text)
    {
        if (text.Length is 0 or > LongestText)
            throw new ArgumentException($"A text has 1 to {LongestText} bytes here.", nameof(text));
        var known = Find(text);
        if (known >= 0)
            return known;
        if (Count * 2 >= places.Length / 2)
            Rehash(places.Length * 2);
        if (!free.TryPop(out var number))
            number = used++;
        if (texts.Length < used * Stride)
            Array.Resize(ref texts, texts.Length * 2);
        text.CopyTo(texts.AsSpan(number * Stride));
        texts[(number * Stride) + Stride - 1] = (byte)text.Length;
        Place(Hash(text), number);
        return number;
    }

    /// <inheritdoc cref="Add(ReadOnlySpan{byte})"/>
    public int Add(string text) => Add(Encoding.UTF8.GetBytes(text));

    /// <summary>Forgets a number; it may come back for another text.</summary>
    /// <exception cref="ArgumentException">Nobody has this number.</exception>
    public void Remove(int number)
    {
        if (number < 0 || number >= used || TextAt(number).IsEmpty)
            throw new ArgumentException("No text has this number.", nameof(number));
        Unplace(number);
        texts[(number * Stride) + Stride - 1] = 0;
        free.Push(number);
    }

    /// <summary>The bytes of a number's text, valid until the table changes; empty when nobody has it.</summary>
    public ReadOnlySpan<byte> TextAt(int number) =>
        texts.AsSpan(number * Stride, texts[(number * Stride) + Stride - 1]);

    private static int Number(ulong entry) => (int)(uint)entry - 1;

    private void Place(ulong hash, int number)
    {
        var mask = places.Length - 1;
        var place = (int)hash & mask;
        while (places[place] != 0)
            place = (place + 1) & mask;
        places[place] = (hash & 0xFFFF_FFFF_0000_0000) | (uint)(number + 1);
    }

    // Entries behind the gap move up when their own place is not after it, so that no search stops too early.
    private void Unplace(int number)
    {
        var mask = places.Length - 1;
        var gap = (int)Hash(TextAt(number)) & mask;
        while (Number(places[gap]) != number)
            gap = (gap + 1) & mask;
        for (var next = (gap + 1) & mask; places[next] != 0; next = (next + 1) & mask)
        {
            var home = (int)Hash(TextAt(Number(places[next]))) & mask;
            if (((next - home) & mask) < ((next - gap) & mask))
                continue;
            places[gap] = places[next];
            gap = next;
        }

        places[gap] = 0;
    }

    private void Rehash(int capacity)
    {
        places = new ulong[capacity];
        for (var number = 0; number < used; number++)
        {
            if (!TextAt(number).IsEmpty)
                Place(Hash(TextAt(number)), number);
        }
    }

    // Three words of the text are enough: ids are themselves the digits of a good hash.
    private static ulong Hash(ReadOnlySpan<byte> text)
    {
        const ulong Factor = 0x9E37_79B9_7F4A_7C15;
        var hash = (ulong)text.Length * Factor;
        if (text.Length >= sizeof(ulong))
        {
            hash ^= BinaryPrimitives.ReadUInt64LittleEndian(text);
            hash *= Factor;
            hash ^= BinaryPrimitives.ReadUInt64LittleEndian(text[(text.Length / 2 - 4)..]);
            hash *= Factor;
            hash ^= BinaryPrimitives.ReadUInt64LittleEndian(text[^sizeof(ulong)..]);
        }
        else
        {
            foreach (var value in text)
                hash = (hash ^ value) * Factor;
        }

        hash *= Factor;
        return hash ^ (hash >> 29);
    }
}
