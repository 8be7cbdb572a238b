namespace Equilibrage.Core.Projections;

/// <summary>How a line of the journal is to be taken; pages colour it.</summary>
public enum JournalTone
{
    /// <summary>Nothing special.</summary>
    Neutral,

    /// <summary>Worth knowing.</summary>
    Info,

    /// <summary>Going well.</summary>
    Good,

    /// <summary>Needs a look.</summary>
    Warn,

    /// <summary>Went wrong, or costs money.</summary>
    Bad,
}

/// <summary>A journal record in plain words.</summary>
/// <param name="Title">What happened.</param>
/// <param name="Detail">The numbers that explain it, in a sentence; null when the title says all.</param>
/// <param name="Tone">How it is to be taken.</param>
public sealed record JournalSentence(string Title, string? Detail, JournalTone Tone)
{
    /// <summary>Both in one line.</summary>
    public override string ToString() => Detail is null ? $"{Title}." : $"{Title}. {Detail}";
}
