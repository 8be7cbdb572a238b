using Equilibrage.Core.Accounting;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;

namespace Equilibrage.Core.Projections;

/// <summary>
/// The one place that says what a journal record means: pages, the REST interface and alerts all ask here. A kind of
/// output without words is found by a test, which names it: give it a line in the table of its area.
/// </summary>
public static partial class JournalWords
{
    private static readonly Dictionary<Type, Func<EngineOutput, OutcomeNames, JournalSentence>> Table = Make(
        Positions, Orders, Execution, Money, Desk);

    /// <summary>The kinds of output that have words.</summary>
    public static IReadOnlyCollection<Type> Kinds => Table.Keys;

    /// <summary>An output in plain words, with the market's own names of its outcomes.</summary>
    public static JournalSentence Of(EngineOutput output, OutcomeNames names)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(names);
        return Table.TryGetValue(output.GetType(), out var words)
            ? words(output, names)
            : new("Recorded", output.GetType().Name, JournalTone.Neutral);
    }

    /// <summary>An entry of the ledger in plain words: what it moves, to the micro-dollar.</summary>
    public static JournalSentence Of(Entry entry, OutcomeNames names)
    {
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentNullException.ThrowIfNull(names);
        var lines = entry.Postings
            .Where(posting => posting.Account != LedgerAccount.Venue && posting.Micros != 0)
            .Select(posting => Line(posting, names));
        return new($"Ledger: {entry.Kind}", Say.Sentence(string.Join(", ", lines)), JournalTone.Neutral);
    }

    /// <summary>How a market ended, in the market's own words.</summary>
    public static string Of(Resolution resolution, OutcomeNames names)
    {
        ArgumentNullException.ThrowIfNull(resolution);
        ArgumentNullException.ThrowIfNull(names);
        return resolution.Winner is { } winner
            ? $"{names.Of(winner)} won; the market resolved {Say.Of(resolution.Kind)}."
            : $"It ended {Say.Of(resolution.Kind)}: both outcomes pay 50¢ a share.";
    }

    private static string Line(Posting posting, OutcomeNames names)
    {
        var account = posting.Account switch
        {
            // A balance of what was spent or earned has the other sign in double entry.
            LedgerAccount.RealizedPnl => ("realised profit", -1),
            LedgerAccount.Capital => ("capital", -1),
            var other => (Say.Words(other), 1),
        };
        var micros = posting.Micros * account.Item2;
        if (posting.Asset == Asset.Usdc)
            return $"{account.Item1} {Say.Exactly(Usdc.FromMicros(micros))}";
        var sign = micros < 0 ? "\u2212" : "+";
        return $"{account.Item1} {sign}{Micros.Format(Math.Abs(micros))} {names.Of(new TokenId(posting.Asset.Value))}";
    }

    private static Dictionary<Type, Func<EngineOutput, OutcomeNames, JournalSentence>> Make(
        params Action<Words>[] areas)
    {
        var words = new Words();
        foreach (var area in areas)
            area(words);
        return words.Table;
    }

    /// <summary>The table as it is filled: one line a kind.</summary>
    private sealed class Words
    {
        public Dictionary<Type, Func<EngineOutput, OutcomeNames, JournalSentence>> Table { get; } = [];

        public Words On<T>(Func<T, OutcomeNames, JournalSentence> say)
            where T : EngineOutput
        {
            Table.Add(typeof(T), (output, names) => say((T)output, names));
            return this;
        }

        public Words On<T>(Func<T, JournalSentence> say)
            where T : EngineOutput => On<T>((output, _) => say(output));
    }
}
