using System.Globalization;
using System.Text.Json;

namespace Equilibrage.Polymarket.Rest.Json;

/// <summary>Reads every form in which the venue sends a moment.</summary>
public static class WireTime
{
    // Unix seconds stay below this until the year 5138; milliseconds passed it in 1973.
    private const long FewestMilliseconds = 100_000_000_000;
    private const long FewestMicroseconds = FewestMilliseconds * 1000;
    private const long FewestNanoseconds = FewestMicroseconds * 1000;

    /// <summary>
    /// Unix seconds, milliseconds, microseconds or nanoseconds, told apart by their number of digits; else RFC 3339 or
    /// one of Gamma's forms. False for anything else and for moments outside 1970 to 9999.
    /// </summary>
    public static bool TryRead(ReadOnlySpan<byte> text, out DateTimeOffset time)
    {
        if (!LongNumber.TryRead(text, out var number))
            return GammaTime.TryParse(text, out time);
        var ticks = number switch
        {
            < FewestMilliseconds => number * TimeSpan.TicksPerSecond,
            < FewestMicroseconds => number * TimeSpan.TicksPerMillisecond,
            < FewestNanoseconds => number * TimeSpan.TicksPerMicrosecond,
            _ => number / TimeSpan.NanosecondsPerTick,
        };
        var isInRange = number >= 0 && ticks <= DateTimeOffset.MaxValue.Ticks - DateTimeOffset.UnixEpoch.Ticks;
        time = isInRange ? DateTimeOffset.UnixEpoch.AddTicks(ticks) : default;
        return isInRange;
    }
}

/// <summary>A moment, written as a number of Unix seconds.</summary>
internal sealed class SecondsNumber : IWireForm<DateTimeOffset>
{
    public static bool TryRead(ReadOnlySpan<byte> text, out DateTimeOffset value) => WireTime.TryRead(text, out value);

    public static void Write(Utf8JsonWriter writer, DateTimeOffset value) =>
        writer.WriteNumberValue(value.ToUnixTimeSeconds());
}

/// <summary>A moment, written as text of Unix seconds.</summary>
internal sealed class SecondsText : IWireForm<DateTimeOffset>
{
    public static bool TryRead(ReadOnlySpan<byte> text, out DateTimeOffset value) => WireTime.TryRead(text, out value);

    public static void Write(Utf8JsonWriter writer, DateTimeOffset value) =>
        LongText.Write(writer, value.ToUnixTimeSeconds());
}

/// <summary>A moment, written as text of Unix milliseconds.</summary>
internal sealed class MillisecondsText : IWireForm<DateTimeOffset>
{
    public static bool TryRead(ReadOnlySpan<byte> text, out DateTimeOffset value) => WireTime.TryRead(text, out value);

    public static void Write(Utf8JsonWriter writer, DateTimeOffset value) =>
        LongText.Write(writer, value.ToUnixTimeMilliseconds());
}

/// <summary>A moment, written as text of Unix nanoseconds.</summary>
internal sealed class NanosecondsText : IWireForm<DateTimeOffset>
{
    public static bool TryRead(ReadOnlySpan<byte> text, out DateTimeOffset value) => WireTime.TryRead(text, out value);

    public static void Write(Utf8JsonWriter writer, DateTimeOffset value) =>
        LongText.Write(writer, (value.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) * TimeSpan.NanosecondsPerTick);
}

/// <summary>A moment, written by RFC 3339 in UTC, such as <c>2026-03-12T09:25:00Z</c>.</summary>
internal sealed class IsoText : IWireForm<DateTimeOffset>
{
    public static bool TryRead(ReadOnlySpan<byte> text, out DateTimeOffset value) => WireTime.TryRead(text, out value);

    public static void Write(Utf8JsonWriter writer, DateTimeOffset value) => writer.WriteStringValue(
        value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture));
}

/// <summary>The end of an order's life: text of Unix seconds, <c>"0"</c> for none.</summary>
internal sealed class ExpirationConverter : System.Text.Json.Serialization.JsonConverter<DateTimeOffset?>
{
    public override bool HandleNull => true;

    public override DateTimeOffset? Read(
        ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        WireConverter<DateTimeOffset, SecondsText>.ReadOptional(ref reader) is { } time
        && time != DateTimeOffset.UnixEpoch
            ? time
            : null;

    public override void Write(Utf8JsonWriter writer, DateTimeOffset? value, JsonSerializerOptions options) =>
        LongText.Write(writer, value?.ToUnixTimeSeconds() ?? 0);
}
