using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Equilibrage.Core.State;

namespace Equilibrage.Tests.Support.Chaos;

/// <summary>What came of a run.</summary>
/// <param name="Plan">What the seed had decided.</param>
/// <param name="Differences">Everything that is wrong; empty when nothing is.</param>
/// <param name="Journal">The journal.</param>
/// <param name="Struck">How often each fault struck.</param>
/// <param name="Starts">Processes that were started.</param>
/// <param name="Writes">Writes of the journal that carried records.</param>
/// <param name="Log">What the processes logged.</param>
/// <param name="End">What the account owns at the end and how it came to it, by the exchange's record.</param>
internal sealed record ChaosReport(
    ChaosPlan Plan, IReadOnlyList<string> Differences, IReadOnlyList<JournalRecord> Journal,
    IReadOnlyDictionary<Fault, int> Struck, int Starts, int Writes, IReadOnlyList<string> Log,
    IReadOnlyList<string> End)
{
    private const int LastLines = 30;

    /// <summary>SHA-256 of the journal, both clocks included.</summary>
    public string Hash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var record in Journal)
            hash.AppendData(Encoding.UTF8.GetBytes(JournalJson.Write(record) + '\n'));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>All that was logged and all of the journal, for who looks into one seed.</summary>
    public void WriteTo(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllLines(file, Log.Concat(Journal.Select(JournalJson.Write)));
    }

    /// <summary>The seed, what is wrong, what had happened, and the journal's last lines.</summary>
    public string Explain()
    {
        var text = new StringBuilder();
        text.AppendLine(
            CultureInfo.InvariantCulture,
            $"Seed {Plan.Seed} ends with {Differences.Count} differences. Again: ./test.sh chaos {Plan.Seed}");
        foreach (var difference in Differences.Take(10))
            text.AppendLine(CultureInfo.InvariantCulture, $"  {difference}");
        text.AppendLine(
            CultureInfo.InvariantCulture,
            $"Faults: {string.Join(", ", Struck.OrderBy(fault => fault.Key))}; {Starts} starts.");
        text.AppendLine("The log's last lines:");
        foreach (var line in Log.TakeLast(LastLines))
            text.AppendLine(CultureInfo.InvariantCulture, $"  {line}");
        text.AppendLine("The journal's last lines:");
        foreach (var record in Journal.TakeLast(LastLines))
            text.AppendLine(CultureInfo.InvariantCulture, $"  {JournalJson.Write(record)}");
        return text.ToString();
    }
}
