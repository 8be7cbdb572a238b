using Equilibrage.Core.Opportunities;
using Equilibrage.Core.Orders;
using Equilibrage.Core.State;

namespace Equilibrage.Core.Projections;

/// <summary>A part of the answer to "why did this happen?".</summary>
public enum WhyPart
{
    /// <summary>What the scan saw and how it was judged.</summary>
    Decision,

    /// <summary>What the position did.</summary>
    Position,

    /// <summary>The order that was sent.</summary>
    Order,

    /// <summary>What was heard of it.</summary>
    Report,

    /// <summary>What was executed.</summary>
    Fill,

    /// <summary>What became final.</summary>
    Settlement,

    /// <summary>What the ledger booked.</summary>
    Ledger,

    /// <summary>What came of it.</summary>
    Ending,
}

/// <summary>One step from cause to end.</summary>
/// <param name="Part">Which part of the story.</param>
/// <param name="Sequence">The journal record; null where the step is none.</param>
/// <param name="At">Both clocks.</param>
/// <param name="Title">What happened.</param>
/// <param name="Detail">The numbers that explain it; null when the title says all.</param>
/// <param name="Tone">How it is to be taken.</param>
public sealed record WhyStep(
    WhyPart Part, long? Sequence, Stamp At, string Title, string? Detail, JournalTone Tone);

/// <summary>The judgement of a market, in the form that a story needs.</summary>
/// <param name="At">Both clocks.</param>
/// <param name="MarketName">The question.</param>
/// <param name="Score">1 to 10.</param>
/// <param name="RawScore">Before rounding.</param>
/// <param name="Factors">What the score is made of.</param>
/// <param name="Denial">What refused it; null when nothing did.</param>
/// <param name="Sizes">What each layer of risk left, as name, dollars and numbers.</param>
public sealed record WhyVerdict(
    Stamp At, string MarketName, int Score, decimal RawScore, IReadOnlyList<Factor> Factors, Denial? Denial,
    IReadOnlyList<string> Sizes);
