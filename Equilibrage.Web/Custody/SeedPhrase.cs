using System.Security.Cryptography;
using System.Text;

namespace Equilibrage.Web.Custody;

/// <summary>
/// A wallet's words (BIP-39, English list). Only what they lead to is ever kept: the words open every account of the
/// wallet, and the desk needs one.
/// </summary>
internal static class SeedPhrase
{
    /// <summary>Bytes of the seed.</summary>
    public const int SeedLength = 64;

    private const int Rounds = 2048;
    private const int BitsPerWord = 11;
    private const int MostWords = 24;

    private static readonly Lazy<string[]> Words = new(ReadWords);

    /// <summary>The list, in its order: 2048 words.</summary>
    public static IReadOnlyList<string> List => Words.Value;

    /// <summary>True for what was meant as words: something with a space in it.</summary>
    public static bool LooksLikeOne(ReadOnlySpan<byte> text) => text.Trim((byte)' ').Contains((byte)' ');

    /// <summary>Turns the words into the seed of all the wallet's keys.</summary>
    /// <param name="text">The words as UTF-8, in any case, with any spaces between them.</param>
    /// <param name="seed">Receives 64 bytes; clear them after use.</param>
    /// <exception cref="FormatException">
    /// The words are none of a wallet; the message says which place is wrong and never repeats a word.
    /// </exception>
    public static void ToSeed(ReadOnlySpan<byte> text, Span<byte> seed)
    {
        using var normal = Normalize(text, out var count);
        if (count is < 12 or > MostWords || count % 3 != 0)
            throw new FormatException($"A seed phrase has 12, 15, 18, 21 or 24 words; this one has {count}.");
        Span<byte> bits = stackalloc byte[(MostWords * BitsPerWord / 8) + 1];
        try
        {
            bits.Clear();
            var place = 0;
            foreach (var range in normal.Span.Split((byte)' '))
            {
                var index = IndexOf(normal.Span[range]);
                if (index < 0)
                    throw new FormatException($"Word {place + 1} of the seed phrase is not in the list of words.");
                Write(bits, place++ * BitsPerWord, index);
            }

            if (!IsSumRight(bits, count))
                throw new FormatException(
                    "The seed phrase's checksum is wrong: a word is mistyped, missing or out of its place.");
            Rfc2898DeriveBytes.Pbkdf2(normal.Span, "mnemonic"u8, seed, Rounds, HashAlgorithmName.SHA512);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bits);
        }
    }

    /// <summary>The words in small letters with one space between them.</summary>
    private static SecretBytes Normalize(ReadOnlySpan<byte> text, out int words)
    {
        var normal = new SecretBytes(text.Length);
        var length = 0;
        var isBetween = true;
        words = 0;
        foreach (var letter in text)
        {
            if (letter is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or (byte)',')
            {
                isBetween = true;
                continue;
            }

            if (isBetween && words++ > 0)
                normal.Span[length++] = (byte)' ';
            isBetween = false;
            normal.Span[length++] = letter is >= (byte)'A' and <= (byte)'Z' ? (byte)(letter | 0x20) : letter;
        }

        normal.Cut(length);
        return normal;
    }

    private static int IndexOf(ReadOnlySpan<byte> word)
    {
        var (low, high) = (0, Words.Value.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var order = Compare(word, Words.Value[middle]);
            if (order == 0)
                return middle;
            if (order < 0)
                high = middle - 1;
            else
                low = middle + 1;
        }

        return -1;
    }

    private static int Compare(ReadOnlySpan<byte> word, string entry)
    {
        for (var index = 0; index < word.Length && index < entry.Length; index++)
        {
            if (word[index] != entry[index])
                return word[index] - entry[index];
        }

        return word.Length - entry.Length;
    }

    private static void Write(Span<byte> bits, int from, int index)
    {
        for (var bit = 0; bit < BitsPerWord; bit++)
        {
            if ((index >> (BitsPerWord - 1 - bit) & 1) == 1)
                bits[(from + bit) / 8] |= (byte)(0x80 >> ((from + bit) % 8));
        }
    }

    // One bit of checksum for 32 of entropy, from the front of the entropy's hash.
    private static bool IsSumRight(ReadOnlySpan<byte> bits, int words)
    {
        var sumBits = words * BitsPerWord / 33;
        var entropy = bits[..(sumBits * 4)];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(entropy, hash);
        var isRight = (bits[entropy.Length] ^ hash[0]) >> (8 - sumBits) == 0;
        CryptographicOperations.ZeroMemory(hash);
        return isRight;
    }

    // The list comes from the package that keeps it, as a resource: see SeedWords.targets.
    private static string[] ReadWords()
    {
        using var stream = typeof(SeedPhrase).Assembly.GetManifestResourceStream("seed-words.txt")
            ?? throw new InvalidOperationException("The build left the list of seed words out.");
        using var reader = new StreamReader(stream, Encoding.ASCII);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }
}
