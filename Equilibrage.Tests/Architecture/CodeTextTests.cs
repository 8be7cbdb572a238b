namespace Equilibrage.Tests.Architecture;

[Trait("Tier", "Architecture")]
public sealed class CodeTextTests
{
    [Theory]
    [InlineData("a // b \"c\"\nd", "a         \nd")]
    [InlineData("a /* b\nc */ d", "a     \n     d")]
    [InlineData("f(\"x\\\"y\", 'z', '\\'')", "f(      ,    ,     )")]
    [InlineData("@\"a\\\" + b", "@     + b")]
    [InlineData("@\"a\"\"b\" + c", "@       + c")]
    [InlineData("$\"a{b}\" + c", "$       + c")]
    [InlineData("\"\"\"a\"b\"\"\" + c", "          + c")]
    [InlineData("\"\" + c", "   + c")]
    public void Blank_CommentsAndLiterals_LeavesCodeInPlace(string text, string expected) =>
        Assert.Equal(expected, CodeText.Blank(text));

    [Theory]
    [InlineData(0, 1)]
    [InlineData(2, 2)]
    public void LineOf_Position_CountsFromOne(int position, int line) =>
        Assert.Equal(line, CodeText.LineOf("a\nb", position));
}
