using System.Text;
using Equilibrage.Adapters.Transport;
using Equilibrage.Polymarket;
using Equilibrage.Polymarket.Rest;
using Equilibrage.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Equilibrage.Tests.Unit.Transport;

[Trait("Tier", "Unit")]
public sealed class VenueHttpTests : IDisposable
{
    private const string Restarting = "service not ready";
    private readonly ManualTime time = new();
    private readonly HttpScript script = new();
    private readonly HttpMessageInvoker http;
    private readonly RateGate gate;
    private readonly VenueHttp venue;

    public VenueHttpTests()
    {
        http = new(script);
        gate = new(time, new());
        venue = new(
            new HttpRestTransport(http, PolymarketEndpoints.Live, time), gate, time, new(),
            NullLogger<VenueHttp>.Instance);
    }

    private static RestCall Order => new()
    {
        Service = PolymarketService.Clob,
        Method = "POST",
        Path = "/order",
        Body = "{}"u8.ToArray(),
    };

    private static RestCall Read => new()
    {
        Service = PolymarketService.Clob,
        Method = "GET",
        Path = "/book",
        Query = "?token_id=1",
        IsRepeatable = true,
    };

    private static RestCall Cancel => Read with { Method = "DELETE", Path = "/order", Query = "" };

    public void Dispose()
    {
        http.Dispose();
        gate.Dispose();
    }

    [Theory]
    [InlineData(HttpRequestError.ConnectionError)]
    [InlineData(HttpRequestError.NameResolutionError)]
    [InlineData(HttpRequestError.SecureConnectionError)]
    public async Task Order_NeverLeft_IsSentAgain(HttpRequestError reason)
    {
        script.Fail(new HttpRequestException(reason)).Answer(200, "{}");

        var result = await RunAsync(venue.SendAsync(Order, default));

        Assert.True(result.IsOk);
        Assert.Equal(2, script.Asked.Count);
    }

    [Fact]
    public async Task Order_NeverLeavesAtAll_EndsAsNotSent()
    {
        for (var attempt = 0; attempt < 3; attempt++)
            script.Fail(new HttpRequestException(HttpRequestError.ConnectionError));

        var result = await RunAsync(venue.SendAsync(Order, default));

        Assert.Equal(PolymarketErrorKind.NotSent, result.Error!.Kind);
    }

    [Fact]
    public async Task Order_ConnectionBrokeAfterSending_IsNeverSentAgain()
    {
        script.Fail(new HttpRequestException(HttpRequestError.ResponseEnded));

        var result = await RunAsync(venue.SendAsync(Order, default));

        Assert.Equal(PolymarketErrorKind.NoAnswer, result.Error!.Kind);
        Assert.Single(script.Asked);
    }

    [Fact]
    public async Task Order_NoAnswerInTime_IsNeverSentAgain()
    {
        script.Hang();

        var result = await RunAsync(venue.SendAsync(Order, default));

        Assert.Equal(PolymarketErrorKind.NoAnswer, result.Error!.Kind);
        Assert.Single(script.Asked);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(522)]
    public async Task Order_ServerFailed_IsNeverSentAgain(int status)
    {
        script.Answer(status, "<html>oops</html>");

        await RunAsync(venue.SendAsync(Order, default));

        Assert.Single(script.Asked);
    }

    [Fact]
    public async Task Read_AnswerLost_IsAskedAgain()
    {
        script.Fail(new HttpRequestException(HttpRequestError.ResponseEnded)).Answer(502, "").Answer(200, "{}");

        var result = await RunAsync(venue.SendAsync(Read, default));

        Assert.Equal(200, result.Value!.Status);
        Assert.Equal(3, script.Asked.Count);
    }

    [Fact]
    public async Task Cancel_DuringRestart_WaitsLongerAndLonger()
    {
        script.Answer(425, Restarting).Answer(425, Restarting).Answer(425, Restarting).Answer(200, "{}");

        var result = await RunAsync(venue.SendAsync(Cancel, default));

        Assert.Equal(200, result.Value!.Status);
        Assert.True(time.GetUtcNow() - new ManualTime().GetUtcNow() >= TimeSpan.FromSeconds(1 + 2 + 4));
    }

    [Fact]
    public async Task Order_DuringRestart_IsRefusedHereUntilThePauseIsOver()
    {
        script.Answer(425, Restarting).Answer(200, "{}");
        Assert.Equal(425, (await RunAsync(venue.SendAsync(Order, default))).Value!.Status);

        var refused = await RunAsync(venue.SendAsync(Order, default));

        Assert.Equal(PolymarketErrorKind.Restarting, refused.Error!.Kind);
        Assert.Single(script.Asked);
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.True((await RunAsync(venue.SendAsync(Order, default))).IsOk);
        Assert.Null(venue.Mode);
    }

    [Fact]
    public async Task PostOnlyWindow_TakesPostOnlyOrdersAndCancels()
    {
        script.Answer(503, """{"code":"post_only_mode","retry_after_seconds":60}""");
        script.Otherwise = _ => HttpScript.Reply(200, "{}");
        await RunAsync(venue.SendAsync(Order, default));

        var taker = await RunAsync(venue.SendAsync(Order, default));
        var maker = await RunAsync(venue.SendAsync(Order with { IsPostOnly = true }, default));
        var cancel = await RunAsync(venue.SendAsync(Cancel, default));

        Assert.Equal(PolymarketErrorKind.PostOnlyMode, taker.Error!.Kind);
        Assert.True(maker.IsOk && cancel.IsOk);
    }

    [Fact]
    public async Task TooManyRequests_ReadWaitsAsLongAsAsked()
    {
        script.Answer(429, "Too Many Requests", ("Retry-After", "7")).Answer(200, "{}");

        var result = await RunAsync(venue.SendAsync(Read, default));

        Assert.True(result.Value!.IsSuccess);
        Assert.True(time.GetUtcNow() - new ManualTime().GetUtcNow() >= TimeSpan.FromSeconds(7));
    }

    [Theory]
    [InlineData(403, "<html>blocked</html>")]
    [InlineData(451, "")]
    [InlineData(400, """{"error":"'0xab' address banned"}""")]
    public async Task Restricted_NothingIsRepeated(int status, string body)
    {
        script.Answer(status, body);

        var result = await RunAsync(venue.SendAsync(Read, default));

        Assert.Single(script.Asked);
        Assert.Equal(1, venue.Failures[PolymarketErrorKind.Restricted]);
        Assert.Equal(body, Encoding.UTF8.GetString(result.Value!.Body.Span));
    }

    [Fact]
    public async Task Read_NeverAnswered_IsGivenUp()
    {
        script.Otherwise = _ => HttpScript.Reply(502, "");

        var result = await RunAsync(venue.SendAsync(Read, default));

        Assert.Equal(502, result.Value!.Status);
        Assert.InRange(script.Asked.Count, 3, 20);
    }

    private async Task<PolymarketResult<RestReply>> RunAsync(Task<PolymarketResult<RestReply>> call)
    {
        for (var step = 0; step < 2_000 && !call.IsCompleted; step++)
        {
            // The call goes on by itself between two timers: wait until it sets the next one, or ends.
            await Eventually.TrueAsync(() => call.IsCompleted || time.Waiting > 0);
            time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }

        return await call.WaitAsync(TimeSpan.FromSeconds(10));
    }
}
