using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Equilibrage.Web.Endpoints;
using Equilibrage.Web.Security;

namespace Equilibrage.Web.Hosting;

/// <summary>
/// Pulls and clears the kill switch from the command line. The halt file is written first: a desk that does not answer
/// any more obeys it before every send all the same.
/// </summary>
internal static class HaltCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <summary>Halts; exit code 0 once the venue has confirmed that no order is open.</summary>
    public static async Task<int> RunAsync(RunOptions options, CancellationToken cancellation)
    {
        var switches = new HaltSwitches(options.Data, null);
        var reason = options.Reason ?? "run.sh halt";
        try
        {
            switches.Write(reason);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"The halt file cannot be written: {error.Message}");
            return ExitCodes.Refused;
        }

        Console.WriteLine($"Written: {switches.FilePath}. No desk with this data folder buys while it stands.");
        using var http = Reach(options.Data);
        if (http is null || await AskAsync(http, "/api/halt", JsonContent.Create(new { reason }), cancellation) is null)
        {
            Console.WriteLine(
                "The desk does not answer. If it runs and is stuck, orders may rest: ./run.sh cancel-all ends them.");
            return ExitCodes.Unconfirmed;
        }

        return await AwaitAsync(http, cancellation);
    }

    /// <summary>Takes the file away and clears the switch.</summary>
    public static async Task<int> ResumeAsync(RunOptions options, CancellationToken cancellation)
    {
        var switches = new HaltSwitches(options.Data, null);
        Console.WriteLine(switches.Remove() ? $"Taken away: {switches.FilePath}." : "No halt file stands.");
        using var http = Reach(options.Data);
        // The desk reads the file once a second: until then it refuses, and says so.
        for (var waited = TimeSpan.Zero; http is not null && waited < Patience; waited += Pause)
        {
            using var answer = await AskAsync(http, "/api/resume", null, cancellation);
            if (answer is null)
                break;
            if (answer.IsSuccessStatusCode)
            {
                Console.WriteLine("Resumed.");
                return ExitCodes.Done;
            }

            if (answer.StatusCode != HttpStatusCode.Conflict || waited + Pause >= Patience)
            {
                await Console.Error.WriteLineAsync(await answer.Content.ReadAsStringAsync(cancellation));
                return ExitCodes.Refused;
            }

            await Task.Delay(Pause, cancellation);
        }

        Console.WriteLine("The desk does not answer: a halt that it recorded stands until it is resumed on its page.");
        return ExitCodes.Unconfirmed;
    }

    private static async Task<int> AwaitAsync(HttpClient http, CancellationToken cancellation)
    {
        var told = "";
        for (var waited = TimeSpan.Zero; waited < LongestWait; waited += Pause)
        {
            var status = await ReadAsync(http, cancellation);
            if (status is { IsAcknowledged: true, Halt: { } done })
            {
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"Halted, acknowledged at {done.AcknowledgedAt:HH:mm:ss} UTC: no order is open "
                    + $"({done.Canceled} canceled)."));
                return ExitCodes.Done;
            }

            var now = status?.Halt?.OrdersLeft is { } left ? $"Halting: {left} orders left." : "Halting.";
            if (told != now)
                Console.WriteLine(told = now);
            await Task.Delay(Pause, cancellation);
        }

        Console.WriteLine("The venue has not confirmed yet that no order is open; the desk goes on asking.");
        return ExitCodes.Unconfirmed;
    }

    private static async Task<HaltStatus?> ReadAsync(HttpClient http, CancellationToken cancellation)
    {
        try
        {
            return await http.GetFromJsonAsync<HaltStatus>("/api/halt", Json.Options, cancellation);
        }
        catch (Exception error) when (IsSilence(error, cancellation))
        {
            return null;
        }
    }

    /// <summary>Sends a command; null when nobody answers in time.</summary>
    private static async Task<HttpResponseMessage?> AskAsync(
        HttpClient http, string path, HttpContent? body, CancellationToken cancellation)
    {
        try
        {
            return await http.PostAsync(path, body, cancellation);
        }
        catch (Exception error) when (IsSilence(error, cancellation))
        {
            return null;
        }
    }

    private static bool IsSilence(Exception error, CancellationToken cancellation) =>
        error is HttpRequestException || (error is TaskCanceledException && !cancellation.IsCancellationRequested);

    private static HttpClient? Reach(string data)
    {
        if (DeskAddress.Read(data)?.Url is not { } url)
            return null;
        var http = new HttpClient { BaseAddress = url, Timeout = Patience };
        if (ControlToken.Read(data) is { Length: > 0 } token)
            http.DefaultRequestHeaders.Add(ControlToken.Header, token);
        http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("equilibrage", "1"));
        return http;
    }
}
