using Equilibrage.Core.Ports;
using Microsoft.Extensions.DependencyInjection;

namespace Equilibrage.Adapters.Storage;

/// <summary>Puts storage into a container.</summary>
public static class StorageServices
{
    /// <summary>Registers what an open database offers: the journal, the history and the clean-up.</summary>
    public static IServiceCollection AddStorage(this IServiceCollection services, StorageHost host)
    {
        ArgumentNullException.ThrowIfNull(host);
        return services
            .AddSingleton<IJournal>(new PostgresJournal(host.Connections))
            .AddSingleton<IDecisionLog>(new PostgresDecisionLog(host.Connections))
            .AddSingleton<IHistory>(new PostgresHistory(host.Connections))
            .AddSingleton<IJournalReader>(new PostgresJournalReader(host.Connections))
            .AddSingleton<IRetention>(new PostgresRetention(host.Connections));
    }
}
