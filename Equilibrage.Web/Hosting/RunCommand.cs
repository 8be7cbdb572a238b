using System.Globalization;
using Equilibrage.Adapters.Storage;
using Equilibrage.Core.Ports;
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
            await using var sandbox = await SandboxMode.StartAsync(options, storage, signals.Token);
            await WallClockJobs.PrepareAsync(storage.Connections, signals.Token);
            await using var app = Build(options, storage, sandbox);
            app.Lifetime.ApplicationStarted.Register(() => Greet(app, sandbox.Desk.Info));
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

    private static WebApplication Build(RunOptions options, StorageHost storage, SandboxMode sandbox)
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
        builder.Services.AddDesk(sandbox);
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

    private static void Greet(WebApplication app, DeskInfo info) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"Equilibrage is up in {info.Mode} mode ({info.Universe}; market time runs {info.Speed:0.##} times faster). "
        + $"Open {string.Join(" or ", app.Urls)}. Ctrl-C stops it."));

    /// <summary>The words for a start that cannot succeed by trying again; null for anything unexpected.</summary>
    private static string? Refusal(Exception error) => error switch
    {
        StorageUnavailableException or WebSecurityException => error.Message,
        AddressInUseException => $"{error.Message} Choose another port with --port.",
        IOException { InnerException: AddressInUseException } => $"{error.Message} Choose another port with --port.",
        _ => SandboxMode.Refusal(error),
    };
}
