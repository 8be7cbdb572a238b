using System.Globalization;
using System.Net;
using System.Text;
using Equilibrage.Tests.Support;

namespace Equilibrage.Tests.Integration.Custody;

/// <summary>
/// Live mode against a practice exchange: from the vault to the arming and back, with the secrets searched for wherever
/// a process leaves traces.
/// </summary>
[Trait("Tier", "Integration")]
public sealed class LiveModeTests(PracticeServerFixture exchange) : IClassFixture<PracticeServerFixture>
{
    private const string End = "b92266";

    private static readonly string[] Pages = ["", "scanner", "history", "settings", "arming", "doctor", "login"];

    private static readonly string[] Answers =
    [
        "api/overview", "api/positions", "api/positions/history", "api/opportunities", "api/config",
        "api/decisions", "api/history.csv", "openapi/v1.json", "health/ready",
    ];

    [Fact]
    public async Task Desk_FromVaultToArming_LeavesNoTraceOfItsSecrets()
    {
        using var data = new AppData();
        await LiveDesk.PrepareAsync(data);
        await using (var desk = await LiveDesk.StartAsync(data, exchange.Address))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, (await desk.GetAsync("health/ready")).Status);
            Assert.Contains("Vault closed", (await desk.GetAsync("settings")).Text, StringComparison.Ordinal);
            var wrong = await desk.PostAsync("open", ("passphrase", "something else entirely"));
            Assert.False(wrong.Ok);
            Assert.Contains("stays closed", wrong.Message, StringComparison.Ordinal);

            var right = await desk.PostAsync("open", ("passphrase", LiveDesk.Passphrase));
            Assert.True(right.Ok, right.Message);
            await desk.ReadyAsync();
            Assert.Contains("Not armed", (await desk.GetAsync("settings")).Text, StringComparison.Ordinal);

            Assert.False((await desk.PostAsync("arm", ("confirm", "000000"), ("hours", "1"))).Ok);
            Assert.False((await desk.PostAsync("arm", ("confirm", End), ("hours", "25"))).Ok);
            var armed = await desk.PostAsync("arm", ("confirm", End), ("hours", "1"));
            Assert.True(armed.Ok, armed.Message);
            Assert.Contains("Armed", (await desk.GetAsync("")).Text, StringComparison.Ordinal);
            await Eventually.TrueAsync(async () => await CountAsync(data, "permission_changed") >= 1);

