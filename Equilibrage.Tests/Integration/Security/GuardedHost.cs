using System.Net;
using System.Text;
using Equilibrage.Core.Ports;
using Equilibrage.Tests.Support;
using Equilibrage.Web.Components;
using Equilibrage.Web.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Equilibrage.Tests.Integration.Security;

/// <summary>The real guards and sign-in page in process, around endpoints that stand for the desk's own.</summary>
internal sealed class GuardedHost : IAsyncDisposable
{
    internal const string Token = "correct horse battery staple";

    private readonly WebApplication _app;

    private GuardedHost(WebApplication app) => _app = app;

    /// <summary>Starts a host; without arguments as on loopback without token.</summary>
    internal static Task<GuardedHost> StartAsync(
        string? token = null, IPAddress? bind = null, params string[] hosts) =>
        StartAsync(new WebSecurityOptions(bind ?? IPAddress.Loopback, 0, token, hosts));

    /// <summary>Starts a host with these options.</summary>
    internal static async Task<GuardedHost> StartAsync(WebSecurityOptions options)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = "Equilibrage.Web",
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.Logging.ClearProviders();
        builder.AddWebSecurity(options);
        builder.AddDashboard();
        builder.Services.AddSingleton<IDesk>(new FakeDesk());
        builder.Services.AddSingleton<IHistory>(new FakeHistory());
        builder.WebHost.UseTestServer();
        var app = builder.Build();
        app.UseErrorPages();
        app.UseWebSecurity();
        app.MapDashboard();
        app.MapGet("/api/read", () => "read");
        app.MapMethods("/api/change", ["POST", "PUT", "DELETE"], () => "changed");
        app.MapPost("/form", ([FromForm] string word) => word);
        app.Map("/hubs/echo", EchoAsync);
        if (options.AsksSignIn)
            app.MapPost("/operator", () => "done").RequireAuthorization(WebSecurity.OperatorPolicy);
        await app.StartAsync();
        return new GuardedHost(app);
    }

    /// <summary>Sends a request as if to http://127.0.0.1:5080.</summary>
    internal async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return await Client().SendAsync(request);
    }

    /// <summary>A client that follows no redirect and keeps no cookie.</summary>
    internal HttpClient Client()
    {
        var client = _app.GetTestClient();
        client.BaseAddress = new Uri("http://127.0.0.1:5080");
        return client;
    }

    /// <summary>Opens the echoing WebSocket, says "hello" and returns the answer.</summary>
    internal async Task<string> EchoAsync(string? origin)
    {
        var client = _app.GetTestServer().CreateWebSocketClient();
        client.ConfigureRequest = request =>
        {
            if (origin is not null) request.Headers.Origin = origin;
        };
        using var socket = await client.ConnectAsync(new Uri("ws://127.0.0.1:5080/hubs/echo"), CancellationToken.None);
        await socket.SendAsync("hello"u8.ToArray(), System.Net.WebSockets.WebSocketMessageType.Text, true, default);
        var buffer = new byte[64];
        var received = await socket.ReceiveAsync(buffer, default);
        return Encoding.UTF8.GetString(buffer, 0, received.Count);
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static async Task EchoAsync(HttpContext context)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        var buffer = new byte[64];
        var received = await socket.ReceiveAsync(buffer, context.RequestAborted);
        await socket.SendAsync(
            buffer.AsMemory(0, received.Count), received.MessageType, endOfMessage: true, context.RequestAborted);
    }
}
