using Equilibrage.Tests.Support;

namespace Equilibrage.Tests.Architecture;

[Trait("Tier", "Architecture")]
public sealed class TypeTests
{
    [Fact]
    public void Project_EveryNamespace_IsItsFolder() =>
        Finding.AssertNone(TypeRules.CheckNamespaces(SourceTree.Under("", ".cs")));

    [Fact]
    public void Project_NoType_HasTheNameOfAFolderAroundIt() =>
        Finding.AssertNone(TypeRules.CheckFolderNames(SourceTree.Files));

    [Theory]
    [InlineData("namespace Equilibrage.Core.Markets;", 1)]
    [InlineData("namespace Equilibrage.Core.Books;", 0)]
    [InlineData("internal sealed class Lost;", 1)]
    [InlineData("[assembly: CLSCompliant(false)]", 0)]
    public void CheckNamespaces_FileInBooks_WantsBooks(string line, int findings) =>
        Assert.Equal(findings, TypeRules.CheckNamespaces([SourceFile.Of("Equilibrage.Core/Books/A.cs", line)]).Count());

    [Theory]
    [InlineData("A.cs", "public sealed class Books", 1)]
    [InlineData("A.cs", "public readonly record struct Books(int X);", 1)]
    [InlineData("A.cs", "public sealed class Book", 0)]
    [InlineData("Books.razor", "<p>Books</p>", 1)]
    [InlineData("BooksPage.razor", "<p>Books</p>", 0)]
    public void CheckFolderNames_TypeInBooks_MayNotBeBooks(string name, string line, int findings)
    {
        var file = SourceFile.Of("Equilibrage.Core/Books/" + name, line);

        Assert.Equal(findings, TypeRules.CheckFolderNames([file]).Count());
    }
}
