using System.Globalization;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.Audit;

/// <summary>How values of tables read in a report, and by what they are compared.</summary>
public static class AuditText
{
    private const string AmountSuffix = "_micros";

    /// <summary>A value as text; equal values have equal text.</summary>
    public static string? Of(object? value) => value switch
    {
        null => null,
        DateTimeOffset time => time.ToUniversalTime()
            .ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture),
        bool flag => flag ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };

    /// <summary>A column's value for people: amounts in whole units instead of millionths.</summary>
    public static string? Of(string column, object? value)
    {
        ArgumentNullException.ThrowIfNull(column);
        return value is long micros && column.EndsWith(AmountSuffix, StringComparison.Ordinal)
            ? Micros.Format(micros)
            : Of(value);
    }

    /// <summary>A column's name without its unit.</summary>
    public static string Name(string column)
    {
        ArgumentNullException.ThrowIfNull(column);
        return column.EndsWith(AmountSuffix, StringComparison.Ordinal) ? column[..^AmountSuffix.Length] : column;
    }

    /// <summary>An enumeration's value as the tables spell it: <c>partially_filled</c>.</summary>
    public static string Word<T>(T value)
        where T : struct, Enum
    {
        var name = value.ToString();
        return string.Concat(name.Select((letter, at) => char.IsUpper(letter) && at > 0
            ? $"_{char.ToLowerInvariant(letter)}"
            : char.ToLowerInvariant(letter).ToString()));
    }

    /// <summary>The same, null for none.</summary>
    public static string? Word<T>(T? value)
        where T : struct, Enum => value is { } some ? Word(some) : null;
}
