using System.Text;

namespace Equilibrage.Polymarket.Rest;

/// <summary>One request to one of the services, before it is addressed and signed.</summary>
public sealed record RestCall
{
    /// <summary>The service.</summary>
    public required PolymarketService Service { get; init; }

    /// <summary>Upper-case method.</summary>
    public required string Method { get; init; }

    /// <summary>The official path, with its slash and without query: what is signed and what limits are kept by.
    /// </summary>
    public required string Path { get; init; }

    /// <summary>Query with its question mark, or nothing. Never signed.</summary>
    public string Query { get; init; } = "";

    /// <summary>The exact bytes to send; empty for none.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Signs each attempt anew; null for a public call.</summary>
    public IRequestAuthorizer? Authorizer { get; init; }

    /// <summary>Tokens that it draws from the signer's bucket.</summary>
    public int Cost { get; init; } = 1;

    /// <summary>True when sending it twice does no harm, so that a lost answer may be asked for again.</summary>
    public bool IsRepeatable { get; init; }

    /// <summary>True for an order that is post-only, which the window after a restart still takes.</summary>
    public bool IsPostOnly { get; init; }

    /// <summary>True for a call that places orders.</summary>
    public bool PlacesOrders => Service == PolymarketService.Clob && Method == "POST" && Path is "/order" or "/orders";

    /// <summary>Method, path and query; never a body.</summary>
    public override string ToString() => $"{Method} {Path}{Query}";
}

/// <summary>The answer to a call, whatever its status.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Body">The whole body.</param>
/// <param name="RetryAfter">The header <c>Retry-After</c>, resolved to a length of time.</param>
public sealed record RestReply(int Status, ReadOnlyMemory<byte> Body, TimeSpan? RetryAfter)
{
    /// <summary>True for the 200s.</summary>
    public bool IsSuccess => Status is >= 200 and < 300;

    /// <summary>The body as text, for diagnosis.</summary>
    public override string ToString() => $"{Status} {Encoding.UTF8.GetString(Body.Span)}";
}

/// <summary>Adds what authenticates a request: the wallet's signature (L1) or an API key's code (L2).</summary>
public interface IRequestAuthorizer
{
    /// <summary>Adds the headers of one attempt.</summary>
    /// <param name="request">The request to be sent.</param>
    /// <param name="call">What is asked: method, official path and body.</param>
    /// <param name="now">The server's time.</param>
    void Authorize(HttpRequestMessage request, RestCall call, DateTimeOffset now);
}

/// <summary>Carries calls to the services.</summary>
public interface IRestTransport
{
    /// <summary>
    /// Sends a call. Failures to get an answer are errors (<see cref="PolymarketErrorKind.NotSent"/>,
    /// <see cref="PolymarketErrorKind.NoAnswer"/>, …); an answer of any status is a reply.
    /// </summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    Task<PolymarketResult<RestReply>> SendAsync(RestCall call, CancellationToken cancellation);
}
