using System.Net.Http.Headers;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.Simulation;
using Equilibrage.Sandbox;
using Equilibrage.Sandbox.Record;
using Equilibrage.Sandbox.Server;
using Equilibrage.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Equilibrage.Tests.Integration.Exchange;

/// <summary>A practice exchange with its server: real PostgreSQL, real Kestrel, a few small markets.</summary>
internal sealed class ServedExchange : IAsyncDisposable
{
    private readonly TestDatabase database;

    private ServedExchange(TestDatabase database, PracticeExchange exchange, PracticeServer server)
    {
        (this.database, Exchange, Server) = (database, exchange, server);
        Http = new() { BaseAddress = server.Address };
        Http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("equilibrage-tests", "1"));
    }

    public PracticeExchange Exchange { get; }

    public PracticeServer Server { get; }

    public HttpClient Http { get; }

    public static async Task<ServedExchange> StartAsync(
        PostgresFixture postgres, IReadOnlyList<ListingSeed>? listings = null, decimal speed = 1,
        PracticeServerOptions? options = null, TimeProvider? wall = null)
    {
        var fresh = await postgres.CreateDatabaseAsync(nameof(ServedExchange));
        return await StartAsync(fresh, listings, speed, options, wall);
    }

    private static async Task<ServedExchange> StartAsync(
        TestDatabase fresh, IReadOnlyList<ListingSeed>? listings, decimal speed, PracticeServerOptions? options,
        TimeProvider? wall)
    {
        var exchange = await PracticeExchange.StartAsync(
            new()
            {
                Listings = listings ?? PracticeWorld.Listings(6),
                Identity = "test",
                Seed = 7,
                Start = PracticeWorld.Start,
                Speed = speed,
                Account = PracticeWorld.Alice,
                Capital = Usdc.FromDecimal(1_000),
            },
            fresh.Source, TimeProvider.System, NullLogger<PracticeExchange>.Instance, default);
        var server = await PracticeServer.StartAsync(
            options ?? new(), exchange, wall ?? TimeProvider.System, NullLoggerFactory.Instance, default);
        return new(fresh, exchange, server);
    }

    /// <summary>A market whose token ids are numbers without leading zeros.</summary>
    public async Task<Market> FirstMarketAsync() => (await Exchange.ListAsync(default))[1];

    public async Task<JsonElement> GetAsync(string path)
    {
        using var document = JsonDocument.Parse(await Http.GetStringAsync(path));
        return document.RootElement.Clone();
    }

    public async Task<JsonElement> PostAsync(string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await Http.PostAsync(path, content);
        using var document = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return document.RootElement.Clone();
    }

    /// <summary>What the record says of an account.</summary>
    public Task<ComparableRecord> RecordAsync(AccountId account) =>
        ComparableRecord.ReadAsync(database.Source, account, default);

    public async Task<TestSocket> ConnectAsync(string path)
    {
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(new($"ws://{Server.Address.Authority}{path}"), default);
        return new(socket);
    }

    /// <summary>The same exchange after its process was killed: started anew from its record.</summary>
    public async Task<ServedExchange> RestartAsync(
        IReadOnlyList<ListingSeed>? listings = null, decimal speed = 1, PracticeServerOptions? options = null,
        TimeProvider? wall = null)
    {
        await Server.DisposeAsync();
        await Exchange.DisposeAsync();
        Http.Dispose();
        return await StartAsync(database, listings, speed, options, wall);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Server.DisposeAsync();
        await Exchange.DisposeAsync();
        await database.DisposeAsync();
    }
}
