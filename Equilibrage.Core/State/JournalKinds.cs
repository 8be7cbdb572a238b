using System.Reflection;
using System.Text.Json.Serialization;

namespace Equilibrage.Core.State;

/// <summary>The kinds of journal record by the names that files, tables and programs know.</summary>
public static class JournalKinds
{
    /// <summary>Every kind, in the order of its declaration.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        .. typeof(EngineOutput).GetCustomAttributes<JsonDerivedTypeAttribute>()
            .Select(kind => kind.TypeDiscriminator).OfType<string>(),
    ];

    /// <summary>A kind as words: <c>fill_booked</c> is "Fill booked".</summary>
    public static string Words(string kind)
    {
        ArgumentException.ThrowIfNullOrEmpty(kind);
        return char.ToUpperInvariant(kind[0]) + kind[1..].Replace('_', ' ');
    }
}
