using Equilibrage.Adapters.Storage;
using Equilibrage.Core.Ports;
using Equilibrage.Web.Diagnosis;
using Equilibrage.Web.Hosting;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Equilibrage.Web.Custody;

/// <summary>Wallet, arming and doctor as parts of the host.</summary>
internal static class CustodyServices
{
    /// <summary>Adds the doctor and, where there is a wallet, what belongs to it.</summary>
    public static IServiceCollection AddCustody(
        this IServiceCollection services, RunOptions options, StorageHost storage, WalletSession? session)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => new DoctorService(
            options, storage, provider.GetRequiredService<IJournal>(), session,
            provider.GetRequiredService<TimeProvider>()));
        if (session is null)
            return services;
        // Its owner ends it after the host, so the container must not.
        services.AddSingleton(session);
        services.AddSingleton<RestartRequest>();
        services.AddHostedService(provider => new ArmingRelay(
            session.Arming, provider.GetRequiredService<TradingDesk>(), provider.GetRequiredService<TimeProvider>()));
        return services;
    }
}
