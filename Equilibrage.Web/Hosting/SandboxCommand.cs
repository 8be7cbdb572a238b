using System.Globalization;

namespace Equilibrage.Web.Hosting;

/// <summary>Runs the practice exchange alone, for any client of Polymarket's protocol, until it is stopped.</summary>
internal static class SandboxCommand
{
    /// <summary>Runs and answers the exit code.</summary>
    public static Task<int> RunAsync(RunOptions options, CancellationToken cancellation) => StartUp.RunAsync(
        async stopping =>
        {
            // Not cut short by a signal: the server that it starts is stopped in order below.
            await using var storage = await StartUp.OpenStorageAsync(options, cancellation);
            using var loggers = StartUp.OpenLog();
            await using var practice = await PracticeHost.StartAsync(
                options, storage, options.Bind, options.Port, loggers, stopping);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"The practice exchange is up ({practice.Universe.Name}; market time runs {options.Speed:0.##} times "
                + $"as fast as the wall clock). Clients find it under {practice.Server.Address}. Ctrl-C stops it."));
            await practice.Exchange.Completion.WaitAsync(stopping);
            return ExitCodes.Done;
        },
        cancellation);
}
