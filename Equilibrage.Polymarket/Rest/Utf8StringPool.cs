using System.Text;

namespace Equilibrage.Polymarket.Rest;

/// <summary>
/// Gives one string for equal texts that come again and again (outcome names, event ids and titles). A fixed table in
/// which a newcomer replaces the one in its place: bounded whatever the input, and never wrong, only sometimes a new
/// string.
/// </summary>
internal sealed class Utf8StringPool
{
    private const int Places = 4096;
    private const int LongestText = 128;

    private readonly string?[] pool = new string?[Places];

    public string Get(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length == 0)
            return "";
        if (utf8.Length > LongestText)
            return Encoding.UTF8.GetString(utf8);
        ref var place = ref pool[Hash(utf8) & (Places - 1)];
        if (place is { } known && Ascii.Equals(utf8, known))
            return known;
        return place = Encoding.UTF8.GetString(utf8);
    }

    // FNV-1a: the process's own string hash is seeded by chance and made for text that is already decoded.
    private static uint Hash(ReadOnlySpan<byte> utf8)
    {
        var hash = 2_166_136_261u;
        foreach (var value in utf8)
            hash = (hash ^ value) * 16_777_619u;
        return hash ^ (hash >> 15);
    }
}
