using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Equilibrage.Core.State;

namespace Equilibrage.Core.Audit;

/// <summary>A document of the journal, to be held against one of a table part by part.</summary>
/// <param name="Text">The document.</param>
public sealed record AuditJson(string Text)
{
    /// <summary>The document of a value, as the tables keep it.</summary>
    public static AuditJson Of<T>(T value) => new(JsonSerializer.Serialize(value, JournalJson.Options));

    /// <summary>Every part that differs: its path, what it is here, what it is there.</summary>
    public IReadOnlyList<(string Path, string? Expected, string? Found)> Differences(string? other)
    {
        var found = new List<(string Path, string? Expected, string? Found)>();
        try
        {
            Compare("", JsonNode.Parse(Text), other is null ? null : JsonNode.Parse(other), found);
        }
        catch (JsonException error)
        {
            found.Add(("", "a document", error.Message));
        }

        return found;
    }

    private static void Compare(
        string path, JsonNode? left, JsonNode? right, List<(string Path, string? Expected, string? Found)> found)
    {
        if (left is JsonObject first && right is JsonObject second)
        {
            foreach (var name in first.Select(part => part.Key).Union(second.Select(part => part.Key)))
                Compare(path.Length == 0 ? name : $"{path}.{name}", first[name], second[name], found);
        }
        else if (left is JsonArray one && right is JsonArray two)
        {
            for (var at = 0; at < Math.Max(one.Count, two.Count); at++)
                Compare($"{path}[{at}]", at < one.Count ? one[at] : null, at < two.Count ? two[at] : null, found);
        }
        else if (TextOf(left) is var expected && TextOf(right) is var stored && expected != stored)
        {
            found.Add((path, expected, stored));
        }
    }

    // 0.50 and 0.5 are the same number, and a database may write a time's fraction with fewer digits.
    private static string? TextOf(JsonNode? node) => node is null
        ? null
        : node.GetValueKind() == JsonValueKind.Number && node.AsValue().TryGetValue<decimal>(out var number)
            ? (number / 1.0000000000000000000000000000m).ToString(CultureInfo.InvariantCulture)
            : node.ToJsonString();
}
