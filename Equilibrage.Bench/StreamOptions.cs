using System.Globalization;

namespace Equilibrage.Bench;

/// <summary>What is to be streamed.</summary>
internal sealed record StreamOptions
{
    /// <summary>How long it is measured, once all books are there.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Tokens followed, both of each market.</summary>
    public int Tokens { get; init; } = 20_000;

    /// <summary>Market seconds per wall second; at 10 and more the exchange takes ten steps per wall second.</summary>
    public int Speed { get; init; } = 10;

    /// <summary>Why it cannot be measured here; null when it can.</summary>
    public string? Refusal => RecordedData.FullFile is null
        ? "the recorded market file is not beside the project (../shared/data)."
        : !File.Exists(ExchangeProcess.Program)
            ? "the exchange is not built; run `dotnet build -c Release Equilibrage.Web` first."
            : null;

    /// <summary>Reads <c>--minutes</c>, <c>--tokens</c> and <c>--speed</c>.</summary>
    public static StreamOptions Of(string[] arguments)
    {
        var defaults = new StreamOptions();
        return new()
        {
            Duration = TimeSpan.FromMinutes(Number(arguments, "--minutes", defaults.Duration.TotalMinutes)),
            Tokens = (int)Number(arguments, "--tokens", defaults.Tokens),
            Speed = (int)Number(arguments, "--speed", defaults.Speed),
        };
    }

    private static double Number(string[] arguments, string name, double fallback)
    {
        var at = Array.IndexOf(arguments, name);
        return at >= 0 && at + 1 < arguments.Length
            ? double.Parse(arguments[at + 1], CultureInfo.InvariantCulture)
            : fallback;
    }
}
