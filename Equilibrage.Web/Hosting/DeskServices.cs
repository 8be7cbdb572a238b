using Equilibrage.Core.Ports;
using Equilibrage.Web.Live;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Equilibrage.Web.Hosting;

/// <summary>The running desk as a part of the host.</summary>
internal static class DeskServices
{
    /// <summary>Adds the desk over the parts that the mode chose.</summary>
    public static IServiceCollection AddDesk(this IServiceCollection services, SandboxMode mode)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(mode.Desk);
        services.AddSingleton<IVenue>(mode.Exchange);
        services.AddSingleton<IMarketDirectory>(mode.Exchange);
        services.AddSingleton<IEventSource>(mode.Exchange);
        services.AddSingleton<LiveView>();
        services.AddSingleton<TradingDesk>();
        services.AddSingleton<IDesk>(provider => provider.GetRequiredService<TradingDesk>());
        services.AddHostedService(provider => provider.GetRequiredService<TradingDesk>());
        return services;
    }
}
