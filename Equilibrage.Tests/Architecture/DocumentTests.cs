using Equilibrage.Tests.Support;

namespace Equilibrage.Tests.Architecture;

[Trait("Tier", "Architecture")]
public sealed class DocumentTests
{
    [Fact]
    public void Documents_Links_LeadSomewhere() =>
        Finding.AssertNone(DocumentRules.CheckLinks(SourceTree.Files, path => Path.Exists(SourceTree.PathOf(path))));

    [Fact]
    public void Decisions_Pages_AreNumberedAndListed() =>
        Finding.AssertNone(DocumentRules.CheckDecisions(SourceTree.Files));

    [Theory]
    [InlineData("[a](other.md)", 0)]
    [InlineData("[a](../README.md#top) and [b](https://example.org/x)", 0)]
    [InlineData("[a](#top)", 0)]
    [InlineData("![a](missing.png)", 1)]
    public void CheckLinks_Link_IsJudged(string line, int findings) =>
        Assert.Equal(findings, DocumentRules.CheckLinks(
            [SourceFile.Of("docs/a.md", line)], path => path is "docs/other.md" or "README.md").Count());

    [Fact]
    public void CheckDecisions_GapAndUnlistedPage_AreFound()
    {
        SourceFile[] files =
        [
            SourceFile.Of("docs/decisions/0001-one.md"),
            SourceFile.Of("docs/decisions/0003-three.md"),
            SourceFile.Of("docs/decisions/README.md", "[0001](0001-one.md)"),
        ];

        Assert.Equal(2, DocumentRules.CheckDecisions(files).Count());
    }
}
