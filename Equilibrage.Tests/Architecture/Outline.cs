namespace Equilibrage.Tests.Architecture;

/// <summary>
/// The small part of YAML that docker-compose.yml is written in: mappings by two-space indentation, lists of scalars,
/// comments on their own lines. Anything else is an error, so the file stays that simple.
/// </summary>
internal static class Outline
{
    /// <summary>Reads the text into "a/b/c" paths with their scalar; list items are numbered: "a/ports/0".</summary>
    /// <exception cref="FormatException">The text uses more than that part, with the line's number.</exception>
    public static IReadOnlyDictionary<string, string> Read(IReadOnlyList<string> lines)
    {
        var values = new Dictionary<string, string>();
        var path = new List<string>();
        var items = new Dictionary<string, int>();
        for (var index = 0; index < lines.Count; index++)
        {
            var text = lines[index].TrimStart(' ');
            if (text.Length == 0 || text[0] == '#')
                continue;
            var indent = lines[index].Length - text.Length;
            Require(indent % 2 == 0 && text[0] != '\t', index, "indent by two spaces");
            Require(indent / 2 <= path.Count, index, "this line is indented too far");
            path.RemoveRange(indent / 2, path.Count - (indent / 2));
            var parent = string.Join('/', path);
            if (text.StartsWith("- ", StringComparison.Ordinal))
            {
                items[parent] = items.GetValueOrDefault(parent, -1) + 1;
                values.Add($"{parent}/{items[parent]}", Scalar(text[2..], index));
                continue;
            }

            var colon = text.IndexOf(':', StringComparison.Ordinal);
            Require(colon > 0 && (colon == text.Length - 1 || text[colon + 1] == ' '), index, "write 'name: value'");
            path.Add(text[..colon]);
            var value = Scalar(text[(colon + 1)..].Trim(), index);
            Require(values.TryAdd(string.Join('/', path), value), index, "this name stands twice");
        }
        return values;
    }

    private static string Scalar(string text, int index)
    {
        if (text.StartsWith('"'))
        {
            Require(text.Length > 1 && text.EndsWith('"') && !text[1..^1].Contains('"'), index, "close the quotes");
            return text[1..^1];
        }
        if (text.StartsWith('['))
            Require(text.EndsWith(']'), index, "close the list");
        else
            Require(!text.Contains(": ") && !text.Contains(" #") && text.IndexOfAny(['{', '&', '*', '|', '>']) < 0,
                index, "quote this value");
        return text;
    }

    private static void Require(bool condition, int index, string advice)
    {
        if (!condition)
            throw new FormatException($"line {index + 1}: {advice}.");
    }
}
