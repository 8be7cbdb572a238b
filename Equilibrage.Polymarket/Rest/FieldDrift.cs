using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Equilibrage.Polymarket.Rest;

/// <summary>How a field differs from what is known of it.</summary>
public enum DriftKind
{
    /// <summary>It is always sent and was not there.</summary>
    Missing,

    /// <summary>It came in a form that cannot be read.</summary>
    Changed,

    /// <summary>It is not known here and was skipped.</summary>
    Unknown,
}

/// <summary>One field that differs.</summary>
/// <param name="Record">The record that it belongs to.</param>
/// <param name="Field">Its name on the wire.</param>
/// <param name="Kind">How it differs.</param>
public readonly record struct DriftedField(string Record, string Field, DriftKind Kind);

/// <summary>
/// Notices when the services change their answers: holds answers against the wire records and counts, by name, fields
/// that are missing, changed or new. Answers of one kind look alike, so the first few are looked at whole and then one
/// of many. Safe to use from several threads.
/// </summary>
public sealed class FieldDrift
{
    private const int LookedAtFirst = 3;
    private const int LookedAtThen = 64;
    private const int MostFields = 4096;

    private readonly ConcurrentDictionary<DriftedField, long> counts = new();
    private readonly ConcurrentDictionary<Type, Shape> shapes = new();
    private readonly ConcurrentDictionary<Type, int> seen = new();

    /// <summary>The fields that differed and how often, missing and changed ones first.</summary>
    public IReadOnlyList<KeyValuePair<DriftedField, long>> Counts =>
        [.. counts.OrderBy(pair => pair.Key.Kind).ThenBy(pair => pair.Key.Record).ThenBy(pair => pair.Key.Field)];

    /// <summary>Counts one difference.</summary>
    public void Add(string record, string field, DriftKind kind)
    {
        // What strangers send must not grow without bound.
        var key = new DriftedField(record, field, kind);
        if (counts.ContainsKey(key) || counts.Count < MostFields)
            counts.AddOrUpdate(key, 1, static (_, count) => count + 1);
    }

    /// <summary>Holds an answer against the record that it is read into, if it is this answer's turn.</summary>
    public void Look<T>(ReadOnlySpan<byte> json, JsonTypeInfo<T> type)
    {
        ArgumentNullException.ThrowIfNull(type);
        var turn = seen.AddOrUpdate(typeof(T), 1, static (_, count) => unchecked(count + 1) & int.MaxValue);
        if (turn <= LookedAtFirst || turn % LookedAtThen == 0)
            Inspect(json, type);
    }

    /// <summary>Holds an answer against the record that it is read into.</summary>
    public void Inspect(ReadOnlySpan<byte> json, JsonTypeInfo type)
    {
        ArgumentNullException.ThrowIfNull(type);
        var reader = new Utf8JsonReader(json);
        try
        {
            if (reader.Read())
                Inspect(ref reader, ShapeOf(type), type.Type.Name, "");
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            Add(type.Type.Name, "", DriftKind.Changed);
        }
    }

    private void Inspect(ref Utf8JsonReader reader, Shape shape, string record, string field)
    {
        if (reader.TokenType == JsonTokenType.Null)
            return;
        var fits = shape.Kind switch
        {
            ShapeKind.Object or ShapeKind.Map => reader.TokenType == JsonTokenType.StartObject,
            ShapeKind.List => reader.TokenType == JsonTokenType.StartArray,
            ShapeKind.Scalar => reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray),
            _ => true,
        };
        if (!fits)
            Add(record, field, DriftKind.Changed);
        if (!fits || shape.Kind is ShapeKind.Scalar or ShapeKind.Anything)
            reader.Skip();
        else if (shape.Kind == ShapeKind.Object)
            InspectObject(ref reader, shape);
        else
            InspectElements(ref reader, shape, record, field);
    }

    private void InspectElements(ref Utf8JsonReader reader, Shape shape, string record, string field)
    {
        var end = shape.Kind == ShapeKind.List ? JsonTokenType.EndArray : JsonTokenType.EndObject;
        while (reader.Read() && reader.TokenType != end)
        {
            if (shape.Kind == ShapeKind.Map)
                reader.Read();
            Inspect(ref reader, shape.Element!, record, field);
        }
    }

    private void InspectObject(ref Utf8JsonReader reader, Shape shape)
    {
        var found = 0UL;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            if (shape.Fields.TryGetValue(name, out var known))
            {
                found |= known.Bit;
                Inspect(ref reader, known.Shape, shape.Name, name);
            }
            else
            {
                Add(shape.Name, name, DriftKind.Unknown);
                reader.Skip();
            }
        }

        foreach (var (name, known) in shape.Fields)
            if (known.Bit != 0 && (found & known.Bit) == 0)
                Add(shape.Name, name, DriftKind.Missing);
    }

    private Shape ShapeOf(JsonTypeInfo type)
    {
        if (shapes.TryGetValue(type.Type, out var known))
            return known;
        var shape = new Shape { Name = type.Type.Name, Kind = KindOf(type) };
        // Kept before it is complete: records may contain each other.
        shapes[type.Type] = shape;
        if (shape.Kind is ShapeKind.List or ShapeKind.Map)
            shape.Element = ShapeOf(type.Options.GetTypeInfo(type.ElementType!));
        if (shape.Kind != ShapeKind.Object)
            return shape;
        var bit = 1UL;
        foreach (var property in type.Properties.Where(one => one.Get is not null || one.Set is not null))
        {
            var isAlwaysSent = IsAlwaysSent(property) && bit != 0;
            var inner = property.CustomConverter is null
                ? ShapeOf(type.Options.GetTypeInfo(property.PropertyType))
                : Free(property);
            shape.Fields[property.Name] = new(inner, isAlwaysSent ? bit : 0);
            if (isAlwaysSent)
                bit <<= 1;
        }

        return shape;
    }

    private static Shape Free(JsonPropertyInfo property) => new()
    {
        Name = property.Name,
        Kind = property.PropertyType.IsValueType ? ShapeKind.Scalar : ShapeKind.Anything,
    };

    private static bool IsAlwaysSent(JsonPropertyInfo property) => property.PropertyType.IsValueType
        ? Nullable.GetUnderlyingType(property.PropertyType) is null
        : !property.IsGetNullable;

    private static ShapeKind KindOf(JsonTypeInfo type) => type.Kind switch
    {
        JsonTypeInfoKind.Object => ShapeKind.Object,
        JsonTypeInfoKind.Enumerable => ShapeKind.List,
        JsonTypeInfoKind.Dictionary => ShapeKind.Map,
        _ when type.Type == typeof(JsonElement) || type.Type == typeof(JsonElement?) => ShapeKind.Anything,
        _ => ShapeKind.Scalar,
    };

    private enum ShapeKind
    {
        Scalar,
        Object,
        List,
        Map,
        Anything,
    }

    private readonly record struct Field(Shape Shape, ulong Bit);

    private sealed class Shape
    {
        public required string Name { get; init; }

        public required ShapeKind Kind { get; init; }

        public Shape? Element { get; set; }

        public Dictionary<string, Field> Fields { get; } = [];
    }
}
