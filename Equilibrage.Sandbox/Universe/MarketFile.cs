using System.IO.Compression;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.Simulation;
using Equilibrage.Polymarket.Rest;

namespace Equilibrage.Sandbox.Universe;

/// <summary>
/// Loads recorded Gamma markets, one JSON object a line, plain or packed with gzip (told apart by content, not by
/// name), in one pass. A line that is no usable market is counted by reason and never stops the load.
/// </summary>
public static class MarketFile
{
    /// <summary>How many line numbers are kept per reason.</summary>
    public const int LinesNamed = 5;

    private const int FileBuffer = 64 * 1024;

    /// <summary>Loads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="start">
    /// Where the market clock shall begin; by default the newest <c>updatedAt</c> of the file.
    /// </param>
    /// <exception cref="MarketFileException">
    /// The file is missing, unreadable or damaged, holds no usable market, or has no date to start from.
    /// </exception>
    public static MarketFileResult Load(string path, DateTimeOffset? start = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, FileBuffer);
            return Load(file, path, start);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new MarketFileException(
                $"There is no market file at {path}. Give an existing file to --markets.", error);
        }
        catch (UnauthorizedAccessException error)
        {
            throw new MarketFileException(
                $"The market file {path} may not be read, or is a folder. Give --markets a file that you can read.",
                error);
        }
        catch (Exception error) when (error is InvalidDataException or IOException)
        {
            throw new MarketFileException(
                $"The market file {path} is damaged ({error.Message}) Fetch it again, or give --markets another one.",
                error);
        }
    }

    private static MarketFileResult Load(FileStream file, string path, DateTimeOffset? start)
    {
        var packed = PackedFile.Detect(file);
        using var hashing = new HashingStream(file);
        using var unpacked = packed is not null ? new GZipStream(hashing, CompressionMode.Decompress) : (Stream)hashing;
        using var lines = new JsonLineReader(unpacked);
        var pass = new Pass();
        while (lines.MoveNext())
            pass.Read(lines);
        if (packed?.IsCutOff(lines.BytesRead, pass.IsLastLineBroken) == true)
            throw new InvalidDataException("It ends in the middle.");
        return pass.Finish(path, start, hashing.HashToEnd());
    }

    /// <summary>What one pass over the lines gathers.</summary>
    private sealed class Pass
    {
        private readonly GammaMarketParser parser = new();
        private readonly GammaMarket wire = new();
        private readonly List<(int Line, ListingSeed Listing)> usable = [];
        private readonly HashSet<MarketId> markets = [];
        private readonly HashSet<TokenId> tokens = [];
        private readonly SkipTally skipped = new();
        private DateTimeOffset? newest;
        private int count;

        /// <summary>True when the last line seen was no JSON, as where a file breaks off.</summary>
        public bool IsLastLineBroken { get; private set; }

        public void Read(JsonLineReader lines)
        {
            if (!lines.IsTooLong && lines.Line.IndexOfAnyExcept(" \t"u8) < 0)
                return;
            count++;
            IsLastLineBroken = false;
            if (lines.IsTooLong)
                skipped.Add(SkipReason.TooLong, lines.LineNumber);
            else if (parser.TryParse(lines.Line, wire))
                Take(lines.LineNumber);
            else
                Break(lines.LineNumber);
        }

        public MarketFileResult Finish(string path, DateTimeOffset? start, string hash)
        {
            if (count == 0)
            {
                throw new MarketFileException(
                    $"The market file {path} is empty. Give --markets a file of Gamma markets.");
            }

            if ((start ?? newest) is not { } clock)
            {
                throw new MarketFileException(
                    $"No line of {path} says when it was updated, so the market clock has no start. "
                    + "Give --start TIME.");
            }

            var listings = new List<ListingSeed>(usable.Count);
            foreach (var (line, listing) in usable)
            {
                if (listing.Market.ExpectedEnd > clock)
                    listings.Add(listing);
                else
                    skipped.Add(SkipReason.Ended, line);
            }

            if (listings.Count == 0)
            {
                throw new MarketFileException(
                    $"None of the {count} lines of {path} is a usable market at {clock:u}: {skipped}. "
                    + "Give --markets a file of Gamma markets, one JSON object a line, or an earlier --start.");
            }

            return new(listings, clock, hash, count, skipped.ToList());
        }

        private void Break(int line)
        {
            IsLastLineBroken = true;
            skipped.Add(SkipReason.BadJson, line);
        }

        private void Take(int line)
        {
            if (wire.UpdatedAt is { } updated && !(updated <= newest))
                newest = updated;
            if (!GammaMapping.TryMap(wire, out var market, out var reason))
            {
                skipped.Add(reason.Value, line);
                return;
            }

            if (markets.Contains(market.Id) || tokens.Contains(market.TokenYes) || tokens.Contains(market.TokenNo))
            {
                skipped.Add(SkipReason.Duplicate, line);
                return;
            }

            markets.Add(market.Id);
            tokens.Add(market.TokenYes);
            tokens.Add(market.TokenNo);
            usable.Add((line, GammaListing.Of(market, wire)));
        }
    }
}
