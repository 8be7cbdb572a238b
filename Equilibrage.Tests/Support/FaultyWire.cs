using System.Net;
using System.Text;

namespace Equilibrage.Tests.Support;

/// <summary>
/// A wire that loses, delays and spoils requests for orders and cancels, by a seed: before they leave, or after the
/// exchange has acted on them.
/// </summary>
internal sealed class FaultyWire(int seed, int percent) : DelegatingHandler(new SocketsHttpHandler())
{
    private readonly Random random = new(seed);
    private readonly Lock gate = new();

    /// <summary>Placements that really reached the exchange, by body.</summary>
    public Dictionary<string, int> Reached { get; } = [];

    /// <summary>Faults by name.</summary>
    public Dictionary<string, int> Faults { get; } = [];

    /// <summary>False lets everything pass.</summary>
    public bool IsOn { get; set; } = true;

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var isOrder = request.Method == HttpMethod.Post
            && request.RequestUri!.AbsolutePath.EndsWith("/order", StringComparison.Ordinal);
        var fault = Draw();
        switch (fault)
        {
            case 0:
                Count("refused connection");
                throw new HttpRequestException(HttpRequestError.ConnectionError, "No connection.");
            case 1:
                Count("restart");
                return Answer((HttpStatusCode)425, "service not ready");
            case 2:
                Count("limit");
                return Answer(HttpStatusCode.TooManyRequests, "Too Many Requests", "1");
            case 3:
                Count("lost before the exchange");
                throw new HttpRequestException(HttpRequestError.ResponseEnded, "The connection ended.");
        }

        if (isOrder)
        {
            var body = await request.Content!.ReadAsStringAsync(cancellationToken);
            lock (gate)
                Reached[body] = Reached.GetValueOrDefault(body) + 1;
        }

        var answer = await base.SendAsync(request, cancellationToken);
        switch (fault)
        {
            case 4:
                Count("lost answer");
                answer.Dispose();
                throw new HttpRequestException(HttpRequestError.ResponseEnded, "The answer was lost.");
            case 5:
                Count("failure after acting");
                answer.Dispose();
                return Answer(HttpStatusCode.InternalServerError, """{"error":"could not run the execution"}""");
            case 6:
                Count("page of the front");
                answer.Dispose();
                return Answer(HttpStatusCode.BadGateway, "<html>bad gateway</html>");
        }

        return answer;
    }

    private static HttpResponseMessage Answer(HttpStatusCode status, string body, string? retryAfter = null)
    {
        var answer = new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8) };
        if (retryAfter is not null)
            answer.Headers.TryAddWithoutValidation("Retry-After", retryAfter);
        return answer;
    }

    private int Draw()
    {
        lock (gate)
            return IsOn && random.Next(100) < percent ? random.Next(7) : -1;
    }

    private void Count(string name)
    {
        lock (gate)
            Faults[name] = Faults.GetValueOrDefault(name) + 1;
    }
}
