using System.Runtime.CompilerServices;
using System.Text;
using Equilibrage.Tests.Support;

namespace Equilibrage.Tests.Architecture;

/// <summary>
/// C# text with comments and the contents of strings blanked, every remaining character in its place, so that a search
/// finds code only.
/// </summary>
internal static class CodeText
{
    private static readonly ConditionalWeakTable<SourceFile, string> Cache = [];

    /// <summary>The blanked text of a C# file, lines joined by '\n'.</summary>
    public static string Of(SourceFile file) => Cache.GetValue(file, source => Blank(source.Text));

    /// <summary>The number (from 1) of the line that holds a position of the text.</summary>
    public static int LineOf(string text, int position) => 1 + text.AsSpan(0, position).Count('\n');

    /// <summary>Blanks comments, characters and strings; holes of interpolated strings are blanked with them.</summary>
    public static string Blank(string text)
    {
        var blanked = new StringBuilder(text.Length);
        for (var position = 0; position < text.Length;)
        {
            var end = EndOfToken(text, position);
            if (end == position)
            {
                blanked.Append(text[position++]);
                continue;
            }
            for (; position < end; position++)
                blanked.Append(text[position] == '\n' ? '\n' : ' ');
        }
        return blanked.ToString();
    }

    // The end of the comment or literal that starts at the position; the position itself where none starts.
    private static int EndOfToken(string text, int position)
    {
        var rest = text.AsSpan(position);
        if (rest.StartsWith("//"))
            return After(text, position, "\n", keepsEnd: true);
        if (rest.StartsWith("/*"))
            return After(text, position + 2, "*/");
        if (rest[0] == '\'')
            return EndOfQuoted(text, position + 1, '\'');
        if (rest[0] != '"')
            return position;

        var quotes = rest.Length - rest.TrimStart('"').Length;
        if (quotes >= 3)
            return After(text, position + quotes, new string('"', quotes));
        var isVerbatim = IsVerbatim(text, position);
        return isVerbatim ? EndOfVerbatim(text, position + 1) : EndOfQuoted(text, position + 1, '"');
    }

    private static bool IsVerbatim(string text, int quote) =>
        (quote > 0 && text[quote - 1] == '@') || (quote > 1 && text[quote - 1] == '$' && text[quote - 2] == '@');

    private static int After(string text, int from, string end, bool keepsEnd = false)
    {
        var found = text.IndexOf(end, from, StringComparison.Ordinal);
        return found < 0 ? text.Length : keepsEnd ? found : found + end.Length;
    }

    private static int EndOfQuoted(string text, int from, char quote)
    {
        for (var position = from; position < text.Length && text[position] != '\n'; position++)
        {
            if (text[position] == quote)
                return position + 1;
            if (text[position] == '\\')
                position++;
        }
        return Math.Min(from, text.Length);
    }

    private static int EndOfVerbatim(string text, int from)
    {
        for (var position = from; position < text.Length; position++)
        {
            if (text[position] != '"')
                continue;
            if (position + 1 >= text.Length || text[position + 1] != '"')
                return position + 1;
            position++;
        }
        return text.Length;
    }
}
