using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Equilibrage.Core.Accounting;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Opportunities;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.Projections;
using Equilibrage.Core.State;

namespace Equilibrage.Web.Endpoints;

/// <summary>
/// How everything looks to outside programs, in REST and in the hub: camelCase, numbers of at most six decimals, times
/// in UTC with <c>Z</c>, statuses and reasons in snake_case, states by the machine's own names.
/// </summary>
internal static class Json
{
    /// <summary>The options, ready to use.</summary>
    internal static JsonSerializerOptions Options { get; } = Make();

    /// <summary>Sets options of the framework to the same.</summary>
    internal static void Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.PropertyNameCaseInsensitive = false;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.Converters.Add(new TimeConverter());
        options.Converters.Add(new DecimalConverter());
        options.Converters.Add(Words<PositionStatus>());
        options.Converters.Add(Words<ExitReason>());
        options.Converters.Add(Words<DenyReason>());
        options.Converters.Add(Words<Outcome>());
        options.Converters.Add(Words<Side>());
        options.Converters.Add(Words<ResolutionKind>());
        options.Converters.Add(Words<EntryStatus>());
        options.Converters.Add(Words<FactorKind>());
        options.Converters.Add(Words<EngineActivity>());
        options.Converters.Add(Words<IncidentKind>());
        options.Converters.Add(Words<HaltCause>());
        options.Converters.Add(Words<CallFault>());
    }

    private static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        Configure(options);
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }

    private static JsonStringEnumConverter<T> Words<T>()
        where T : struct, Enum => new(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false);

    private sealed class TimeConverter : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(
            ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Times.TryParse(reader.GetString(), out var time)
                ? time
                : throw new JsonException("Expected a time such as 2026-03-11T18:00:00Z.");

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteStringValue(Times.Format(value));
    }

    private sealed class DecimalConverter : JsonConverter<decimal>
    {
        public override decimal Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.GetDecimal();

        public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options)
        {
            // Dividing by a one of many decimals drops trailing zeros, so that 0.50 and 0.5 look the same.
            var rounded = Math.Round(value, 6, MidpointRounding.AwayFromZero) / 1.0000000000000000000000000000m;
            writer.WriteNumberValue(rounded);
        }
    }
}

/// <summary>Times as text: RFC 3339, written in UTC.</summary>
internal static class Times
{
    private static readonly string[] Forms =
    [
        "yyyy-MM-dd", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
    ];

    /// <summary>Text such as <c>2026-03-11T18:00:00.25Z</c>.</summary>
    internal static string Format(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture);

    /// <summary>Reads RFC 3339 or a bare date; without an offset, UTC is meant.</summary>
    internal static bool TryParse(string? text, out DateTimeOffset time) => DateTimeOffset.TryParseExact(
        text, Forms, CultureInfo.InvariantCulture,
        DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time);
}
