using System.Collections;
using System.Reflection;

namespace Equilibrage.Tests.Support;

/// <summary>Everything that can be reached from an object through its fields, for proving what is not there.</summary>
internal static class ObjectGraph
{
    private const BindingFlags Fields =
        BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private static readonly string[] Shared = ["System.Net", "Microsoft.", "Npgsql", "Xunit"];

    /// <summary>
    /// All objects within reach, each once. Static fields, what the whole process shares and reflection's own objects
    /// stay out.
    /// </summary>
    public static IReadOnlyCollection<object> Reach(params object[] roots)
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        var waiting = new Stack<object>(roots);
        while (waiting.TryPop(out var next))
        {
            if (IsLeaf(next.GetType()) || !seen.Add(next))
                continue;
            if (next is Array array)
            {
                if (!IsLeaf(array.GetType().GetElementType()!))
                    Push(array);
                continue;
            }

            for (var type = next.GetType(); type is not null && type != typeof(object); type = type.BaseType)
            {
                foreach (var field in type.GetFields(Fields).Where(field => !IsLeaf(field.FieldType)))
                {
                    if (field.GetValue(next) is { } value)
                        waiting.Push(value);
                }
            }
        }

        return seen;

        void Push(IEnumerable items)
        {
            foreach (var item in items)
            {
                if (item is not null)
                    waiting.Push(item);
            }
        }
    }

    private static bool IsLeaf(Type type) =>
        type.IsPrimitive || type.IsEnum || type.IsPointer || type.IsByRefLike || type == typeof(string)
        || typeof(Type).IsAssignableFrom(type) || typeof(MemberInfo).IsAssignableFrom(type)
        || typeof(Assembly).IsAssignableFrom(type) || IsShared(type.Namespace ?? "");

    // Timers, sockets and execution contexts are chained through the whole process: behind them lies every other test.
    private static bool IsShared(string space) =>
        space is "System.Threading" || Shared.Any(each => space.StartsWith(each, StringComparison.Ordinal));
}
