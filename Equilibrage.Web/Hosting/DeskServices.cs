using Equilibrage.Core.Ports;
using Equilibrage.Web.Live;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Equilibrage.Web.Hosting;

/// <summary>The running desk as a part of the host.</summary>
internal static class DeskServices
{
    /// <summary>Adds the desk over the parts that the mode chose; the host adds the account's lease.</summary>
    public static IServiceCollection AddDesk(this IServiceCollection services, DeskParts parts)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(parts.Desk);
        services.AddSingleton(parts.Venue);
        services.AddSingleton(parts.Directory);
        services.AddSingleton(parts.Source);
        services.AddSingleton<ILeadership>(provider => provider.GetRequiredService<ILease>());
        services.AddSingleton<LiveView>();
        services.AddSingleton<Standby>();
        services.AddSingleton<TradingDesk>();
        services.AddSingleton<IDesk>(provider => provider.GetRequiredService<TradingDesk>());
        services.AddHostedService(provider => provider.GetRequiredService<TradingDesk>());
        return services;
    }
}
