using System.Collections.Concurrent;
using System.Globalization;
using Equilibrage.Tests.Support;
using Equilibrage.Tests.Support.Chaos;

namespace Equilibrage.Tests.Scenarios.Chaos;

/// <summary>
/// Days of the real desk in virtual time in which everything goes wrong. A seed that fails is the whole report.
/// </summary>
[Trait("Tier", "Scenarios")]
public sealed class ChaosTests(ITestOutputHelper output)
{
    private const string SeedsKey = "EQUILIBRAGE_CHAOS_SEEDS";
    private const string SeedKey = "EQUILIBRAGE_CHAOS_SEED";
    private const int UsualSeeds = 40;

    [Fact]
    public void Day_WithEverythingGoingWrong_EndsEqualToTheExchangesRecord()
    {
        var reports = new ConcurrentBag<ChaosReport>();

        Parallel.ForEach(
            Seeds(), new() { MaxDegreeOfParallelism = Environment.ProcessorCount },
            seed => reports.Add(ChaosRun.Play(ChaosPlan.Of(seed))));

        Tell(reports);
        if (Number(SeedKey) is not null)
        {
            var file = Path.Combine(SourceTree.Root, "artifacts", "chaos", $"{reports.First().Plan.Seed}.txt");
            reports.First().WriteTo(file);
            output.WriteLine($"Log and journal: {file}");
        }

        var failed = reports.Where(report => report.Differences.Count > 0).OrderBy(report => report.Plan.Seed).ToList();
        Assert.True(
            failed.Count == 0,
            $"{failed.Count} of {reports.Count} seeds fail: "
            + $"{string.Join(' ', failed.Select(report => report.Plan.Seed))}\n{failed.FirstOrDefault()?.Explain()}");
    }

    [Fact]
    public void Day_OfTheSameSeed_HasTheSameJournal()
    {
        var (first, second) = (ChaosRun.Play(ChaosPlan.Of(3)), ChaosRun.Play(ChaosPlan.Of(3)));

        Assert.NotEmpty(first.Journal);
        Assert.Equal(first.Hash(), second.Hash());
        Assert.NotEqual(first.Hash(), ChaosRun.Play(ChaosPlan.Of(4)).Hash());
    }

    private static IEnumerable<int> Seeds() => Number(SeedKey) is { } one
        ? [one]
        : Enumerable.Range(1, Number(SeedsKey) ?? UsualSeeds);

    private static int? Number(string key) =>
        Environment.GetEnvironmentVariable(key) is { Length: > 0 } text
            ? int.Parse(text, CultureInfo.InvariantCulture)
            : null;

    private void Tell(IReadOnlyCollection<ChaosReport> reports)
    {
        output.WriteLine(
            $"{reports.Count} days, {reports.Sum(report => report.Journal.Count)} records, "
            + $"{reports.Sum(report => report.Writes)} writes, {reports.Sum(report => report.Starts)} starts");
        var kinds = reports.SelectMany(report => report.Journal).GroupBy(record => record.Output.GetType().Name);
        foreach (var kind in kinds.OrderBy(kind => kind.Key, StringComparer.Ordinal))
            output.WriteLine($"{kind.Key}: {kind.Count()}");
        foreach (var fault in reports.SelectMany(report => report.Struck).GroupBy(struck => struck.Key)
            .OrderBy(fault => fault.Key))
            output.WriteLine($"{fault.Key}: {fault.Sum(struck => struck.Value)}");
    }
}
