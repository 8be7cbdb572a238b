using System.Diagnostics;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Equilibrage.Tests.Support;

namespace Equilibrage.Tests.Integration.Custody;

/// <summary>A browser's way through the real application in Live mode, which points at a practice exchange.</summary>
internal sealed partial class LiveDesk : IAsyncDisposable
{
    public const string Phrase = "test test test test test test test test test test test junk";
    public const string Key = "ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";
    public const string Account = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266";
    public const string Passphrase = "five quiet otters paddle north";
    public const string Password = "correct horse battery";

    private readonly HttpClient http;

    private LiveDesk(AppUnderTest app)
    {
        App = app;
        http = new(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new() })
        {
            BaseAddress = app.Address, Timeout = TimeSpan.FromSeconds(60),
        };
        http.DefaultRequestHeaders.Add("Accept", "text/html,application/json");
    }

    public AppUnderTest App { get; }

    /// <summary>Starts the desk on a data folder and signs in.</summary>
    public static async Task<LiveDesk> StartAsync(AppData data, Uri exchange, params string[] more)
    {
        var app = await AppUnderTest.StartOnAsync(
            data, ["--mode", "live", "--exchange", exchange.ToString().TrimEnd('/'), .. more]);
        var desk = new LiveDesk(app);
        await desk.SignInAsync(Password);
        return desk;
    }

    /// <summary>Runs another verb of the program with lines of standard input.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(string[] words, params string[] lines)
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(Path.Combine(
            SourceTree.Root, "Equilibrage.Web", "bin", configuration, "net10.0", "Equilibrage.Web.dll"));
        foreach (var word in words)
            start.ArgumentList.Add(word);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        foreach (var line in lines)
            await process.StandardInput.WriteLineAsync(line);
        process.StandardInput.Close();
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await process.WaitForExitAsync(limit.Token);
        return (process.ExitCode, await output + await errors);
    }

    /// <summary>Keeps phrase and password in a data folder, as the command line does.</summary>
    public static async Task PrepareAsync(AppData data)
    {
        var (set, told) = await RunAsync(["vault", "set", "--data", data.Path], Phrase, Passphrase, "");
        Assert.True(set == 0, told);
        Assert.Contains(Account, told, StringComparison.Ordinal);
        var (password, answer) = await RunAsync(["password", "--data", data.Path], Password);
        Assert.True(password == 0, answer);
    }

    /// <summary>Signs in; the answer is where the browser is sent.</summary>
    public async Task<string> SignInAsync(string password)
    {
        var token = await TokenAsync("login");
        using var answer = await http.PostAsync("login/password", new FormUrlEncodedContent(
            new Dictionary<string, string> { ["__RequestVerificationToken"] = token, ["password"] = password }));
        return answer.Headers.Location?.OriginalString ?? answer.StatusCode.ToString();
    }

    /// <summary>Reads a page or an answer.</summary>
    public async Task<(HttpStatusCode Status, string Text)> GetAsync(string path)
    {
        using var answer = await http.GetAsync(path);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Sends one of the wallet's forms, as the page's script does.</summary>
    public async Task<(bool Ok, string Message)> PostAsync(
        string action, params (string Name, string Value)[] fields)
    {
        var token = await TokenAsync("settings");
        using var request = new HttpRequestMessage(HttpMethod.Post, $"wallet/{action}")
        {
            Content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))),
        };
        request.Headers.Add("RequestVerificationToken", token);
        using var answer = await http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{(int)answer.StatusCode}: {text}");
        using var json = JsonDocument.Parse(text);
        return (json.RootElement.GetProperty("ok").GetBoolean(), json.RootElement.GetProperty("message").GetString()!);
    }

    /// <summary>Waits until the desk decides.</summary>
    public Task ReadyAsync() => Eventually.TrueAsync(
        async () =>
        {
            Assert.True(App.IsRunning, $"The application ended:\n{App.Output}");
            return (await GetAsync("health/ready")).Status == HttpStatusCode.OK;
        },
        TimeSpan.FromSeconds(90));

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await App.DisposeAsync();
    }

    private async Task<string> TokenAsync(string path)
    {
        var (status, page) = await GetAsync(path);
        var match = FormToken().Match(page);
        Assert.True(match.Success, $"{path}: {status}\n{page}");
        return match.Groups[1].Value;
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" (?:type=\"hidden\" )?value=\"([^\"]+)\"")]
    private static partial Regex FormToken();
}
