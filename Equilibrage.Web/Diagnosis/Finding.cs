namespace Equilibrage.Web.Diagnosis;

/// <summary>What one check found.</summary>
/// <param name="Check">The check, in a word or two.</param>
/// <param name="Level">What it means.</param>
/// <param name="Sentence">What was found, as one sentence, with the remedy where there is one.</param>
public sealed record Finding(string Check, FindingLevel Level, string Sentence)
{
    /// <summary>As it should be.</summary>
    public static Finding Fine(string check, string sentence) => new(check, FindingLevel.Fine, sentence);

    /// <summary>Worth knowing.</summary>
    public static Finding Note(string check, string sentence) => new(check, FindingLevel.Note, sentence);

    /// <summary>To be mended.</summary>
    public static Finding Problem(string check, string sentence) =>
        new(check, FindingLevel.Problem, sentence);
}
