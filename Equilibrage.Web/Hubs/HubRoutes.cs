using Equilibrage.Web.Endpoints;

namespace Equilibrage.Web.Hubs;

/// <summary>The live connection for outside programs.</summary>
public static class HubRoutes
{
    /// <summary>Where the hub is served.</summary>
    public const string Live = "/hubs/live";

    private const int MaxMessageBytes = 4096;

    /// <summary>Adds the hub, which speaks the same JSON as the REST interface.</summary>
    internal static IServiceCollection AddHubs(this IServiceCollection services)
    {
        services.AddSignalR().AddJsonProtocol(protocol => Json.Configure(protocol.PayloadSerializerOptions))
            .AddHubOptions<LiveHub>(options =>
            {
                options.MaximumReceiveMessageSize = MaxMessageBytes;
                options.SupportedProtocols = ["json"];
            });
        services.AddSingleton<LiveFeeds>();
        return services;
    }

    /// <summary>Maps the hub.</summary>
    public static WebApplication MapHubs(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.MapHub<LiveHub>(Live);
        return app;
    }
}
