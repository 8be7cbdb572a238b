using Equilibrage.Adapters.Storage;
using Equilibrage.Core.Ports;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Equilibrage.Adapters.Alerts;

/// <summary>Puts alerts into a container.</summary>
public static class AlertServices
{
    /// <summary>Registers the settings, the queue and the worker that sends.</summary>
    public static IServiceCollection AddAlerts(
        this IServiceCollection services, AlertOptions options, StorageHost host, IFeedStatus? feed)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(host);
        return services
            .AddSingleton(options)
            .AddSingleton(new AlertOutbox(host.Connections, options.Account))
            .AddSingleton<AlertSender>()
            .AddSingleton<AlertDesk>()
            .AddSingleton<IAlerts>(provider => provider.GetRequiredService<AlertDesk>())
            .AddSingleton<IHostedService>(provider => new AlertWorker(
                options, provider.GetRequiredService<AlertDesk>(), provider.GetRequiredService<AlertOutbox>(),
                provider.GetRequiredService<AlertSender>(), provider.GetRequiredService<IJournalReader>(),
                provider.GetRequiredService<IHistory>(), provider.GetRequiredService<IDesk>(), feed,
                provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<AlertWorker>>()));
    }
}
