using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Equilibrage.Sandbox.Server.Http;

/// <summary>Reads request bodies, of bounded length.</summary>
internal static class Body
{
    /// <summary>Longest body that is read, in bytes.</summary>
    public const int Longest = 1 << 20;

    /// <summary>The bytes of the body, exactly as they came.</summary>
    public static async Task<byte[]> ReadAsync(HttpContext http)
    {
        if (http.Request.ContentLength > Longest)
            throw new BadRequestException("Payload exceeds the limit");
        using var bytes = new MemoryStream((int)(http.Request.ContentLength ?? 0));
        var part = new byte[16 * 1024];
        for (var read = await http.Request.Body.ReadAsync(part, http.RequestAborted); read > 0;
            read = await http.Request.Body.ReadAsync(part, http.RequestAborted))
        {
            if (bytes.Length + read > Longest)
                throw new BadRequestException("Payload exceeds the limit");
            bytes.Write(part, 0, read);
        }

        return bytes.ToArray();
    }

    /// <summary>The body as JSON.</summary>
    public static async Task<JsonDocument> ReadJsonAsync(HttpContext http) => Parse(await ReadAsync(http));

    /// <summary>Bytes as JSON.</summary>
    public static JsonDocument Parse(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            return JsonDocument.Parse(bytes);
        }
        catch (JsonException)
        {
            throw new BadRequestException("Invalid payload");
        }
    }
}
