using System.Globalization;
using Equilibrage.Adapters.Alerts;
using Equilibrage.Adapters.Storage;
using Equilibrage.Core.Ports;
using Equilibrage.Web.Components;
using Equilibrage.Web.Custody;
using Equilibrage.Web.Endpoints;
using Equilibrage.Web.Hubs;
using Equilibrage.Web.Jobs;
using Equilibrage.Web.Security;

namespace Equilibrage.Web.Hosting;

/// <summary>Runs the desk until it is stopped: database, practice exchange, engine, pages.</summary>
internal static class RunCommand
{
    /// <summary>Runs and answers the exit code.</summary>
    public static Task<int> RunAsync(RunOptions options, CancellationToken cancellation) => StartUp.RunAsync(
        async stopping =>
        {
            // Not cut short by a signal: the server that it starts is stopped in order below.
            await using var storage = await StartUp.OpenStorageAsync(options, cancellation);
            using var loggers = StartUp.OpenLog();
            await using var parts = await PartsAsync(options, storage, loggers, stopping);
            await WallClockJobs.PrepareAsync(storage.Connections, stopping);
            await using var app = Build(options, storage, parts);
            EndWith(app, parts);
            app.Lifetime.ApplicationStarted.Register(() => Greet(app, parts.Desk.Info));
            app.Lifetime.ApplicationStarted.Register(() => new DeskAddress(
                parts.Desk.Info.Mode, DeskAddress.OnThisMachine(app.Urls.FirstOrDefault()),
                parts.Exchange ?? options.Exchange, Environment.ProcessId).Write(options.Data));
            await app.RunAsync(stopping);
            return Environment.ExitCode;
        },
        cancellation);

    /// <summary>Applies the migrations and answers the exit code.</summary>
    public static Task<int> MigrateAsync(RunOptions options, CancellationToken cancellation) => StartUp.RunAsync(
        async _ =>
        {
            await using var storage = await StartUp.OpenStorageAsync(options, cancellation);
            Console.WriteLine("The database is up to date.");
            return ExitCodes.Done;
        },
        cancellation);

    private static Task<DeskParts> PartsAsync(
        RunOptions options, StorageHost storage, ILoggerFactory loggers, CancellationToken cancellation) =>
        options.Mode switch
        {
            DeskMode.Paper => PaperMode.StartAsync(options, storage, loggers, cancellation),
            DeskMode.Live => LiveMode.StartAsync(options, storage, loggers, cancellation),
            _ => SandboxMode.StartAsync(options, storage, loggers, cancellation),
        };

    private static WebApplication Build(RunOptions options, StorageHost storage, DeskParts parts)
    {
        var builder = WebApplication.CreateBuilder(
            new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.AddWebSecurity(WebSecurityOptions.Read(builder.Configuration) with
        {
            Bind = options.Bind,
            Port = options.Port,
            KeyFolder = Path.Combine(options.Data, "keys"),
            Password = new(options.Data, TimeProvider.System),
            AsksPassword = options.Mode == DeskMode.Live,
        });
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.Logging.AddFilter("Quartz", LogLevel.Warning);
        builder.AddDashboard();
        builder.Services.AddStorage(storage);
        builder.Services.AddSingleton(parts.Lease ?? storage.LeaseOf(parts.Desk.Account, TimeProvider.System));
        builder.Services.AddDesk(parts);
        builder.Services.AddKillSwitch(options.Data, parts);
        builder.Services.AddCustody(options, storage, parts.Wallet);
        builder.Services.AddAlerts(AlertsOf(options, parts), storage, parts.FeedStatus);
        builder.Services.AddApi();
        builder.Services.AddWallClockJobs(storage.Connections);

        var app = builder.Build();
        app.UseErrorPages();
        app.UseWebSecurity();
        app.MapDashboard();
        app.MapApi();
        app.MapHubs();
        if (parts.Wallet is not null)
            app.MapWallet();
        return app;
    }

    /// <summary>A part that broke cannot be replaced while the desk runs: the process ends, and starting is recovering.
    /// </summary>
    private static void EndWith(WebApplication app, DeskParts parts) => _ = parts.Broken.ContinueWith(
        broken =>
        {
            app.Logger.LogCritical(broken.Exception, "A part that the desk needs broke; the next start recovers");
            Environment.ExitCode = ExitCodes.Crashed;
            app.Lifetime.StopApplication();
        },
        CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);

    private static AlertOptions AlertsOf(RunOptions options, DeskParts parts) => new()
    {
        Account = parts.Desk.Account.Value,
        DataFolder = options.Data,
        // For a receiver of one's own on this machine; everything else inside stays out of reach.
        AllowsLoopback = Environment.GetEnvironmentVariable("EQUILIBRAGE_ALERTS_LOOPBACK") == "1",
    };

    private static void Greet(WebApplication app, DeskInfo info) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"Equilibrage is up in {info.Mode} mode ({info.Universe}; market time runs {info.Speed:0.##} times faster). "
        + $"Open {string.Join(" or ", app.Urls)}. Ctrl-C stops it.{FirstPassword(app)}"));

    // Whoever reads this console runs the desk, so it may choose the password.
    private static string FirstPassword(WebApplication app) =>
        app.Services.GetRequiredService<WebSecurityOptions>() is
            { AsksPassword: true, Password: { IsSet: false } password }
            ? $"\nChoose the operator's password first: {app.Urls.First()}{LoginEndpoints.SetupPagePath}"
                + $"?key={password.SetupKey} (good once; or ./run.sh password)"
            : "";
}
