using System.Net;
using Equilibrage.Sandbox.Server.Faults;
using Equilibrage.Sandbox.Server.Http;
using Equilibrage.Sandbox.Server.Limits;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Equilibrage.Sandbox.Server;

/// <summary>
/// The practice exchange as Polymarket's clients know it: Gamma, CLOB, Data API, channels, relayer and chain, all from
/// one port. See docs/practice-exchange.md for the paths.
/// </summary>
public sealed class PracticeServer : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ServerParts parts;

    private PracticeServer(WebApplication app, ServerParts parts, Uri address) =>
        (this.app, this.parts, Address) = (app, parts, address);

    /// <summary>Where it listens, such as <c>http://127.0.0.1:5090/</c>.</summary>
    public Uri Address { get; }

    /// <summary>Starts serving a running exchange.</summary>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<PracticeServer> StartAsync(
        PracticeServerOptions options, PracticeExchange exchange, TimeProvider wall, ILoggerFactory loggers,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(exchange);
        ArgumentNullException.ThrowIfNull(loggers);
        var made = await ServerParts.CreateAsync(options, exchange, wall, loggers, cancellation);
        var host = Build(options, loggers);
        host.UseMiddleware<Guard>(loggers.CreateLogger<PracticeServer>());
        host.UseWebSockets(new() { KeepAliveInterval = TimeSpan.Zero });
        if (options.HasRateLimits)
            host.UseMiddleware<RateGate>(wall);
        host.UseMiddleware<FaultGate>(made.Faults, wall);
        host.UseRouting();
        made.Map(host);
        try
        {
            await host.StartAsync(cancellation);
        }
        catch
        {
            await made.DisposeAsync();
            await host.DisposeAsync();
            throw;
        }

        var address = host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        return new(host, made, new(address.First()));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await parts.DisposeAsync();
        await app.StopAsync();
        await app.DisposeAsync();
    }

    private static WebApplication Build(PracticeServerOptions options, ILoggerFactory loggers)
    {
        // An empty builder reads neither the environment nor files: only these options say where to listen.
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Services.AddSingleton(loggers);
        builder.Services.AddRoutingCore();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(3));
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(new IPEndPoint(options.Bind, options.Port));
        });
        return builder.Build();
    }
}
