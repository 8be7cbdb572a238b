using System.Text.Json;
using Equilibrage.Adapters.Storage;
using Equilibrage.Core.Ports;
using Equilibrage.Web.Custody;
using Equilibrage.Web.Diagnosis;

namespace Equilibrage.Web.Hosting;

/// <summary>
/// Looks at everything that has to be right before a desk trades and changes nothing, beside a desk that runs or
/// without one. Only with --livetest one smallest order is placed far from the market and canceled.
/// </summary>
internal static class DoctorCommand
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase, WriteIndented = true,
    };

    /// <summary>Runs and answers the exit code: 0 clean, 1 findings, 3 when it could not look.</summary>
    public static Task<int> RunAsync(RunOptions options, CancellationToken cancellation) => StartUp.RunAsync(
        async stopping =>
        {
            ProcessShield.Raise();
            using var vault = new Vault(options.Data, TimeProvider.System);
            if (options.IsLiveTest && options.Mode != DeskMode.Live)
                throw new VaultException("--livetest needs --mode live.");
            using var opened = await OpenAsync(vault, options, stopping);
            var (report, storage) = await ExamineAsync(options, vault, opened, stopping);
            if (storage is not null)
                await storage.DisposeAsync();
            if (options.IsLiveTest)
                report = await TestAsync(options, report, opened, stopping);
            await TellAsync(report, options.AsJson);
            return report.IsClean ? ExitCodes.Done : ExitCodes.Differs;
        },
        cancellation);

    private static async Task<OpenedVault?> OpenAsync(
        Vault vault, RunOptions options, CancellationToken cancellation)
    {
        if (options.Mode != DeskMode.Live || !vault.Exists)
            return null;
        if (vault.ReadHeader() is { OpensByKeyFile: true } && options.KeyFile is null)
            return null;
        return await LiveAccess.OpenVaultAsync(vault, options, SecretPrompt.OfConsole(), cancellation);
    }

    private static async Task<(DoctorReport Report, StorageHost? Storage)> ExamineAsync(
        RunOptions options, Vault vault, OpenedVault? opened, CancellationToken cancellation)
    {
        var (storage, why) = await AttachAsync(options, cancellation);
        var isLive = options.Mode == DeskMode.Live;
        var header = isLive ? vault.ReadHeader() : null;
        var report = await Examiner.ExamineAsync(
            new()
            {
                Mode = options.Mode,
                Data = options.Data,
                Endpoints = DoctorService.EndpointsOf(options),
                Vault = isLive ? vault : null,
                Signer = opened?.Signer,
                Wallet = header?.Wallet,
                Relayer = opened?.Relayer,
                Database = end => storage is { } database
                    ? DatabaseCheck.LookAsync(database.Connections, mayWrite: false, end)
                    : Task.FromResult(DatabaseCheck.NotOpened(why)),
                Ledger = storage is { } books && isLive ? end => LedgerAsync(books, header, options, end) : null,
                Clock = TimeProvider.System,
            },
            cancellation);
        return (report, storage);
    }

    private static async Task<(StorageHost? Storage, string Why)> AttachAsync(
        RunOptions options, CancellationToken cancellation)
    {
        try
        {
            return (await StorageHost.AttachAsync(
                new(
                    options.Data, Environment.GetEnvironmentVariable("ConnectionStrings__Equilibrage"),
                    Environment.GetEnvironmentVariable("EQUILIBRAGE_ROOT") ?? AppContext.BaseDirectory),
                cancellation), "");
        }
        catch (StorageUnavailableException error)
        {
            return (null, error.Message);
        }
    }

    private static async Task<LedgerFigures?> LedgerAsync(
        StorageHost books, VaultHeader? header, RunOptions options, CancellationToken cancellation)
    {
        await using var services = new ServiceCollection().AddStorage(books).BuildServiceProvider();
        return await LedgerFigures.ReadAsync(
            services.GetRequiredService<IJournal>(), LiveMode.AccountOf(header, options), cancellation);
    }

    private static async Task<DoctorReport> TestAsync(
        RunOptions options, DoctorReport report, OpenedVault? opened, CancellationToken cancellation)
    {
        if (opened is null)
            throw new VaultException("--livetest places an order and so needs the vault open.");
        using var loggers = LoggerFactory.Create(_ => { });
        await using var connection = LiveMode.ConnectForOrders(LiveMode.Reached(options), opened, loggers);
        await connection.SynchronizeAsync(cancellation);
        var findings = await LiveTest.RunAsync(
            connection, DoctorService.EndpointsOf(options)!, TimeProvider.System, cancellation);
        return report with { Findings = [.. report.Findings, .. findings] };
    }

    private static async Task TellAsync(DoctorReport report, bool asJson)
    {
        if (asJson)
        {
            await Console.Out.WriteLineAsync(JsonSerializer.Serialize(
                new { report.Mode, report.At, report.IsClean, report.Findings }, Json));
            return;
        }

        foreach (var finding in report.Findings)
        {
            var mark = finding.Level switch
            {
                FindingLevel.Fine => "ok     ", FindingLevel.Note => "note   ", _ => "FINDING",
            };
            await Console.Out.WriteLineAsync($"{mark}  {finding.Check}: {finding.Sentence}");
        }

        var count = report.Problems.Count();
        await Console.Out.WriteLineAsync(count == 0 ? "Clean." : $"{count} to be mended.");
    }
}
