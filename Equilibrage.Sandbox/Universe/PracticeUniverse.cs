using System.Globalization;
using Equilibrage.Core.Simulation;

namespace Equilibrage.Sandbox.Universe;

/// <summary>The markets of a practice exchange and where its clock begins.</summary>
/// <param name="Listings">The markets.</param>
/// <param name="Identity">The hash of their file, or <c>generated</c>.</param>
/// <param name="Start">Where the market clock begins.</param>
/// <param name="Name">What to call it.</param>
/// <param name="Skipped">Lines of the file that were passed over.</param>
public sealed record PracticeUniverse(
    IReadOnlyList<ListingSeed> Listings, string Identity, DateTimeOffset Start, string Name,
    IReadOnlyList<SkippedLines> Skipped)
{
    /// <summary>The universe of a market file, or the generated one of a seed.</summary>
    /// <exception cref="MarketFileException">The file cannot be used; the message says what to do.</exception>
    public static PracticeUniverse Open(string? markets, long seed, DateTimeOffset? start)
    {
        if (markets is null)
        {
            var begin = start ?? GeneratedMarkets.DefaultStart;
            var generated = GeneratedMarkets.Create(seed, begin);
            return new(generated, "generated", begin, string.Create(
                CultureInfo.InvariantCulture, $"{generated.Count} generated markets, seed {seed}"), []);
        }

        var file = MarketFile.Load(markets, start);
        return new(file.Listings, file.Hash, start ?? file.Start, string.Create(
            CultureInfo.InvariantCulture,
            $"{file.Listings.Count:#,0} markets of {Path.GetFileName(markets)}, seed {seed}"), file.Skipped);
    }
}
