using System.Globalization;
using System.Text.Json;

namespace Equilibrage.Adapters.Polymarket;

/// <summary>The files of a recording with their index, retention and coverage. One writer at a time.</summary>
internal sealed class RecordingFolder
{
    /// <summary>How a file's name ends.</summary>
    public const string Extension = ".frames.gz";

    private const string IndexName = "index.jsonl";

    private readonly string folder;
    private readonly RecordingRules rules;
    private readonly List<RecordedFile> files = [];

    /// <summary>Opens a folder, which is made if need be; files that a crash kept out of the index are read into it.
    /// </summary>
    public RecordingFolder(string folder, RecordingRules rules)
    {
        (this.folder, this.rules) = (Directory.CreateDirectory(folder).FullName, rules);
        var known = ReadIndex();
        foreach (var path in Directory.EnumerateFiles(this.folder, "*" + Extension).Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileName(path);
            if ((known.GetValueOrDefault(name) ?? Inspect(path)) is { } file)
                files.Add(file);
        }

        WriteIndex();
    }

    /// <summary>The files, oldest first.</summary>
    public IReadOnlyList<RecordedFile> Files => files;

    /// <summary>A file's path.</summary>
    public string PathOf(string name) => Path.Combine(folder, name);

    /// <summary>Takes a finished file into the index and lets go of what is too old or too much.</summary>
    public void Add(RecordedFile file, DateTimeOffset now)
    {
        files.Add(file);
        var sizes = files.ToDictionary(each => each.Name, SizeOf);
        var kept = sizes.Values.Sum();
        while (files.Count > 1 && (kept > rules.KeepBytes || now - files[0].To > rules.KeepFor))
        {
            kept -= sizes[files[0].Name];
            File.Delete(PathOf(files[0].Name));
            files.RemoveAt(0);
        }

        WriteIndex();
    }

    /// <summary>What the recording covers, in words for an operator.</summary>
    public string Coverage()
    {
        if (files.Count == 0)
            return "Nothing is recorded.";
        var gaps = files.SelectMany(file => file.Gaps).ToList();
        gaps.AddRange(files.Zip(files.Skip(1)).Where(pair => pair.Second.From - pair.First.To > rules.GapAfter)
            .Select(pair => new RecordingGap(pair.First.To, pair.Second.From)));
        var (from, to) = (files[0].From, files[^1].To);
        var missing = gaps.Aggregate(TimeSpan.Zero, (sum, gap) => sum + gap.Length);
        var share = to > from ? 1 - (missing / (to - from)) : 1;
        var longest = string.Concat(gaps.OrderByDescending(gap => gap.Length).Take(10)
            .Select(gap => Invariant($"\n  gap of {gap.Length:d\\.hh\\:mm\\:ss} from {gap.From:u}")));
        return Invariant($"{files.Count} files from {from:u} to {to:u}: ")
            + Invariant($"{files.Sum(file => file.Frames):#,0} frames, {files.Sum(file => file.Bytes):#,0} bytes, ")
            + Invariant($"{files.Sum(SizeOf):#,0} on disk, {share:0.00 %} of the time covered, ")
            + Invariant($"{gaps.Count} gaps, {files.Sum(file => file.Dropped):#,0} frames left out, ")
            + Invariant($"{files.Count(file => file.IsTorn)} files cut short.{longest}");
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private long SizeOf(RecordedFile file)
    {
        var info = new FileInfo(PathOf(file.Name));
        return info.Exists ? info.Length : 0;
    }

    private RecordedFile? Inspect(string path)
    {
        var tally = new RecordingTally(Path.GetFileName(path), rules.GapAfter);
        using var reader = new RecordingReader(File.OpenRead(path));
        while (reader.Read() is { } frame)
            tally.Add(frame.ReceivedAt, frame.Bytes.Length);
        return tally.Finish(0, reader.IsTorn);
    }

    private Dictionary<string, RecordedFile> ReadIndex()
    {
        var known = new Dictionary<string, RecordedFile>();
        var path = PathOf(IndexName);
        if (!File.Exists(path))
            return known;
        foreach (var line in File.ReadLines(path))
        {
            try
            {
                if (JsonSerializer.Deserialize(line, RecordingJson.Default.RecordedFile) is { } file)
                    known[file.Name] = file;
            }
            catch (JsonException)
            {
                // The index is only a short cut: a file without a line is read itself.
                continue;
            }
        }

        return known;
    }

    // Whole and by a new name first, so that a crash leaves the old index or the new one.
    private void WriteIndex()
    {
        var path = PathOf(IndexName);
        File.WriteAllLines(
            path + ".new", files.Select(file => JsonSerializer.Serialize(file, RecordingJson.Default.RecordedFile)));
        File.Move(path + ".new", path, overwrite: true);
    }
}
