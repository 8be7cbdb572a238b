using System.Xml.Linq;
using Equilibrage.Tests.Support;

namespace Equilibrage.Tests.Architecture;

[Trait("Tier", "Architecture")]
public sealed class ProjectTests
{
    private static IEnumerable<SourceFile> Projects => SourceTree.Under("", ".csproj");

    [Fact]
    public void Projects_References_AreThoseOfTheTable() => Finding.AssertNone(ProjectRules.Check(Projects));

    [Fact]
    public void Projects_Solution_HoldsEachOfTheTable()
    {
        var solution = SourceTree.File("Equilibrage.sln").Text;

        Assert.Equal(ProjectRules.References.Count, Projects.Count());
        Assert.All(ProjectRules.References.Keys, name =>
            Assert.Contains($"\"Equilibrage.{name}\"", solution, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Core", "../Equilibrage.Web/Equilibrage.Web.csproj", "may not reference Web: it may use no project")]
    [InlineData("Polymarket", "..\\Equilibrage.Adapters\\Equilibrage.Adapters.csproj", "Polymarket may not reference")]
    [InlineData("Extra", "", "an unknown project")]
    public void Check_WrongReference_IsFound(string project, string reference, string advice)
    {
        var file = SourceFile.Of($"Equilibrage.{project}/Equilibrage.{project}.csproj",
            $"""<Project><ItemGroup><ProjectReference Include="{reference}" /></ItemGroup></Project>""");

        Assert.Contains(ProjectRules.Check([file]), finding =>
            finding.Advice.Contains(advice, StringComparison.Ordinal));
    }

    [Fact]
    public void Core_BannedSymbols_AreWiredIn()
    {
        var project = XDocument.Parse(SourceTree.File("Equilibrage.Core/Equilibrage.Core.csproj").Text);

        Assert.Contains(project.Descendants("PackageReference"), item =>
            (string?)item.Attribute("Include") == "Microsoft.CodeAnalysis.BannedApiAnalyzers");
        Assert.Contains(project.Descendants("AdditionalFiles"), item =>
            (string?)item.Attribute("Include") == "BannedSymbols.txt");
        Assert.Empty(project.Descendants("NoWarn"));
    }

    [Theory]
    [InlineData("T:System.DateTime;")]
    [InlineData("T:System.TimeProvider;")]
    [InlineData("T:System.Random;")]
    [InlineData("M:System.Guid.NewGuid;")]
    [InlineData("N:System.IO;")]
    [InlineData("N:System.Net;")]
    [InlineData("T:System.Threading.Thread;")]
    [InlineData("T:System.Threading.Tasks.Task;")]
    public void Core_BannedSymbols_HoldClockRandomnessInputAndThreads(string symbol) =>
        Assert.Contains(SourceTree.File("Equilibrage.Core/BannedSymbols.txt").Lines, line =>
            line.StartsWith(symbol, StringComparison.Ordinal));

    [Fact]
    public void Core_BannedSymbols_AreLiftedForPortsOnly()
    {
        var section = "";
        foreach (var line in SourceTree.File(".editorconfig").Lines)
        {
            if (line.StartsWith('['))
                section = line;
            if (line.Contains("RS0030", StringComparison.Ordinal))
                Assert.Equal("[Equilibrage.Core/Ports/**.cs]", section);
        }
        Finding.AssertNone(
            from file in SourceTree.Under("Equilibrage.Core", ".cs")
            from line in Enumerable.Range(0, file.Lines.Length)
            where file.Lines[line].Contains("RS0030", StringComparison.Ordinal)
            select new Finding(file.Path, line + 1, "the ban holds here: take time, ids and results from the event."));
    }

    [Fact]
    public void Projects_Rules_HoldForAllOfThem()
    {
        var shared = XDocument.Parse(SourceTree.File("Directory.Build.props").Text);
        var central = XDocument.Parse(SourceTree.File("Directory.Packages.props").Text);

        Assert.All(["Nullable", "TreatWarningsAsErrors", "EnforceCodeStyleInBuild", "RestorePackagesWithLockFile"],
            name => Assert.Contains((string)shared.Descendants(name).Single(), (string[])["enable", "true"]));
        Assert.Equal("true", (string)central.Descendants("ManagePackageVersionsCentrally").Single());
        Finding.AssertNone(
            from file in Projects
            from item in XDocument.Parse(file.Text).Descendants()
            where item.Name.LocalName is "Nullable" or "TreatWarningsAsErrors" or "ManagePackageVersionsCentrally"
            select new Finding(file, $"{item.Name.LocalName} is set for all projects: remove it here."));
        Assert.All(Projects, file => SourceTree.File(file.Folder + "/packages.lock.json"));
    }
}
