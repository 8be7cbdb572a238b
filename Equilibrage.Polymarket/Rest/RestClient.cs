using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Equilibrage.Polymarket.Rest;

/// <summary>What the typed clients have in common: sending, and reading answers into records or errors.</summary>
/// <param name="service">The service.</param>
/// <param name="transport">Carries the calls.</param>
/// <param name="drift">Counts differences between answers and records; null to look at none.</param>
internal sealed class RestClient(PolymarketService service, IRestTransport transport, FieldDrift? drift)
{
    public RestCall Get(string path, string query = "") =>
        new() { Service = service, Method = "GET", Path = path, Query = query, IsRepeatable = true };

    public RestCall Post<T>(string path, T body, JsonTypeInfo<T> type) =>
        new() { Service = service, Method = "POST", Path = path, Body = Bytes(body, type) };

    public RestCall Delete(string path, ReadOnlyMemory<byte> body = default) =>
        new() { Service = service, Method = "DELETE", Path = path, Body = body, IsRepeatable = true };

    public static byte[] Bytes<T>(T body, JsonTypeInfo<T> type) => JsonSerializer.SerializeToUtf8Bytes(body, type);

    /// <summary>Sends and reads; an answer of <c>null</c> or of nothing is a success without a value.</summary>
    public async Task<PolymarketResult<T>> SendAsync<T>(
        RestCall call, JsonTypeInfo<T> type, CancellationToken cancellation)
    {
        var sent = await RawAsync(call, cancellation);
        return sent.Error is null ? Read(call, sent.Value, type) : sent.As<T>();
    }

    /// <summary>Sends and returns the bytes of a success.</summary>
    public async Task<PolymarketResult<ReadOnlyMemory<byte>>> RawAsync(RestCall call, CancellationToken cancellation)
    {
        var sent = await transport.SendAsync(call, cancellation);
        if (sent.Value is not { } reply)
            return sent.As<ReadOnlyMemory<byte>>();
        return reply.IsSuccess
            ? PolymarketResult<ReadOnlyMemory<byte>>.Ok(reply.Body)
            : PolymarketResult<ReadOnlyMemory<byte>>.Fail(
                PolymarketErrors.Classify(reply.Status, reply.Body.Span, reply.RetryAfter));
    }

    private PolymarketResult<T> Read<T>(RestCall call, ReadOnlyMemory<byte> body, JsonTypeInfo<T> type)
    {
        if (body.Span.Trim(" \t\r\n"u8).IsEmpty)
            return PolymarketResult<T>.Ok(default);
        try
        {
            var value = JsonSerializer.Deserialize(body.Span, type);
            drift?.Look(body.Span, type);
            return PolymarketResult<T>.Ok(value);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // The second kind: text that is no UTF-8.
            drift?.Add(typeof(T).Name, (error as JsonException)?.Path ?? "", DriftKind.Changed);
            return PolymarketResult<T>.Fail(
                new(PolymarketErrorKind.Unreadable, $"{call}: {error.Message}") { Status = 200 });
        }
    }
}

/// <summary>Writes queries: names as they are, values escaped, in the order of adding.</summary>
internal sealed class QueryText
{
    private readonly StringBuilder text = new();

    public QueryText Add(string name, string? value)
    {
        if (string.IsNullOrEmpty(value))
            return this;
        text.Append(text.Length == 0 ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
        return this;
    }

    /// <summary>A list whose commas stay as they are.</summary>
    public QueryText AddList(string name, IEnumerable<string> values)
    {
        text.Append(text.Length == 0 ? '?' : '&').Append(name).Append('=')
            .AppendJoin(',', values.Select(Uri.EscapeDataString));
        return this;
    }

    public QueryText AddAll(string name, IEnumerable<string>? values)
    {
        foreach (var value in values ?? [])
            Add(name, value);
        return this;
    }

    public QueryText Add(string name, long? value) => Add(name, value?.ToString(CultureInfo.InvariantCulture));

    public QueryText Add(string name, bool? value) =>
        Add(name, value switch { true => "true", false => "false", _ => null });

    public QueryText Add(string name, DateTimeOffset? value) => Add(name, value?.ToUnixTimeSeconds());

    public override string ToString() => text.ToString();
}
