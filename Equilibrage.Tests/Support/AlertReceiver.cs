using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Equilibrage.Tests.Support;

/// <summary>What a receiver was sent.</summary>
public sealed record ReceivedAlert(string Path, string? Key, JsonNode Body);

/// <summary>A channel on this machine that answers as it is told, in turn, and then with 204.</summary>
public sealed class AlertReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<Func<HttpContext, Task>> _answers = new();

    private AlertReceiver(WebApplication app) => _app = app;

    /// <summary>Where it listens, with a slash at the end.</summary>
    public Uri Address => new(_app.Urls.Single() + "/");

    /// <summary>Everything that arrived whole, in order.</summary>
    public ConcurrentQueue<ReceivedAlert> Received { get; } = new();

    /// <summary>Starts one.</summary>
    public static async Task<AlertReceiver> StartAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var receiver = new AlertReceiver(app);
        app.Run(receiver.TakeAsync);
        await app.StartAsync();
        return receiver;
    }

    /// <summary>Answers the next request in a way of its own.</summary>
    public void Next(Func<HttpContext, Task> answer) => _answers.Enqueue(answer);

    /// <summary>Answers the next request with a status, and how long to stay away.</summary>
    public void Next(int status, string? retryAfter = null) => Next(context =>
    {
        context.Response.StatusCode = status;
        if (retryAfter is not null) context.Response.Headers.RetryAfter = retryAfter;
        return Task.CompletedTask;
    });

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private async Task TakeAsync(HttpContext context)
    {
        var body = await JsonNode.ParseAsync(context.Request.Body);
        Received.Enqueue(new ReceivedAlert(
            context.Request.Path, context.Request.Headers["Idempotency-Key"].ToString(), body!));
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        if (_answers.TryDequeue(out var answer)) await answer(context);
    }
}
