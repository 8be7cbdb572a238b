using Equilibrage.Tests.Support;

namespace Equilibrage.Tests.Architecture;

[Trait("Tier", "Architecture")]
public sealed class FloorTests
{
    [Fact]
    public void Core_EveryFolder_UsesLowerFloorsOnly() =>
        Finding.AssertNone(FloorRules.Check(SourceTree.Under("Equilibrage.Core", ".cs")));

    [Fact]
    public void Neighbours_Listed_AreOnOneFloorAndFormNoCircle()
    {
        foreach (var (user, used) in FloorRules.Neighbours.Keys)
        {
            Assert.Equal(FloorRules.Floors[user], FloorRules.Floors[used]);
            Assert.DoesNotContain(user, Reachable(used));
        }
    }

    [Fact]
    public void Neighbours_Listed_AreUsed() =>
        Assert.Empty(FloorRules.Unused(SourceTree.Under("Equilibrage.Core", ".cs")));

    [Fact]
    public void Unused_NeighbourWithoutUse_IsFound() => Assert.Contains(("Orders", "Markets"), FloorRules.Unused([]));

    [Theory]
    [InlineData("Books", "using Equilibrage.Core.Engine;", "Books (floor 2) may not use Engine (floor 5)")]
    [InlineData("Books", "using Equilibrage.Core.Orders;", "Books (floor 2) may not use Orders (floor 2)")]
    [InlineData("Books", "var x = new Orders.Fill();", "Books (floor 2) may not use Orders (floor 2)")]
    [InlineData("Books", "using Equilibrage.Core.Extras;", "Extras has no floor")]
    [InlineData("Extras", "", "Extras has no floor")]
    [InlineData("", "", "move it")]
    public void Check_WrongUse_IsFound(string folder, string line, string advice)
    {
        var fill = SourceFile.Of("Equilibrage.Core/Orders/Fill.cs", "public sealed record Fill;");
        var path = folder.Length == 0 ? "Equilibrage.Core/A.cs" : $"Equilibrage.Core/{folder}/A.cs";
        var file = SourceFile.Of(path, line);

        var finding = Assert.Single(FloorRules.Check([fill, file]));

        Assert.Equal(file.Path, finding.Path);
        Assert.Contains(advice, finding.Advice, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Books", "using Equilibrage.Core.Primitives;")]
    [InlineData("Books", "namespace Equilibrage.Core.Books;")]
    [InlineData("Books", "/// <see cref=\"Equilibrage.Core.Engine.TradingEngine\"/>")]
    [InlineData("Orders", "using Equilibrage.Core.Markets;")]
    [InlineData("Engine", "using Equilibrage.Core.Strategies.TwoSided;")]
    public void Check_RightUse_IsNotFound(string folder, string line) =>
        Assert.Empty(FloorRules.Check([SourceFile.Of($"Equilibrage.Core/{folder}/A.cs", line)]));

    private static HashSet<string> Reachable(string from)
    {
        var found = new HashSet<string>();
        var open = new Stack<string>([from]);
        while (open.TryPop(out var folder))
            if (found.Add(folder))
                foreach (var (user, used) in FloorRules.Neighbours.Keys)
                    if (user == folder)
                        open.Push(used);
        return found;
    }
}
