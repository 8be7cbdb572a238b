using System.Text;

namespace Equilibrage.Polymarket.Socket;

/// <summary>
/// Counts names that are not known and remembers each once; what comes after the first hundred names is only counted.
/// </summary>
public sealed class NameTally
{
    private const int MostNames = 100;

    private readonly Utf8Table names = new();

    /// <summary>How often an unknown name came.</summary>
    public long Count { get; private set; }

    /// <summary>The names.</summary>
    public IReadOnlyList<string> Names =>
        [.. Enumerable.Range(0, names.Count).Select(number => Encoding.UTF8.GetString(names.TextAt(number)))];

    internal void Add(ReadOnlySpan<byte> name)
    {
        Count++;
        if (names.Count < MostNames && name.Length is > 0 and <= Utf8Table.LongestText)
            names.Add(name);
    }
}
