using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Sandbox.Server.Gamma;

/// <summary>Gamma's odd encodings.</summary>
internal static class GammaText
{
    private static readonly JsonSerializerOptions Relaxed = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>A list as a JSON array inside a string, with a space after each comma.</summary>
    public static string List(params ReadOnlySpan<string> items)
    {
        var parts = new List<string>(items.Length);
        foreach (var item in items)
            parts.Add(JsonSerializer.Serialize(item, Relaxed));
        return $"[{string.Join(", ", parts)}]";
    }

    /// <summary>RFC 3339 in UTC with whole seconds.</summary>
    public static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>The form with a space and a short offset, as game starts have it.</summary>
    public static string GameTime(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'+00'", CultureInfo.InvariantCulture);

    /// <summary>The date alone.</summary>
    public static string Date(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Writes micro-units as a JSON number.</summary>
    public static void WriteMicros(this Utf8JsonWriter json, string name, long micros) =>
        json.WriteNumber(name, Micros.ToDecimal(micros) / 1.000000000000m);

    /// <summary>Writes micro-units as a decimal string.</summary>
    public static void WriteMicrosText(this Utf8JsonWriter json, string name, long micros) =>
        json.WriteString(name, Micros.Format(micros));
}
