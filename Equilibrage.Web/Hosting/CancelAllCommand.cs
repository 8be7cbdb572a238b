using System.Globalization;
using Equilibrage.Adapters.Polymarket;
using Equilibrage.Core.Ports;
using Equilibrage.Polymarket.Orders;
using Equilibrage.Web.Custody;

namespace Equilibrage.Web.Hosting;

/// <summary>
/// Cancels every order of the account without the desk: opens the wallet of the data folder itself and asks the venue
/// until it shows none. Needs neither the database nor a desk that answers.
/// </summary>
internal static class CancelAllCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Runs and answers the exit code: 0 once the venue shows no open order.</summary>
    public static async Task<int> RunAsync(RunOptions options, CancellationToken cancellation)
    {
        using var loggers = LoggerFactory.Create(logging => logging
            .SetMinimumLevel(LogLevel.Error).AddSimpleConsole());
        try
        {
            var address = DeskAddress.Read(options.Data);
            if (options.Mode == DeskMode.Live || address?.Mode == "live")
            {
                var reached = options with { Exchange = options.Exchange ?? address?.Exchange };
                await using var live = await LiveAccess.OpenAsync(
                    reached, SecretPrompt.OfConsole(), loggers, cancellation);
                return await SweepAsync(live.Connection.Venue!, Console.Out, TimeProvider.System, cancellation);
            }

            await using var connection = Practice(options, address, loggers);
            await connection.SynchronizeAsync(cancellation).WaitAsync(Patience, cancellation);
            return await SweepAsync(connection.Venue!, Console.Out, TimeProvider.System, cancellation);
        }
        catch (Exception error) when (error is VenueUnavailableException or PracticeWalletException or VaultException
            or CancelAllException)
        {
            await Console.Error.WriteLineAsync(error.Message);
            return ExitCodes.Refused;
        }
        catch (TimeoutException)
        {
            await Console.Error.WriteLineAsync("The exchange does not answer; nothing was canceled. Ask again.");
            return ExitCodes.Unconfirmed;
        }
    }

    /// <summary>Cancels until nothing is open, and says how many orders that were.</summary>
    internal static async Task<int> SweepAsync(
        IVenue venue, TextWriter output, TimeProvider clock, CancellationToken cancellation)
    {
        var canceled = 0;
        var begun = clock.GetTimestamp();
        while (true)
        {
            var ended = await InTimeAsync(venue.CancelAllAsync, clock, cancellation);
            canceled += ended.Value?.Canceled.Count ?? 0;
            var account = await InTimeAsync(venue.GetAccountAsync, clock, cancellation);
            var problem = ended.Error ?? account.Error;
            if (problem is null && account.Value is { OpenOrders.Count: 0 })
            {
                await output.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture, $"{canceled} orders canceled; none is open."));
                return ExitCodes.Done;
            }

            await output.WriteLineAsync(problem is null
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"{canceled} orders canceled; {account.Value!.OpenOrders.Count} are still open.")
                : $"The exchange did not answer: {problem.Message}");
            if (clock.GetElapsedTime(begun) >= LongestWait)
                return ExitCodes.Unconfirmed;
            await Task.Delay(Pause, clock, cancellation);
        }
    }

    /// <summary>Opens the practice account of the data folder, where the desk that runs with it, or ran last, traded.
    /// </summary>
    /// <exception cref="CancelAllException">There is no account to open; the message says what to do.</exception>
    private static PolymarketConnection Practice(RunOptions options, DeskAddress? address, ILoggerFactory loggers)
    {
        if (address?.Mode == "paper")
        {
            throw new CancelAllException(
                "The desk of this data folder trades on paper: it has no order anywhere that could be canceled.");
        }

        var exchange = options.Exchange ?? address?.Exchange ?? throw new CancelAllException(
            $"No desk ever ran with {options.Data}: name its folder with --data, or its exchange with --exchange.");
        if (!PracticeWallet.Exists(options.Data))
            throw new CancelAllException($"{options.Data} holds no practice wallet; name the folder with --data.");
        var signer = PracticeWallet.Open(options.Data);
        return PolymarketConnection.OpenForOrders(
            PolymarketOptions.Practice(exchange),
            new() { Signer = signer, Wallet = TradingWallet.Own(signer.Address) },
            TimeProvider.System, loggers);
    }

    private static async Task<VenueResult<T>> InTimeAsync<T>(
        Func<CancellationToken, Task<VenueResult<T>>> call, TimeProvider clock, CancellationToken cancellation)
        where T : class
    {
        try
        {
            return await call(cancellation).WaitAsync(Patience, clock, cancellation);
        }
        catch (TimeoutException)
        {
            return VenueResult<T>.Fail(Core.Orders.VenueErrorKind.Unavailable, "no answer in time");
        }
    }
}

/// <summary>There is no account whose orders could be canceled; the message says what to do.</summary>
internal sealed class CancelAllException(string message) : Exception(message);
