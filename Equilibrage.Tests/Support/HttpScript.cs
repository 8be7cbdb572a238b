using System.Net;
using System.Text;

namespace Equilibrage.Tests.Support;

/// <summary>Answers HTTP requests from a script and keeps what was asked.</summary>
internal sealed class HttpScript : HttpMessageHandler
{
    private readonly Queue<Func<HttpRequestMessage, Task<HttpResponseMessage>>> answers = new();

    /// <summary>What was asked: method, address, headers in lower case, body.</summary>
    public List<(string Method, Uri Address, Dictionary<string, string> Headers, string Body)> Asked { get; } = [];

    /// <summary>Used once the script is at its end; without it the test fails there.</summary>
    public Func<HttpRequestMessage, HttpResponseMessage>? Otherwise { get; set; }

    public HttpScript Answer(int status, string body, params (string Name, string Value)[] headers)
    {
        answers.Enqueue(_ => Task.FromResult(Reply(status, body, headers)));
        return this;
    }

    public HttpScript Fail(Exception error)
    {
        answers.Enqueue(_ => Task.FromException<HttpResponseMessage>(error));
        return this;
    }

    /// <summary>Answers nothing until the caller gives up.</summary>
    public HttpScript Hang()
    {
        answers.Enqueue(_ => new TaskCompletionSource<HttpResponseMessage>().Task);
        return this;
    }

    public static HttpResponseMessage Reply(int status, string body, params (string Name, string Value)[] headers)
    {
        var reply = new HttpResponseMessage((HttpStatusCode)status)
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        foreach (var (name, value) in headers)
            reply.Headers.TryAddWithoutValidation(name, value);
        return reply;
    }

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var headers = request.Headers.Concat(request.Content is null ? [] : request.Content.Headers.AsEnumerable())
            .ToDictionary(pair => pair.Key.ToLowerInvariant(), pair => string.Join(",", pair.Value));
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        Asked.Add((request.Method.Method, request.RequestUri!, headers, body));
        if (answers.TryDequeue(out var answer))
            return await answer(request).WaitAsync(cancellationToken);
        Assert.NotNull(Otherwise);
        return Otherwise(request);
    }
}
