using System.Text.Json;
using Equilibrage.Core.State;

namespace Equilibrage.Adapters.Storage;

/// <summary>How documents are written into the database and read back, exactly.</summary>
internal static class StorageJson
{
    /// <summary>The document's text.</summary>
    public static string Write<T>(T document) => JsonSerializer.Serialize(document, JournalJson.Options);

    /// <summary>The document that was written.</summary>
    /// <exception cref="InvalidOperationException">The text is not such a document.</exception>
    public static T Read<T>(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(text, JournalJson.Options)
                ?? throw new InvalidOperationException($"A stored {typeof(T).Name} is empty.");
        }
        catch (JsonException error)
        {
            throw new InvalidOperationException($"A stored {typeof(T).Name} cannot be read: {error.Message}", error);
        }
    }
}
