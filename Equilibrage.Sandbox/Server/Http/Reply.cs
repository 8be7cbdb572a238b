using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace Equilibrage.Sandbox.Server.Http;

/// <summary>Answers, in the form in which the venue gives them.</summary>
internal static class Reply
{
    private static readonly JsonWriterOptions Writing = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    /// <summary>Answers with JSON.</summary>
    public static async Task JsonAsync(
        HttpContext http, Action<Utf8JsonWriter> write, int status = StatusCodes.Status200OK)
    {
        using var buffer = new ByteBuffer();
        Write(buffer, write);
        await BytesAsync(http, buffer.Written, status);
    }

    /// <summary>Answers with a record in its wire form.</summary>
    public static Task RecordAsync<T>(
        HttpContext http, T record, JsonTypeInfo<T> form, int status = StatusCodes.Status200OK) =>
        JsonAsync(http, json => JsonSerializer.Serialize(json, record, form), status);

    /// <summary>Writes JSON into a buffer.</summary>
    public static void Write(ByteBuffer buffer, Action<Utf8JsonWriter> write)
    {
        using var json = new Utf8JsonWriter(buffer, Writing);
        write(json);
    }

    /// <summary>Answers with JSON that is written already.</summary>
    public static Task BytesAsync(HttpContext http, ReadOnlyMemory<byte> body, int status = StatusCodes.Status200OK)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = body.Length;
        return http.Response.Body.WriteAsync(body, http.RequestAborted).AsTask();
    }

    /// <summary>Refuses with the CLOB's form of an error.</summary>
    public static Task ErrorAsync(HttpContext http, int status, string message) =>
        JsonAsync(http, json =>
        {
            json.WriteStartObject();
            json.WriteString("error", message);
            json.WriteEndObject();
        }, status);
}
