using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Equilibrage.Tests.Support;

/// <summary>
/// Waits for a condition of a real process, which no injected clock can bring about. Never longer than its limit.
/// </summary>
public static class Eventually
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan DefaultLimit = TimeSpan.FromSeconds(30);

    /// <summary>Waits until the condition holds; fails the test when the limit passes first.</summary>
    /// <param name="condition">Asked about twenty times a second.</param>
    /// <param name="limit">At most this long, 30 seconds by default.</param>
    /// <param name="words">The condition's text, for the failure's message.</param>
    public static Task TrueAsync(
        Func<bool> condition,
        TimeSpan? limit = null,
        [CallerArgumentExpression(nameof(condition))] string words = "") =>
        TrueAsync(() => Task.FromResult(condition()), limit, words);

    /// <inheritdoc cref="TrueAsync(Func{bool}, TimeSpan?, string)"/>
    public static async Task TrueAsync(
        Func<Task<bool>> condition,
        TimeSpan? limit = null,
        [CallerArgumentExpression(nameof(condition))] string words = "")
    {
        var watch = Stopwatch.StartNew();
        using var ticks = new PeriodicTimer(Interval);
        while (!await condition())
        {
            var isInTime = watch.Elapsed < (limit ?? DefaultLimit);
            Assert.True(isInTime, $"Not within {watch.Elapsed.TotalSeconds:0} s: {words}");
            await ticks.WaitForNextTickAsync();
        }
    }
}
