using Equilibrage.Core.Simulation;
using Equilibrage.Polymarket.Rest;

namespace Equilibrage.Sandbox.Universe;

/// <summary>Lines that were passed over for one reason.</summary>
/// <param name="Reason">The reason.</param>
/// <param name="Count">How many lines.</param>
/// <param name="FirstLines">Numbers of the first of them, from 1, at most <see cref="MarketFile.LinesNamed"/>.</param>
public sealed record SkippedLines(SkipReason Reason, int Count, IReadOnlyList<int> FirstLines);

/// <summary>What a market file holds.</summary>
/// <param name="Listings">The usable markets in the order of their lines.</param>
/// <param name="Start">Where the practice exchange's market clock begins.</param>
/// <param name="Hash">SHA-256 of the file's bytes as they lie on disk, 64 lower-case hexadecimal digits.</param>
/// <param name="Lines">Lines that are not blank: usable and skipped ones together.</param>
/// <param name="Skipped">What was passed over, one entry per reason that occurred, in the order of the reasons.</param>
public sealed record MarketFileResult(
    IReadOnlyList<ListingSeed> Listings,
    DateTimeOffset Start,
    string Hash,
    int Lines,
    IReadOnlyList<SkippedLines> Skipped);

/// <summary>A market file that cannot be used, with what to do about it.</summary>
public sealed class MarketFileException : Exception
{
    /// <summary>An error without words.</summary>
    public MarketFileException()
        : this("The market file cannot be used.")
    {
    }

    /// <summary>An error for people: what is wrong and what to do.</summary>
    public MarketFileException(string message)
        : base(message)
    {
    }

    /// <summary>An error for people, with its cause.</summary>
    public MarketFileException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
