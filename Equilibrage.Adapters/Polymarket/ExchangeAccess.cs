using System.Text.Json;
using Equilibrage.Adapters.Transport;
using Equilibrage.Core.Ports;
using Equilibrage.Polymarket;
using Equilibrage.Polymarket.Rest;
using Microsoft.Extensions.Logging;

namespace Equilibrage.Adapters.Polymarket;

/// <summary>What all parts that talk to the exchange share: limits, clocks, connections, public clients.</summary>
internal sealed class ExchangeAccess : IDisposable
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ConnectionLife = TimeSpan.FromMinutes(5);

    private readonly HttpMessageInvoker http;
    private readonly RateGate gate;

    public ExchangeAccess(PolymarketOptions options, TimeProvider clock, ILoggerFactory loggers)
        : this(options, clock, loggers, new SocketsHttpHandler
        {
            ConnectTimeout = ConnectTimeout,
            PooledConnectionLifetime = ConnectionLife,
            AutomaticDecompression = System.Net.DecompressionMethods.All,
            AllowAutoRedirect = false,
            UseCookies = false,
        })
    {
    }

    /// <summary>The same over connections of the caller's.</summary>
    public ExchangeAccess(
        PolymarketOptions options, TimeProvider clock, ILoggerFactory loggers, HttpMessageHandler connections)
    {
        (Options, Clock) = (options, clock);
        http = new(connections);
        var tier = RateLimits.Tiers.FirstOrDefault(one => one.Name == options.Tier)
            ?? throw new ArgumentException($"There is no tier {options.Tier}.", nameof(options));
        gate = new(clock, new() { Tier = tier });
        ServerClock = new(clock);
        MarketClock = new(clock, options.IsPractice);
        Http = new(
            new HttpRestTransport(http, options.Endpoints, ServerClock), gate, clock,
            new() { MaySend = options.MaySend },
            loggers.CreateLogger<VenueHttp>());
        Clob = new(Http, null, Drift);
        Gamma = new(Http, Drift);
        Data = new(Http, Drift);
    }

    /// <summary>How the exchange is reached.</summary>
    public PolymarketOptions Options { get; }

    /// <summary>Wall time here.</summary>
    public TimeProvider Clock { get; }

    /// <summary>Wall time there, which authenticates requests.</summary>
    public ClockOffset ServerClock { get; }

    /// <summary>Market time there.</summary>
    public MarketClock MarketClock { get; }

    /// <summary>Market seconds per wall second, as a practice exchange told last; 1 on Polymarket.</summary>
    public decimal MarketSpeed { get; private set; } = 1;

    /// <summary>Fields of answers that are not as they were.</summary>
    public FieldDrift Drift { get; } = new();

    /// <summary>Carries the calls.</summary>
    public VenueHttp Http { get; }

    /// <summary>The order book's public calls.</summary>
    public ClobClient Clob { get; }

    /// <summary>Markets and events.</summary>
    public GammaClient Gamma { get; }

    /// <summary>Public positions and trades.</summary>
    public DataClient Data { get; }

    /// <summary>Asks a practice exchange for its market time; Polymarket has none of its own.</summary>
    /// <exception cref="VenueUnavailableException">The practice exchange does not answer.</exception>
    public async Task HearMarketTimeAsync(CancellationToken cancellation)
    {
        if (Options.PracticeRoot is not { } root)
            return;
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(root, "practice/clock"));
            using var answer = await http.SendAsync(request, cancellation);
            answer.EnsureSuccessStatusCode();
            using var json = await JsonDocument.ParseAsync(
                await answer.Content.ReadAsStreamAsync(cancellation), default, cancellation);
            if (json.RootElement.TryGetProperty("speed", out var speed))
                MarketSpeed = speed.GetDecimal();
            MarketClock.Hear(
                DateTimeOffset.FromUnixTimeMilliseconds(json.RootElement.GetProperty("market_time_ms").GetInt64()));
        }
        catch (Exception error) when (
            error is HttpRequestException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new VenueUnavailableException(
                $"The practice exchange does not tell its market time: {error.Message}");
        }
    }

    /// <summary>Compares the clocks; an error leaves everything as it was.</summary>
    public async Task<PolymarketError?> SynchronizeAsync(CancellationToken cancellation)
    {
        var asked = Clock.GetUtcNow();
        var answer = await Clob.GetTimeAsync(cancellation);
        if (answer.IsOk)
            ServerClock.Measure(asked, Clock.GetUtcNow(), answer.Value);
        return answer.Error;
    }

    /// <summary>Whether orders from this place are refused; false where nothing checks that.</summary>
    public async Task<PolymarketResult<bool>> IsPlaceBlockedAsync(CancellationToken cancellation)
    {
        if (Options.Endpoints.Geoblock is null)
            return PolymarketResult<bool>.Ok(false);
        var call = new RestCall
        {
            Service = PolymarketService.Site,
            Method = "GET",
            Path = "/api/geoblock",
            IsRepeatable = true,
        };
        var sent = await Http.SendAsync(call, cancellation);
        if (sent.Value is not { } reply)
            return sent.As<bool>();
        if (!reply.IsSuccess)
        {
            return PolymarketResult<bool>.Fail(
                PolymarketErrors.Classify(reply.Status, reply.Body.Span, reply.RetryAfter));
        }

        try
        {
            var place = System.Text.Json.JsonSerializer.Deserialize(
                reply.Body.Span, PolymarketJson.Wire.GeoblockReply);
            return PolymarketResult<bool>.Ok(place is { IsBlocked: true });
        }
        catch (System.Text.Json.JsonException error)
        {
            return PolymarketResult<bool>.Fail(new(PolymarketErrorKind.Unreadable, error.Message));
        }
    }

    public void Dispose()
    {
        gate.Dispose();
        http.Dispose();
    }
}
