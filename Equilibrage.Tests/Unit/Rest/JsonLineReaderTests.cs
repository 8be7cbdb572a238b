using System.Text;
using Equilibrage.Polymarket.Rest;

namespace Equilibrage.Tests.Unit.Rest;

[Trait("Tier", "Unit")]
public sealed class JsonLineReaderTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("a", "a")]
    [InlineData("a\nb", "a|b")]
    [InlineData("a\r\n\nb\n", "a||b")]
    [InlineData("\uFEFFa\nb\n", "a|b")]
    public void MoveNext_AnyLineEnds_GivesTheLines(string text, string expected) =>
        Assert.Equal(expected, string.Join('|', Lines(text, 3)));

    [Fact]
    public void MoveNext_LinesLargerThanTheBuffer_AreWhole()
    {
        var first = new string('x', 700_000);

        Assert.Equal([first, "y"], Lines($"{first}\ny", 9_999));
    }

    [Fact]
    public void MoveNext_TooLongLine_IsPassedOver()
    {
        var text = $"a\n{new string('x', JsonLineReader.LongestLine + 70_000)}\nb";
        using var reader = new JsonLineReader(new MemoryStream(Encoding.UTF8.GetBytes(text)));

        var seen = new List<(int Number, int Length, bool IsTooLong)>();
        while (reader.MoveNext())
            seen.Add((reader.LineNumber, reader.Line.Length, reader.IsTooLong));

        Assert.Equal([(1, 1, false), (2, 0, true), (3, 1, false)], seen);
    }

    private static List<string> Lines(string text, int chunk)
    {
        using var reader = new JsonLineReader(new ChunkedStream(Encoding.UTF8.GetBytes(text), chunk));
        var lines = new List<string>();
        while (reader.MoveNext())
            lines.Add(Encoding.UTF8.GetString(reader.Line));
        return lines;
    }

    private sealed class ChunkedStream(byte[] bytes, int chunk) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) =>
            base.Read(buffer, offset, Math.Min(count, chunk));
    }
}
