using System.Net.Http.Headers;
using System.Security.Authentication;

namespace Equilibrage.Polymarket.Rest;

/// <summary>
/// Sends each call once over HTTP and says what is known of its fate. Addressing, signing and reading the answer within
/// its bounds are done here; waiting and repeating are not.
/// </summary>
public sealed class HttpRestTransport : IRestTransport
{
    private readonly HttpMessageInvoker http;
    private readonly PolymarketEndpoints endpoints;
    private readonly TimeProvider clock;
    private readonly RestOptions options;

    /// <summary>Creates a transport.</summary>
    /// <param name="http">Sends; its own time-out should be longer than the one given here.</param>
    /// <param name="endpoints">Where the services are.</param>
    /// <param name="clock">The server's time, by which requests are signed, and the time-out's clock.</param>
    /// <param name="options">Bounds.</param>
    public HttpRestTransport(
        HttpMessageInvoker http, PolymarketEndpoints endpoints, TimeProvider clock, RestOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(clock);
        (this.http, this.endpoints, this.clock, this.options) = (http, endpoints, clock, options ?? new());
    }

    /// <inheritdoc/>
    public async Task<PolymarketResult<RestReply>> SendAsync(RestCall call, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(call);
        using var request = Build(call);
        using var patience = new CancellationTokenSource(options.Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        try
        {
            using var response = await http.SendAsync(request, either.Token);
            var body = await ReadAsync(response, either.Token);
            return body is null
                ? Fail(PolymarketErrorKind.Unreadable, $"The answer exceeds {options.LongestBody} bytes.")
                : PolymarketResult<RestReply>.Ok(new((int)response.StatusCode, body, RetryAfter(response)));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return Fail(PolymarketErrorKind.NoAnswer, $"No answer within {options.Timeout.TotalSeconds:0.#} s.");
        }
        catch (HttpRequestException error)
        {
            return Fail(WasNeverSent(error) ? PolymarketErrorKind.NotSent : PolymarketErrorKind.NoAnswer, Words(error));
        }
        catch (IOException error)
        {
            return Fail(PolymarketErrorKind.NoAnswer, error.Message);
        }
    }

    // Name, connection and TLS fail before the first byte of the request is written.
    private static bool WasNeverSent(HttpRequestException error) => error.HttpRequestError is
        HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError
        or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError
        || error.InnerException is AuthenticationException;

    private static string Words(HttpRequestException error) =>
        error.InnerException is { } inner ? $"{error.Message} ({inner.Message})" : error.Message;

    private static PolymarketResult<RestReply> Fail(PolymarketErrorKind kind, string message) =>
        PolymarketResult<RestReply>.Fail(new(kind, message));

    private HttpRequestMessage Build(RestCall call)
    {
        var address = endpoints.Base(call.Service).AbsoluteUri.TrimEnd('/')
            + (call.Service == PolymarketService.Site ? "" : call.Path) + call.Query;
        // The query is sent as it was written: canonicalization would undo its escapes.
        var asWritten = new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true };
        var request = new HttpRequestMessage(new(call.Method), new Uri(address, asWritten));
        request.Headers.TryAddWithoutValidation("User-Agent", options.UserAgent);
        request.Headers.TryAddWithoutValidation("Accept", "application/json");
        if (!call.Body.IsEmpty)
        {
            request.Content = new ReadOnlyMemoryContent(call.Body);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        call.Authorizer?.Authorize(request, call, clock.GetUtcNow());
        return request;
    }

    private async Task<byte[]?> ReadAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        if (response.Content.Headers.ContentLength > options.LongestBody)
            return null;
        await using var stream = await response.Content.ReadAsStreamAsync(cancellation);
        using var body = new MemoryStream((int)(response.Content.Headers.ContentLength ?? 0));
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await stream.ReadAsync(buffer, cancellation)) > 0)
        {
            if (body.Length + read > options.LongestBody)
                return null;
            body.Write(buffer, 0, read);
        }

        return body.ToArray();
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response)
    {
        var wait = response.Headers.RetryAfter?.Delta
            ?? (response.Headers.RetryAfter?.Date is { } date ? date - clock.GetUtcNow() : null);
        return wait is { } length ? TimeSpan.FromTicks(Math.Max(0, length.Ticks)) : null;
    }
}

/// <summary>Bounds of the transport.</summary>
public sealed record RestOptions
{
    /// <summary>What the requests call themselves; the services' front refuses requests without a name.</summary>
    public string UserAgent { get; init; } = "Equilibrage/0.1";

    /// <summary>How long an answer may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Most bytes of an answer.</summary>
    public int LongestBody { get; init; } = 32 * 1024 * 1024;
}
