using System.Collections.Concurrent;
using Equilibrage.Polymarket;
using Equilibrage.Polymarket.Rest;
using Microsoft.Extensions.Logging;

namespace Equilibrage.Adapters.Transport;

/// <summary>Patience of the pipeline.</summary>
internal sealed record VenueHttpSettings
{
    /// <summary>How long a call that may be repeated is repeated.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How often a call that did not leave is tried, orders included.</summary>
    public int Attempts { get; init; } = 3;

    /// <summary>First pause before a repetition; doubles each time.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Longest pause before a repetition.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Whether an order, or an operation of the wallet, may leave now.</summary>
    public Func<bool> MaySend { get; init; } = static () => true;
}

/// <summary>
/// Carries calls within the limits of the exchange, and repeats only what does no harm: a call that did not leave, and
/// a call that may be repeated whose answer was lost. An order that may have arrived is never sent again, and a refusal
/// of this place or account is final.
/// </summary>
internal sealed class VenueHttp(
    IRestTransport inner, RateGate gate, TimeProvider clock, VenueHttpSettings settings, ILogger<VenueHttp> logger)
    : IRestTransport
{
    private static readonly TimeSpan HoldWithoutWord = TimeSpan.FromSeconds(2);

    private readonly VenueModes modes = new(clock);
    private readonly ConcurrentDictionary<PolymarketErrorKind, long> failures = new();

    /// <summary>The restricted mode of the order book's service; null while everything is taken.</summary>
    public PolymarketErrorKind? Mode => modes.Mode;

    /// <summary>Failures by kind since the start.</summary>
    public IReadOnlyDictionary<PolymarketErrorKind, long> Failures => failures;

    /// <inheritdoc/>
    public async Task<PolymarketResult<RestReply>> SendAsync(RestCall call, CancellationToken cancellation)
    {
        var rules = RateLimits.For(call.Service, call.Method, call.Path);
        var bucket = call.Service == PolymarketService.Clob
            ? RateLimits.BucketOf(call.Method, call.Path)
            : SignerBucket.None;
        var giveUpAt = clock.GetUtcNow() + settings.Patience;
        for (var attempt = 1; ; attempt++)
        {
            if (modes.Refuse(call) is { } refused)
                return PolymarketResult<RestReply>.Fail(refused);
            if (!await gate.WaitAsync(rules, bucket, call.Cost, cancellation))
            {
                return PolymarketResult<RestReply>.Fail(
                    new(PolymarketErrorKind.NotSent, $"{call}: too many requests wait already, or it is too large."));
            }

            // Waiting for a turn may take longer than the permission to send lasts.
            if (IsGuarded(call, bucket) && !settings.MaySend())
            {
                return PolymarketResult<RestReply>.Fail(
                    new(PolymarketErrorKind.NotSent, $"{call}: this process may not send any more."));
            }

            var result = await inner.SendAsync(call, cancellation);
            var error = result.Error ?? ErrorOf(result.Value!);
            if (error is null)
            {
                modes.Leave(call);
                return result;
            }

            failures.AddOrUpdate(error.Kind, 1, static (_, count) => count + 1);
            var pause = PauseAfter(call, error, rules, attempt);
            if (pause is not { } wait || clock.GetUtcNow() + wait > giveUpAt)
                return result;
            logger.LogDebug("{Call} is repeated in {Pause}: {Message}", call.ToString(), wait, error.Message);
            await Task.Delay(wait, clock, cancellation);
        }
    }

    private static bool IsGuarded(RestCall call, SignerBucket bucket) => bucket == SignerBucket.Orders
        || (call.Service == PolymarketService.Relayer && !call.IsRepeatable);

    private static PolymarketError? ErrorOf(RestReply reply) =>
        reply.IsSuccess ? null : PolymarketErrors.Classify(reply.Status, reply.Body.Span, reply.RetryAfter);

    /// <summary>How long to wait before the call is sent again; null when it must not be.</summary>
    private TimeSpan? PauseAfter(
        RestCall call, PolymarketError error, IReadOnlyList<RateRule> rules, int attempt)
    {
        var growing = settings.FirstPause * Math.Pow(2, Math.Min(attempt - 1, 10));
        var usual = growing > settings.LongestPause ? settings.LongestPause : growing;
        switch (error.Kind)
        {
            case PolymarketErrorKind.NotSent:
                return attempt < settings.Attempts || call.IsRepeatable ? usual : null;
            case PolymarketErrorKind.RateLimited:
                var hold = error.RetryAfter ?? HoldWithoutWord;
                if (rules.Count > 0)
                    gate.Hold(rules[^1], hold);
                return call.IsRepeatable ? hold : null;
            case PolymarketErrorKind.Restarting:
            case PolymarketErrorKind.PostOnlyMode:
            case PolymarketErrorKind.CancelOnlyMode:
            case PolymarketErrorKind.TradingDisabled:
                var length = modes.Enter(call, error);
                return call.IsRepeatable ? length : null;
            case PolymarketErrorKind.NoAnswer:
            case PolymarketErrorKind.ServerFailure:
            case PolymarketErrorKind.Unavailable:
                return call.IsRepeatable ? Max(usual, error.RetryAfter) : null;
            default:
                return null;
        }
    }

    private static TimeSpan Max(TimeSpan left, TimeSpan? right) => right > left ? right.Value : left;
}
