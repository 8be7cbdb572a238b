using System.Diagnostics.CodeAnalysis;

namespace Equilibrage.Adapters.Polymarket;

/// <summary>Remembers the last so many keys; the oldest gives way.</summary>
/// <param name="most">How many.</param>
internal sealed class Recent<TKey, TValue>(int most)
    where TKey : notnull
{
    private readonly Dictionary<TKey, TValue> values = [];
    private readonly Queue<TKey> order = new();

    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value) => values.TryGetValue(key, out value);

    public void Set(TKey key, TValue value)
    {
        if (!values.ContainsKey(key))
        {
            if (order.Count == most)
                values.Remove(order.Dequeue());
            order.Enqueue(key);
        }

        values[key] = value;
    }
}
