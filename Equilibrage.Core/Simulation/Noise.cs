using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Equilibrage.Core.Simulation;

/// <summary>
/// Counter-based randomness: every draw is a pure function of a key and of what it is for, so that any moment of a
/// simulated world can be looked at without having played the moments before it.
/// </summary>
public static class Noise
{
    private const double UnitScale = 1.0 / (1UL << 53);

    /// <summary>The key of one thing in one universe, from the SHA-256 of its name.</summary>
    public static ulong Key(long seed, string name)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{seed}\u001f{name}"), hash);
        return BinaryPrimitives.ReadUInt64BigEndian(hash);
    }

    /// <summary>64 bits for counter <paramref name="a"/>, <paramref name="b"/> under a key.</summary>
    public static ulong Bits(ulong key, ulong a, ulong b = 0)
    {
        // Two rounds of the SplitMix64 finalizer; one round leaves neighbouring counters visibly related.
        var z = key ^ (a * 0x9E3779B97F4A7C15) ^ (b * 0xC2B2AE3D27D4EB4F);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        z ^= z >> 31;
        z = (z ^ (z >> 33)) * 0xFF51AFD7ED558CCD;
        z = (z ^ (z >> 33)) * 0xC4CEB9FE1A85EC53;
        return z ^ (z >> 33);
    }

    /// <summary>A whole number from 0 to <paramref name="bound"/> − 1.</summary>
    public static long Below(ulong bits, long bound) => (long)Math.BigMul(bits, (ulong)bound, out _);

    /// <summary>A number strictly between 0 and 1.</summary>
    public static double Unit(ulong bits) => ((bits >> 11) + 0.5) * UnitScale;

    /// <summary>A standard normal deviate.</summary>
    public static double Normal(ulong bits) => Gaussian.Quantile(Unit(bits));
}

/// <summary>The standard normal distribution.</summary>
public static class Gaussian
{
    private const double LowerTail = 0.02425;

    /// <summary>
    /// Probability below <paramref name="x"/>, absolute error under 1e-14 (Hart's rational approximation, as given by
    /// West, 2005).
    /// </summary>
    public static double Probability(double x)
    {
        var size = Math.Abs(x);
        if (size > 37)
            return x > 0 ? 1 : 0;
        var density = Math.Exp(-size * size / 2);
        double tail;
        if (size < 7.07106781186547)
        {
            var above = ((((((3.52624965998911e-02 * size) + 0.700383064443688) * size) + 6.37396220353165) * size
                + 33.912866078383) * size) + 112.079291497871;
            above = (((above * size) + 221.213596169931) * size) + 220.206867912376;
            var below = ((((((8.83883476483184e-02 * size) + 1.75566716318264) * size) + 16.064177579207) * size
                + 86.7807322029461) * size) + 296.564248779674;
            below = (((((below * size) + 637.333633378831) * size) + 793.826512519948) * size) + 440.413735824752;
            tail = density * above / below;
        }
        else
        {
            var fraction = size + (1 / (size + (2 / (size + (3 / (size + (4 / (size + 0.65))))))));
            tail = density / fraction / 2.506628274631;
        }

        return x > 0 ? 1 - tail : tail;
    }

    /// <summary>
    /// The value below which lies probability <paramref name="p"/>, relative error under 1.2e-9 (Acklam).
    /// </summary>
    public static double Quantile(double p)
    {
        if (p < LowerTail)
            return Tail(Math.Sqrt(-2 * Math.Log(p)));
        if (p > 1 - LowerTail)
            return -Tail(Math.Sqrt(-2 * Math.Log(1 - p)));
        var q = p - 0.5;
        var r = q * q;
        var above = (((((((((-3.969683028665376e+01 * r) + 2.209460984245205e+02) * r) - 2.759285104469687e+02) * r)
            + 1.383577518672690e+02) * r) - 3.066479806614716e+01) * r) + 2.506628277459239;
        var below = (((((((((-5.447609879822406e+01 * r) + 1.615858368580409e+02) * r) - 1.556989798598866e+02) * r)
            + 6.680131188771972e+01) * r) - 1.328068155288572e+01) * r) + 1;
        return above * q / below;
    }

    private static double Tail(double q)
    {
        var above = (((((((((-7.784894002430293e-03 * q) - 3.223964580411365e-01) * q) - 2.400758277161838) * q)
            - 2.549732539343734) * q) + 4.374664141464968) * q) + 2.938163982698783;
        var below = (((((((7.784695709041462e-03 * q) + 3.224671290700398e-01) * q) + 2.445134137142996) * q)
            + 3.754408661907416) * q) + 1;
        return above / below;
    }
}
