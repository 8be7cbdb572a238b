namespace Equilibrage.Web.Endpoints;

/// <summary>The sender's own id of a command: repeating it is safe, since the engine answers each id once.</summary>
internal sealed class IdempotencyKey
{
    internal const string Header = "Idempotency-Key";
    internal const int MaxLength = 128;

    private IdempotencyKey()
    {
    }

    /// <summary>Marks endpoints that read the header, for the OpenAPI document.</summary>
    internal static IdempotencyKey Described { get; } = new();

    /// <summary>The key, or a new one when none is sent.</summary>
    internal static string Read(HttpContext context, Action<string, string> fail)
    {
        var values = context.Request.Headers[Header];
        if (values.Count == 0)
            return Guid.NewGuid().ToString("D");
        var key = values.ToString();
        var isVisible = key.All(letter => letter is > ' ' and <= '~');
        var isUsable = values.Count == 1 && key.Length is > 0 and <= MaxLength && isVisible;
        if (!isUsable)
            fail(Header, $"{Header} must be 1 to {MaxLength} visible ASCII characters without spaces, such as a UUID.");
        return key;
    }
}
