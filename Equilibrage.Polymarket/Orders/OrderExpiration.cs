namespace Equilibrage.Polymarket.Orders;

/// <summary>The end of GTD orders.</summary>
public static class OrderExpiration
{
    /// <summary>The engine drops an order this long before its stated end.</summary>
    public static readonly TimeSpan DroppedBefore = TimeSpan.FromMinutes(1);

    /// <summary>The stated end lies at least this far ahead, or the server answers <c>invalid expiration</c>.</summary>
    public static readonly TimeSpan MinimumLead = TimeSpan.FromMinutes(3);

    /// <summary>The end to state so that an order works until <paramref name="end"/>, in Unix seconds.</summary>
    /// <param name="end">When the order should be gone.</param>
    /// <param name="now">Wall time, by the server's clock.</param>
    /// <exception cref="ArgumentOutOfRangeException">The end is so near that the server would refuse the order.
    /// </exception>
    public static long Until(DateTimeOffset end, DateTimeOffset now)
    {
        var stated = (end + DroppedBefore).ToUnixTimeSeconds();
        if (!IsFarEnough(stated, now))
        {
            throw new ArgumentOutOfRangeException(
                nameof(end), end, "A GTD order has to work for at least two minutes: use FAK for less.");
        }
        return stated;
    }

    /// <summary>The end to state so that an order works for <paramref name="lifetime"/>, in Unix seconds.</summary>
    /// <inheritdoc cref="Until"/>
    public static long For(TimeSpan lifetime, DateTimeOffset now) => Until(now + lifetime, now);

    /// <summary>When the engine drops an order.</summary>
    /// <param name="expiration">The stated end, Unix seconds.</param>
    public static DateTimeOffset DropsAt(long expiration) =>
        DateTimeOffset.FromUnixTimeSeconds(expiration) - DroppedBefore;

    /// <summary>True when the server takes this end.</summary>
    /// <param name="expiration">The stated end, Unix seconds.</param>
    /// <param name="now">Wall time, by the server's clock.</param>
    public static bool IsFarEnough(long expiration, DateTimeOffset now) =>
        expiration >= now.ToUnixTimeSeconds() + (long)MinimumLead.TotalSeconds;
}