            await SearchAsync(desk, data);
            var closed = await desk.PostAsync("close");
            Assert.True(closed.Ok, closed.Message);
            Assert.Contains("Vault closed", (await desk.GetAsync("arming")).Text, StringComparison.Ordinal);
            var again = await desk.PostAsync("open", ("passphrase", LiveDesk.Passphrase));
            Assert.True(again.Ok, again.Message);
            await desk.ReadyAsync();
            Assert.Contains("Not armed", (await desk.GetAsync("arming")).Text, StringComparison.Ordinal);
            Assert.Equal(0, await desk.App.StopAsync());
        }

        await using var restarted = await LiveDesk.StartAsync(data, exchange.Address);
        Assert.Contains("Vault closed", (await restarted.GetAsync("arming")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Desk_ArmedWithSettings_TradesAndStopsEnteringWhenDisarmed()
    {
        using var data = new AppData();
        await LiveDesk.PrepareAsync(data);
        await using var desk = await LiveDesk.StartAsync(data, exchange.Address);
        Assert.True((await desk.PostAsync("open", ("passphrase", LiveDesk.Passphrase))).Ok);
        await desk.ReadyAsync();
        await Eventually.TrueAsync(
            async () => (await desk.GetAsync("api/opportunities")).Text.Contains("not_armed", StringComparison.Ordinal),
            TimeSpan.FromSeconds(60));
        Assert.Equal(0, await CountAsync(data, "order_submitted"));

        var armed = await desk.PostAsync("arm", ("confirm", End), ("hours", "1"));
        Assert.True(armed.Ok, armed.Message);
        var disarmed = await desk.PostAsync("disarm");

        Assert.True(disarmed.Ok, disarmed.Message);
        Assert.Contains("Exits only", (await desk.GetAsync("")).Text, StringComparison.Ordinal);
        await Eventually.TrueAsync(async () => await CountAsync(data, "permission_changed") >= 1);
    }

    [Fact]
    public async Task Stranger_WithoutThePassword_SeesAndDoesNothing()
    {
        using var data = new AppData();
        await LiveDesk.PrepareAsync(data);
        await using var desk = await LiveDesk.StartAsync(data, exchange.Address);
        using var stranger = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false })
        {
            BaseAddress = desk.App.Address,
        };

        using var page = await stranger.GetAsync("settings", TestContext.Current.CancellationToken);
        using var answer = await stranger.GetAsync("api/overview", TestContext.Current.CancellationToken);
        using var open = await stranger.PostAsync(
            "wallet/open", new FormUrlEncodedContent([]), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Unauthorized, page.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, open.StatusCode);
        Assert.Contains("wrong=true", await desk.SignInAsync("not the password"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WithTheRealExchangeElsewhere_IsRefused()
    {
        using var data = new AppData();

        var (code, output) = await AppUnderTest.RunAsync(
            data, "--mode", "live", "--exchange", "http://203.0.113.7:5090");

        Assert.Equal(3, code);
        Assert.Contains("must be on this machine", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Vault_SetOnThePage_StartsTheProcessAgainWithIt()
    {
        using var data = new AppData();
        var (code, told) = await LiveDesk.RunAsync(["password", "--data", data.Path], LiveDesk.Password);
        Assert.True(code == 0, told);
        await using var desk = await LiveDesk.StartAsync(data, exchange.Address);
        Assert.Contains("No wallet", (await desk.GetAsync("settings")).Text, StringComparison.Ordinal);

        var set = await desk.PostAsync(
            "set", ("key", "0x" + LiveDesk.Key), ("passphrase", LiveDesk.Passphrase), ("again", LiveDesk.Passphrase));

        Assert.True(set.Ok, set.Message);
        await Eventually.TrueAsync(() => !desk.App.IsRunning);
        var (shown, wallet) = await LiveDesk.RunAsync(["vault", "show", "--data", data.Path]);
        Assert.Equal(0, shown);
        Assert.Contains(LiveDesk.Account, wallet, StringComparison.Ordinal);
        Assert.Equal(0, (await LiveDesk.RunAsync(["vault", "remove", "--data", data.Path], End)).ExitCode);
        Assert.Contains(
            "no wallet yet", (await LiveDesk.RunAsync(["vault", "show", "--data", data.Path])).Output,
            StringComparison.Ordinal);
    }

    private static async Task SearchAsync(LiveDesk desk, AppData data)
    {
        foreach (var page in Pages)
            AssertClean(page, (await desk.GetAsync(page)).Text);
        foreach (var answer in Answers)
            AssertClean(answer, (await desk.GetAsync(answer)).Text);
        AssertClean("log", desk.App.Output);
        var process = $"/proc/{desk.App.Pid.ToString(CultureInfo.InvariantCulture)}";
        AssertClean("process list", await File.ReadAllTextAsync($"{process}/cmdline"));
        foreach (var file in Directory.EnumerateFiles(data.Path, "*", SearchOption.AllDirectories))
        {
            var isDatabase = file.Contains("/postgres/", StringComparison.Ordinal);
            if (!isDatabase && Path.GetFileName(file) != "lock" && new FileInfo(file).Length < 1 << 20)
                AssertClean(file, Encoding.Latin1.GetString(await ReadAsync(file)));
        }

        await foreach (var (table, row) in DumpAsync(data))
            AssertClean(table, row);
    }

    // Another process may hold a lock on it, which does not hinder reading.
    private static async Task<byte[]> ReadAsync(string path)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var copy = new MemoryStream();
        await file.CopyToAsync(copy);
        return copy.ToArray();
    }

    private static async IAsyncEnumerable<(string Table, string Row)> DumpAsync(AppData data)
    {
        await using var database = data.Connect();
        var tables = new List<string>();
        await using (var command = database.CreateCommand(
            "SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) FROM pg_tables "
            + "WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"))
        await using (var reader = await command.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
                tables.Add(reader.GetString(0));
        }

        Assert.True(tables.Count > 10);
        foreach (var table in tables)
        {
            await using var command = database.CreateCommand($"SELECT t::text FROM {table} t LIMIT 5000");
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
                yield return (table, reader.GetString(0));
        }
    }

    private static async Task<long> CountAsync(AppData data, string kind)
    {
        await using var database = data.Connect();
        await using var command = database.CreateCommand($"SELECT count(*) FROM journal WHERE kind = '{kind}'");
        return Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }

    private static void AssertClean(string where, string text)
    {
        var key = Convert.FromHexString(LiveDesk.Key);
        foreach (var secret in (string[])
            [
                LiveDesk.Key, Convert.ToBase64String(key)[..40], Encoding.Latin1.GetString(key), "test test test",
                "test junk", LiveDesk.Passphrase, "quiet otters", LiveDesk.Password,
            ])
        {
            Assert.False(
                text.Contains(secret, StringComparison.OrdinalIgnoreCase), $"{where} holds a secret: {secret[..9]}…");
        }
    }
}
