using Equilibrage.Tests.Support;

namespace Equilibrage.Tests.Architecture;

[Trait("Tier", "Architecture")]
public sealed class StrategyTests
{
    private static readonly SourceFile Strategy =
        SourceFile.Of("Equilibrage.Core/Strategies/Alpha/AlphaStrategy.cs", "public sealed class AlphaStrategy;");

    private static readonly SourceFile Catalog =
        SourceFile.Of("Equilibrage.Core/Strategies/StrategyCatalog.cs", "All = [new AlphaStrategy()];");

    private static readonly SourceFile Unit = SourceFile.Of("Equilibrage.Tests/Unit/Strategies/Alpha/AlphaTests.cs");
    private static readonly SourceFile Scenario = SourceFile.Of("Equilibrage.Tests/Scenarios/AlphaScenarioTests.cs");

    [Fact]
    public void Strategies_EachOne_HasItsParts() => Finding.AssertNone(StrategyRules.Check(SourceTree.Files));

    [Fact]
    public void Check_WholeStrategy_IsNotFound() =>
        Assert.Empty(StrategyRules.Check([Strategy, Catalog, Unit, Scenario]));

    [Theory]
    [InlineData(1, "StrategyCatalog")]
    [InlineData(2, "unit test")]
    [InlineData(3, "scenario")]
    public void Check_PartIsMissing_IsFound(int missing, string advice)
    {
        SourceFile[] all = [Strategy, Catalog, Unit, Scenario];

        var finding = Assert.Single(StrategyRules.Check([.. all.Where((_, index) => index != missing)]));

        Assert.Contains(advice, finding.Advice, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("using Equilibrage.Core.Strategies.Alpha;")]
    [InlineData("var x = Alpha.AlphaStrategy.Name;")]
    public void Check_StrategyUsesAnother_IsFound(string line)
    {
        var other = SourceFile.Of("Equilibrage.Core/Strategies/Beta/BetaStrategy.cs", line);

        var findings = StrategyRules.Check([Strategy, Catalog, Unit, Scenario, other]);

        Assert.Contains(findings, finding => finding.Path == other.Path && finding.Line == 1);
    }
}
