using Npgsql;
using Quartz;

namespace Equilibrage.Web.Jobs;

/// <summary>
/// What runs by the wall clock, scheduled by Quartz on the application's own database (schema <c>quartz</c>),
/// clustered, so that two nodes never run the same job twice; only the one that leads runs any. Scans and looks at
/// positions are not here: they follow market time. Nor are comparisons, which the loop makes by itself.
/// </summary>
internal static class WallClockJobs
{
    /// <summary>Schema of the scheduler's tables, outside the numbered migrations.</summary>
    public const string Schema = "quartz";

    /// <summary>Registers the scheduler and its jobs.</summary>
    public static IServiceCollection AddWallClockJobs(this IServiceCollection services, NpgsqlDataSource database)
    {
        services.AddQuartz(quartz =>
        {
            quartz.ConfigureScheduler(options =>
            {
                options.InstanceName = "equilibrage";
                options.InstanceId = $"{Environment.MachineName}-{Environment.ProcessId}";
            });
            quartz.UsePersistentStore(store =>
            {
                store.UsePostgres(source => source.DataSourceFactory = _ => database);
                store.ConfigureStore(options => options.TablePrefix = $"{Schema}.qrtz_");
                store.ProvisionSchema();
                store.UseClustering(_ => { });
            });
            Schedule<RetentionJob>(quartz, "retention", TimeSpan.FromMinutes(1), TimeSpan.FromHours(1));
            Schedule<CatalogueJob>(quartz, "catalogue", TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(10));
        });
        services.AddQuartzHostedService(options => options.WaitForJobsToComplete = true);
        services.AddHostedService<LeaderJobs>();
        return services;
    }

    /// <summary>Makes the schema in which the scheduler creates its own tables.</summary>
    public static async Task PrepareAsync(NpgsqlDataSource database, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand($"CREATE SCHEMA IF NOT EXISTS {Schema}");
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static void Schedule<TJob>(IQuartzBuilder quartz, string name, TimeSpan first, TimeSpan every)
        where TJob : class, IJob
    {
        quartz.AddJob<TJob>(job => job.WithIdentity(name).StoreDurably());
        quartz.AddTrigger(trigger => trigger
            .ForJob(name)
            .WithIdentity(name)
            .StartAt(DateTimeOffset.UtcNow + first)
            .WithSimpleSchedule(schedule => schedule.WithInterval(every).RepeatForever()));
    }
}
