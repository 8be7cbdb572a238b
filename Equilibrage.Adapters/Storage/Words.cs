using System.Text;

namespace Equilibrage.Adapters.Storage;

/// <summary>Enumerations as the database spells them: <c>partially_filled</c>.</summary>
internal static class Words
{
    /// <summary>The database's word.</summary>
    public static string Of<T>(T value)
        where T : struct, Enum => Snake(value.ToString());

    /// <summary>The database's word, null for none.</summary>
    public static string? Of<T>(T? value)
        where T : struct, Enum => value is { } some ? Of(some) : null;

    /// <summary>The value that a word stands for.</summary>
    /// <exception cref="InvalidOperationException">The word stands for none.</exception>
    public static T Parse<T>(string word)
        where T : struct, Enum =>
        Enum.TryParse<T>(word.Replace("_", "", StringComparison.Ordinal), ignoreCase: true, out var value)
            ? value
            : throw new InvalidOperationException($"'{word}' is stored where a {typeof(T).Name} belongs.");

    /// <summary>A name in snake case.</summary>
    public static string Snake(string name)
    {
        var text = new StringBuilder(name.Length + 8);
        foreach (var letter in name)
        {
            if (char.IsUpper(letter) && text.Length > 0)
                text.Append('_');
            text.Append(char.ToLowerInvariant(letter));
        }

        return text.ToString();
    }
}
