using Equilibrage.Polymarket.Rest;

namespace Equilibrage.Sandbox.Universe;

/// <summary>Counts skipped lines by reason and remembers the first of each.</summary>
internal sealed class SkipTally
{
    private readonly SortedDictionary<SkipReason, (int Count, List<int> First)> byReason = [];

    public void Add(SkipReason reason, int line)
    {
        var (count, first) = byReason.TryGetValue(reason, out var known) ? known : (0, []);
        if (first.Count < MarketFile.LinesNamed)
            first.Add(line);
        byReason[reason] = (count + 1, first);
    }

    public IReadOnlyList<SkippedLines> ToList() =>
        [.. byReason.Select(pair => new SkippedLines(pair.Key, pair.Value.Count, pair.Value.First))];

    public override string ToString() =>
        string.Join(", ", byReason.Select(pair => $"{pair.Key} {pair.Value.Count} (line {pair.Value.First[0]})"));
}
