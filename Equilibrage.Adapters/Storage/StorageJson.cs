using System.Text.Json;
using System.Text.Json.Serialization;

namespace Equilibrage.Adapters.Storage;

/// <summary>How documents are written into the database and read back, exactly.</summary>
internal static class StorageJson
{
    // The database keeps an object's properties in an order of its own, so the discriminator need not come first.
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        AllowOutOfOrderMetadataProperties = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        IgnoreReadOnlyProperties = true,
        NumberHandling = JsonNumberHandling.Strict,
    };

    /// <summary>The document's text.</summary>
    public static string Write<T>(T document) => JsonSerializer.Serialize(document, Options);

    /// <summary>The document that was written.</summary>
    /// <exception cref="InvalidOperationException">The text is not such a document.</exception>
    public static T Read<T>(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(text, Options)
                ?? throw new InvalidOperationException($"A stored {typeof(T).Name} is empty.");
        }
        catch (JsonException error)
        {
            throw new InvalidOperationException($"A stored {typeof(T).Name} cannot be read: {error.Message}", error);
        }
    }
}
