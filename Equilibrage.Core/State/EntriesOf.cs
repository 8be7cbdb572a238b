using System.Reflection;
using Equilibrage.Core.Accounting;

namespace Equilibrage.Core.State;

/// <summary>
/// Finds the entries of any output by looking at its members, so that a kind that is added later cannot move money past
/// the audit.
/// </summary>
internal static class EntriesOf
{
    private static readonly Dictionary<Type, PropertyInfo[]> Members = typeof(EngineOutput)
        .GetNestedTypes(BindingFlags.Public)
        .ToDictionary(type => type, type => type.GetProperties().Where(IsOfEntries).ToArray());

    /// <summary>
    /// The entries that an output books, releases of a reservation first, since the ledger books them in that order.
    /// </summary>
    public static IEnumerable<Entry> Output(EngineOutput output) => Members[output.GetType()]
        .SelectMany(member => member.GetValue(output) switch
        {
            Entry entry => [entry],
            IEnumerable<Entry> many => many,
            _ => Enumerable.Empty<Entry>(),
        })
        .OrderBy(entry => entry.Kind == "release" ? 0 : 1);

    private static bool IsOfEntries(PropertyInfo member) =>
        member.PropertyType == typeof(Entry) || typeof(IEnumerable<Entry>).IsAssignableFrom(member.PropertyType);
}
