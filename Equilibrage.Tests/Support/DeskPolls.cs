using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Equilibrage.Tests.Support;

/// <summary>What an overview says, in dollars.</summary>
public sealed record OverviewSeen(
    long Sequence, DateTimeOffset MarketTime,
    decimal Equity, decimal Cash, decimal Holdings, IReadOnlyList<LegSeen> Legs);

/// <summary>A held token in an overview.</summary>
public sealed record LegSeen(string TokenId, decimal Shares, decimal Value);

/// <summary>
/// Polls the overview over all lives of an application. Every answer must add up, and none may show less than an
/// earlier one did: what was shown once was journalled.
/// </summary>
public sealed class DeskPolls
{
    private static readonly TimeSpan ReadyLimit = TimeSpan.FromSeconds(60);
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(10) };

    /// <summary>The newest overview.</summary>
    public OverviewSeen? Last { get; private set; }

    /// <summary>How many overviews were held to the rules.</summary>
    public int Count { get; private set; }

    /// <summary>Waits until the application decides.</summary>
    public Task ReadyAsync(AppUnderTest app) => Eventually.TrueAsync(
        async () =>
        {
            Assert.True(app.IsRunning, $"The application ended:\n{app.Output}");
            using var answer = await _http.GetAsync(new Uri(app.Address, "health/ready"));
            return answer.IsSuccessStatusCode;
        },
        ReadyLimit);

    /// <summary>Asks for the overview; null when the desk does not decide now.</summary>
    public async Task<OverviewSeen?> PollAsync(AppUnderTest app)
    {
        using var answer = await _http.GetAsync(new Uri(app.Address, "api/overview"));
        if (answer.StatusCode == HttpStatusCode.ServiceUnavailable)
        {
            Assert.NotNull(answer.Headers.RetryAfter);
            return null;
        }

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var seen = await answer.Content.ReadFromJsonAsync<OverviewSeen>(JsonSerializerOptions.Web);
        Assert.NotNull(seen);
        Assert.Equal(seen.Cash + seen.Holdings, seen.Equity);
        Assert.Equal(seen.Legs.Sum(leg => leg.Value), seen.Holdings);
        if (Last is { } last)
        {
            Assert.True(seen.Sequence >= last.Sequence, $"sequence {seen.Sequence} after {last.Sequence} was shown");
            Assert.True(seen.MarketTime >= last.MarketTime, $"{seen.MarketTime:O} after {last.MarketTime:O} was shown");
        }

        Count++;
        return Last = seen;
    }

    /// <summary>Changes a setting.</summary>
    public async Task ConfigureAsync(AppUnderTest app, string key, object value)
    {
        using var answer = await _http.PutAsJsonAsync(
            new Uri(app.Address, "api/config"), new Dictionary<string, object> { [key] = value });
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Asks for anything else.</summary>
    public async Task<HttpResponseMessage> SendAsync(AppUnderTest app, HttpMethod method, string path)
    {
        using var request = new HttpRequestMessage(method, new Uri(app.Address, path));
        return await _http.SendAsync(request);
    }
}
