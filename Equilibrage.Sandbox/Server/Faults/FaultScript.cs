using System.Text.Json;
using System.Text.Json.Serialization;
using Equilibrage.Sandbox.Server.Http;

namespace Equilibrage.Sandbox.Server.Faults;

/// <summary>One fault as a script or the control endpoint words it.</summary>
internal sealed record FaultScript
{
    private static readonly JsonSerializerOptions Reading = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter<FaultKind>(JsonNamingPolicy.SnakeCaseLower, false) },
    };

    /// <summary>What goes wrong.</summary>
    public required FaultKind Kind { get; init; }

    /// <summary>Channel: market, user, live, live-v2 or sports.</summary>
    public string? Channel { get; init; }

    /// <summary>Connection.</summary>
    public long? Socket { get; init; }

    /// <summary>Token.</summary>
    public string? Asset { get; init; }

    /// <summary>Wallet.</summary>
    public string? Account { get; init; }

    /// <summary>Beginning of a route, such as <c>POST /order</c>.</summary>
    public string? Route { get; init; }

    /// <summary>Milliseconds of wall time until it begins.</summary>
    public long AfterMs { get; init; }

    /// <summary>How long it lasts; null for as long as its count lasts.</summary>
    public long? DurationMs { get; init; }

    /// <summary>Most strokes; null for any number.</summary>
    public long? Count { get; init; }

    /// <summary>Chance of each stroke, 0 to 1.</summary>
    public double Probability { get; init; } = 1;

    /// <summary>See <see cref="FaultRule.DelayMs"/>.</summary>
    public int DelayMs { get; init; }

    /// <summary>See <see cref="FaultRule.Status"/>.</summary>
    public int Status { get; init; } = 500;

    /// <summary>See <see cref="FaultRule.RetryAfter"/>.</summary>
    public int RetryAfterSeconds { get; init; } = 1;

    /// <summary>Reads one fault, or an object with a list <c>faults</c> of them and a <c>seed</c>.</summary>
    /// <exception cref="BadRequestException">It is none; the message says why.</exception>
    public static (IReadOnlyList<FaultScript> Faults, long Seed) Read(ReadOnlyMemory<byte> json)
    {
        using var document = Body.Parse(json);
        var root = document.RootElement;
        try
        {
            if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty("faults", out var list))
            {
                var seed = root.TryGetProperty("seed", out var said) ? said.GetInt64() : 0;
                return ([.. list.EnumerateArray().Select(Read)], seed);
            }

            return ([Read(root)], 0);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException)
        {
            throw new BadRequestException($"This is no fault: {error.Message}");
        }
    }

    /// <summary>The rule in force from now.</summary>
    public FaultRule ToRule(long id, ulong seed, long now, TimeProvider wall)
    {
        var ticks = wall.TimestampFrequency / 1000;
        var from = now + (Math.Clamp(AfterMs, 0, int.MaxValue) * ticks);
        return new()
        {
            Id = id,
            Kind = Kind,
            Seed = seed,
            Channel = Channel,
            Socket = Socket,
            Asset = Asset,
            Account = Account?.ToLowerInvariant(),
            Route = Route,
            From = from,
            To = DurationMs is { } length ? from + (Math.Clamp(length, 0, int.MaxValue) * ticks) : long.MaxValue,
            Count = Count ?? long.MaxValue,
            Probability = Probability,
            DelayMs = Math.Clamp(DelayMs, 0, 600_000),
            Status = Status is >= 400 and <= 599 ? Status : 500,
            RetryAfter = Math.Max(0, RetryAfterSeconds),
        };
    }

    private static FaultScript Read(JsonElement json) => json.Deserialize<FaultScript>(Reading)
        ?? throw new JsonException("it is null");
}
