using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Equilibrage.Core.Ports;
using Equilibrage.Tests.Support;
using Equilibrage.Web.Endpoints;
using Equilibrage.Web.Hubs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Equilibrage.Tests.Integration.Api;

/// <summary>What came back.</summary>
internal sealed record Answer(int Status, string Text, HttpContentHeaders Content, HttpResponseHeaders Headers)
{
    internal JsonNode Body => JsonNode.Parse(Text) ?? throw new InvalidOperationException("The body is null.");
}

/// <summary>The endpoints alone, on a real port, over a desk and a history that the test controls.</summary>
internal sealed class ApiHost : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly HttpClient client;

    private ApiHost(WebApplication app, FakeDesk desk, ScriptedHistory history)
    {
        this.app = app;
        (Desk, History) = (desk, history);
        Address = new(app.Urls.Single());
        client = new() { BaseAddress = Address };
    }

    internal FakeDesk Desk { get; }

    internal ScriptedHistory History { get; }

    internal required FakeAlerts Alerts { get; init; }

    internal required FakeJournal Journal { get; init; }

    internal Uri Address { get; }

    internal static async Task<ApiHost> StartAsync()
    {
        var info = new DeskInfo(
            "sandbox", "sandbox:practice:0x01", 3000, "300 markets, seed 7", "0.1.0", 0, Samples.Noon);
        var alerts = new FakeAlerts();
        var (desk, history, journal) = (new FakeDesk { Info = info }, new ScriptedHistory(), new FakeJournal());
        desk.Show(Samples.Running());
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<IDesk>(desk);
        builder.Services.AddSingleton<IHistory>(history);
        builder.Services.AddSingleton<IJournalReader>(journal);
        builder.Services.AddSingleton<IAlerts>(alerts);
        builder.Services.AddApi();
        var started = builder.Build();
        started.MapApi();
        started.MapHubs();
        await started.StartAsync();
        return new(started, desk, history) { Journal = journal, Alerts = alerts };
    }

    internal Task<Answer> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    internal Task<Answer> DeleteAsync(string path, string? key = null) => SendAsync(HttpMethod.Delete, path, null, key);

    internal Task<Answer> PostAsync(string path, string? json, string? key = null) =>
        SendAsync(HttpMethod.Post, path, json, key);

    internal Task<Answer> PutAsync(string path, string json) => SendAsync(HttpMethod.Put, path, json);

    internal async Task<Answer> SendAsync(HttpMethod method, string path, string? json = null, string? key = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (json is not null)
            request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        using var response = await client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return new((int)response.StatusCode, text, response.Content.Headers, response.Headers);
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
    }
}
