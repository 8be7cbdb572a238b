using System.Collections.Concurrent;
using System.Globalization;
using Equilibrage.Polymarket;
using Equilibrage.Polymarket.Signing;
using Microsoft.AspNetCore.Http;

namespace Equilibrage.Sandbox.Server.Limits;

/// <summary>
/// The buckets of each signer, for orders and for cancels, in the smallest tier and in warning mode: an answer says how
/// much is left and whether it was too much, and nothing is refused.
/// </summary>
internal sealed class SignerBuckets(TimeProvider wall)
{
    private static readonly SignerTier Tier = RateLimits.Tiers[0];

    private readonly ConcurrentDictionary<(EthereumAddress Signer, SignerBucket Bucket), Level> levels = new();

    private sealed class Level(double tokens, long at)
    {
        public double Tokens { get; set; } = tokens;

        public long At { get; set; } = at;
    }

    /// <summary>Draws from a signer's bucket and says so in the answer's headers.</summary>
    public void Charge(HttpContext http, EthereumAddress signer, SignerBucket bucket, int cost)
    {
        var (rate, burst) = bucket == SignerBucket.Orders
            ? (Tier.OrderRate, Tier.OrderBurst)
            : (Tier.CancelRate, Tier.CancelBurst);
        var now = wall.GetTimestamp();
        var level = levels.GetOrAdd((signer, bucket), _ => new(burst, now));
        double left;
        lock (level)
        {
            var refilled = level.Tokens + (wall.GetElapsedTime(level.At, now).TotalSeconds * rate);
            left = Math.Min(burst, refilled) - cost;
            (level.Tokens, level.At) = (Math.Max(left, -burst), now);
        }

        var headers = http.Response.Headers;
        var reset = wall.GetUtcNow().AddSeconds(Math.Max(0, (burst - left) / rate));
        headers["Poly-RateLimit-Remaining"] = ((long)Math.Floor(left)).ToString(CultureInfo.InvariantCulture);
        headers["Poly-RateLimit-Reset"] = reset.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        headers["Poly-RateLimit-Tier"] = Tier.Name;
        if (left < 0)
            headers["Poly-RateLimit-Warning"] = "true";
    }
}
