using Equilibrage.Core.Ports;

namespace Equilibrage.Bench;

/// <summary>What was measured in ten seconds.</summary>
internal sealed record StreamWindow
{
    /// <summary>Its end, from the beginning of the measurement.</summary>
    public required TimeSpan At { get; init; }

    /// <summary>Its length, seconds.</summary>
    public required double Seconds { get; init; }

    /// <summary>Frames applied.</summary>
    public required long Frames { get; init; }

    /// <summary>Levels set by changes, and whole books, that reached the reader's books.</summary>
    public required long Changes { get; init; }

    /// <summary>Mean distance to the market clock, milliseconds, relative to the fastest frame.</summary>
    public required double MeanLag { get; init; }

    /// <summary>Longest distance, milliseconds.</summary>
    public required double MostLag { get; init; }

    /// <summary>The feed's state at its end.</summary>
    public required FeedStatus Status { get; init; }

    /// <summary>Resident memory of this process, bytes.</summary>
    public required long Resident { get; init; }

    /// <summary>Resident memory of the exchange, bytes.</summary>
    public required long ExchangeResident { get; init; }

    /// <summary>Share of one core that this process took.</summary>
    public required double Load { get; init; }

    /// <summary>Share of one core that the exchange took, without its database.</summary>
    public required double ExchangeLoad { get; init; }
}

/// <summary>What a stream came to.</summary>
internal sealed record StreamTiming
{
    /// <summary>What was asked for.</summary>
    public required StreamOptions Options { get; init; }

    /// <summary>From the wish to the last book being current.</summary>
    public required TimeSpan Seeding { get; init; }

    /// <summary>The windows in order.</summary>
    public required IReadOnlyList<StreamWindow> Windows { get; init; }

    /// <summary>Times from a frame's arrival to the reader's changed books.</summary>
    public required LatencyHistogram Latency { get; init; }

    /// <summary>The feed's counts before the measurement.</summary>
    public required FeedStatus Before { get; init; }

    /// <summary>Highest resident memory of this process, seeding included, bytes.</summary>
    public required long PeakResident { get; init; }

    /// <summary>Collections of the three generations while it was measured.</summary>
    public required IReadOnlyList<int> Collections { get; init; }

    /// <summary>Books of the reader that are current at the end.</summary>
    public required int ReaderCurrent { get; init; }

    /// <summary>Growth of the mean distance to the market clock by least squares, milliseconds per minute.</summary>
    public double LagGrowth
    {
        get
        {
            var (x, y) = (Windows.Average(each => each.At.TotalMinutes), Windows.Average(each => each.MeanLag));
            var spread = Windows.Sum(each => Math.Pow(each.At.TotalMinutes - x, 2));
            return spread == 0 ? 0 : Windows.Sum(each => (each.At.TotalMinutes - x) * (each.MeanLag - y)) / spread;
        }
    }

    /// <summary>True when every window ended with all books current.</summary>
    public bool IsCurrent => Windows.All(each => each.Status.Current == each.Status.Tokens);

    /// <summary>True when all goals are reached.</summary>
    public bool IsReached => IsCurrent && LagGrowth < StreamRun.MostGrowth && PeakResident < StreamRun.MostResident;
}
