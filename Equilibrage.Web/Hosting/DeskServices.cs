using Equilibrage.Core.Ports;
using Equilibrage.Web.Live;
using Equilibrage.Web.Security;
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
        services.AddSingleton<IVenue>(provider =>
            provider.GetService<HaltSwitches>() is { } switches ? new HaltGuard(parts.Venue, switches) : parts.Venue);
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

    /// <summary>Adds the kill switches outside the program: file, variable, lost feed, and REST's own key.</summary>
    public static IServiceCollection AddKillSwitch(this IServiceCollection services, string data, DeskParts parts)
    {
        services.AddSingleton(
            new HaltSwitches(data, Environment.GetEnvironmentVariable(HaltSwitches.Variable)));
        services.AddSingleton(ControlToken.Create(data));
        services.AddHostedService(provider => new HaltWatch(
            provider.GetRequiredService<TradingDesk>(), provider.GetRequiredService<HaltSwitches>(),
            provider.GetRequiredService<TimeProvider>(), parts.FeedStatus,
            provider.GetRequiredService<ILogger<HaltWatch>>()));
        return services;
    }
}
