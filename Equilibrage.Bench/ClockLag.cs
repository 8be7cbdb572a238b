using System.Buffers.Text;
using System.Diagnostics;

namespace Equilibrage.Bench;

/// <summary>
/// How far received frames are behind the exchange's market clock, told on every connection with each step: the wall
/// time since the step that came through fastest, less the market time since then. Safe for many threads.
/// </summary>
/// <param name="speed">Market seconds per wall second.</param>
internal sealed class ClockLag(int speed)
{
    private const int LongestClock = 128;

    private readonly Lock gate = new();
    private double fastest = double.MaxValue;
    private double sum;
    private double most;
    private long count;

    /// <summary>Looks at a raw frame as it came.</summary>
    public void Hear(ReadOnlySpan<byte> frame)
    {
        var name = "\"timestamp\":\""u8;
        if (frame.Length > LongestClock || frame.IndexOf("practice_clock"u8) < 0)
            return;
        var at = frame.IndexOf(name);
        if (at < 0 || !Utf8Parser.TryParse(frame[(at + name.Length)..], out long marketMs, out _))
            return;
        var distance = Stopwatch.GetElapsedTime(0).TotalMilliseconds - ((double)marketMs / speed);
        lock (gate)
        {
            fastest = Math.Min(fastest, distance);
            most = count == 0 ? distance : Math.Max(most, distance);
            sum += distance;
            count++;
        }
    }

    /// <summary>
    /// Mean and longest distance since the last call, milliseconds, not yet relative to <see cref="Fastest"/>.
    /// </summary>
    public (double Mean, double Most) Take()
    {
        lock (gate)
        {
            var taken = count == 0 ? (fastest, fastest) : (sum / count, most);
            (sum, most, count) = (0, 0, 0);
            return taken;
        }
    }

    /// <summary>The distance of the frame that came through fastest, to which all others are relative.</summary>
    public double Fastest
    {
        get
        {
            lock (gate)
                return fastest;
        }
    }
}
