using Equilibrage.Tests.Support.Chaos;

namespace Equilibrage.Tests.Scenarios.Chaos;

/// <summary>Every mistake that the chaos is there to find is found, within a few days.</summary>
[Trait("Tier", "Scenarios")]
public sealed class MutantTests
{
    private const int MostDays = 12;

    public static TheoryData<string> Names => [.. Mutants.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Desk_ThatDoesOneThingWrong_IsFoundOut(string mutant)
    {
        // Two machines, so that a lease matters.
        var found = Enumerable.Range(1, MostDays)
            .Select(day => ChaosPlan.Of(day * 10))
            .Any(plan => ChaosRun.Play(plan, Mutants.All[mutant]).Differences.Count > 0);

        Assert.True(found, $"A desk that {mutant} came through {MostDays} days.");
    }
}
