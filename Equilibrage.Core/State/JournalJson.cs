using System.Text.Json;
using System.Text.Json.Serialization;

namespace Equilibrage.Core.State;

/// <summary>The journal's one JSON form: what is stored, compared between runs and folded on recovery.</summary>
public static class JournalJson
{
    /// <summary>camelCase, absent values left out, money and prices as exact numbers.</summary>
    public static JsonSerializerOptions Options { get; } = Make();

    /// <summary>A record's payload.</summary>
    public static string Write(EngineOutput output) => JsonSerializer.Serialize(output, Options);

    /// <summary>Reads a payload back.</summary>
    /// <exception cref="JsonException">The text is no payload that this version knows.</exception>
    public static EngineOutput ReadOutput(string payload) =>
        JsonSerializer.Deserialize<EngineOutput>(payload, Options)
        ?? throw new JsonException("A payload cannot be null.");

    /// <summary>A whole record on one line.</summary>
    public static string Write(JournalRecord record) => JsonSerializer.Serialize(record, Options);

    /// <summary>Reads a whole record back.</summary>
    /// <exception cref="JsonException">The text is no record that this version knows.</exception>
    public static JournalRecord ReadRecord(string line) =>
        JsonSerializer.Deserialize<JournalRecord>(line, Options) ?? throw new JsonException("A record cannot be null.");

    private static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            // A database keeps an object's properties in an order of its own: the discriminator need not be first.
            AllowOutOfOrderMetadataProperties = true,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            IgnoreReadOnlyProperties = true,
            NumberHandling = JsonNumberHandling.Strict,
        };
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
