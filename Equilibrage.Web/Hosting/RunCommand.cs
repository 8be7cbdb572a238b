using System.Globalization;
using Equilibrage.Adapters.Storage;
using Equilibrage.Core.Ports;
using Equilibrage.Polymarket.Signing;
using Equilibrage.Sandbox;
using Equilibrage.Sandbox.Universe;
using Equilibrage.Web.Components;
using Equilibrage.Web.Endpoints;
using Equilibrage.Web.Hubs;
using Equilibrage.Web.Jobs;
using Equilibrage.Web.Security;
using Microsoft.AspNetCore.Connections;

namespace Equilibrage.Web.Hosting;

/// <summary>Runs the desk until it is stopped: database, practice exchange, engine, pages.</summary>
internal static class RunCommand
{
    /// <summary>Runs and answers the exit code.</summary>
    public static async Task<int> RunAsync(RunOptions options, CancellationToken cancellation)
    {
        using var signals = new StopSignals(cancellation);
        try
        {
            // Not cut short by a signal: the server that it starts is stopped in order below.
            await using var storage = await OpenStorageAsync(options, cancellation);
            using var loggers = LoggerFactory.Create(logging => logging.AddSimpleConsole());
            await using var parts = options.Mode == DeskMode.Paper
                ? await PaperMode.StartAsync(options, storage, loggers, signals.Token)
                : await SandboxMode.StartAsync(options, storage, loggers, signals.Token);
            await WallClockJobs.PrepareAsync(storage.Connections, signals.Token);
            await using var app = Build(options, storage, parts);
            EndWith(app, parts);
            app.Lifetime.ApplicationStarted.Register(() => Greet(app, parts.Desk.Info));
            await app.RunAsync(signals.Token);
            return Environment.ExitCode;
        }
        catch (OperationCanceledException) when (signals.Token.IsCancellationRequested)
        {
            return ExitCodes.Done;
        }
        catch (Exception error) when (Refusal(error) is { } reason)
        {
            await Console.Error.WriteLineAsync(reason);
            return ExitCodes.Refused;
        }
    }

    /// <summary>Applies the migrations and answers the exit code.</summary>
    public static async Task<int> MigrateAsync(RunOptions options, CancellationToken cancellation)
    {
        try
        {
            await using var storage = await OpenStorageAsync(options, cancellation);
            Console.WriteLine("The database is up to date.");
            return ExitCodes.Done;
        }
        catch (StorageUnavailableException error)
        {
            await Console.Error.WriteLineAsync(error.Message);
            return ExitCodes.Refused;
        }
    }

    private static Task<StorageHost> OpenStorageAsync(RunOptions options, CancellationToken cancellation) =>
        StorageHost.OpenAsync(
            new(
                Path.GetFullPath(options.Data),
                Environment.GetEnvironmentVariable("ConnectionStrings__Equilibrage"),
                Environment.GetEnvironmentVariable("EQUILIBRAGE_ROOT") ?? AppContext.BaseDirectory),
            cancellation);

    private static WebApplication Build(RunOptions options, StorageHost storage, DeskParts parts)
    {
        var builder = WebApplication.CreateBuilder(
            new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.AddWebSecurity(WebSecurityOptions.Read(builder.Configuration) with
        {
            Bind = options.Bind,
            Port = options.Port,
            KeyFolder = Path.Combine(options.Data, "keys"),
        });
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.Logging.AddFilter("Quartz", LogLevel.Warning);
        builder.AddDashboard();
        builder.Services.AddStorage(storage);
        builder.Services.AddDesk(parts);
        builder.Services.AddApi();
        builder.Services.AddWallClockJobs(storage.Connections);

        var app = builder.Build();
        app.UseErrorPages();
        app.UseWebSecurity();
        app.MapDashboard();
        app.MapApi();
        app.MapHubs();
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

    private static void Greet(WebApplication app, DeskInfo info) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"Equilibrage is up in {info.Mode} mode ({info.Universe}; market time runs {info.Speed:0.##} times faster). "
        + $"Open {string.Join(" or ", app.Urls)}. Ctrl-C stops it."));

    /// <summary>The words for a start that cannot succeed by trying again; null for anything unexpected.</summary>
    private static string? Refusal(Exception error) => error switch
    {
        StorageUnavailableException or WebSecurityException or VenueUnavailableException => error.Message,
        SignatureLibraryException or PracticeWalletException => error.Message,
        AddressInUseException => $"{error.Message} Choose another port with --port.",
        IOException { InnerException: AddressInUseException } => $"{error.Message} Choose another port with --port.",
        MarketFileException or UniverseMismatchException => error.Message,
        _ => null,
    };
}
