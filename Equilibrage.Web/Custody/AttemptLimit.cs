using System.Globalization;
using System.Text.Json;

namespace Equilibrage.Web.Custody;

/// <summary>
/// Counts wrong answers in a row, slows the next ones, and remembers it over restarts. A try is written down as wrong
/// before it is judged, so that ending the process at the right moment wins nothing.
/// </summary>
/// <param name="path">Where the count is kept.</param>
/// <param name="rules">How wrong answers are slowed.</param>
/// <param name="clock">Wall time.</param>
internal sealed class AttemptLimit(string path, AttemptRules rules, TimeProvider clock) : IDisposable
{
    private readonly SemaphoreSlim turn = new(1, 1);

    /// <summary>Why no answer is heard now, as a sentence; null when one is.</summary>
    public string? WhyNot() => WhyNot(Read());

    /// <summary>Hears one answer, unless there were too many wrong ones.</summary>
    /// <param name="isRight">Judges the answer; takes its time.</param>
    /// <param name="cancellation">Gives up waiting for the try before.</param>
    /// <returns>Null when it was right, else why not, as a sentence.</returns>
    public async Task<string?> TryAsync(Func<Task<bool>> isRight, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(isRight);
        await turn.WaitAsync(cancellation);
        try
        {
            var before = Read();
            if (WhyNot(before) is { } refusal)
                return refusal;
            var counted = new Tally(before.Failures + 1, clock.GetUtcNow().ToUnixTimeMilliseconds());
            Write(counted);
            if (!await isRight())
                return WhyNot(counted) is { } wait ? $"That is not right. {wait}" : "That is not right.";
            Write(new(0, 0));
            return null;
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Forgets all wrong answers.</summary>
    public void Reset() => File.Delete(path);

    /// <inheritdoc/>
    public void Dispose() => turn.Dispose();

    private string? WhyNot(Tally tally)
    {
        if (tally.Failures >= rules.Most)
        {
            return $"There were {tally.Failures} wrong answers in a row, so none is heard any more. On the machine "
                + "that runs Equilibrage, ./run.sh vault reset-attempts allows new ones.";
        }

        var since = clock.GetUtcNow() - DateTimeOffset.FromUnixTimeMilliseconds(tally.LastMs);
        // A clock that was set back must not shorten the wait, nor lengthen it beyond its length.
        var rest = rules.WaitAfter(tally.Failures) - (since < TimeSpan.Zero ? TimeSpan.Zero : since);
        if (rest <= TimeSpan.Zero)
            return null;
        var seconds = Math.Ceiling(rest.TotalSeconds).ToString("0", CultureInfo.InvariantCulture);
        return $"Too many wrong answers: try again in {seconds} s.";
    }

    private Tally Read()
    {
        try
        {
            return File.Exists(path)
                ? JsonSerializer.Deserialize<Tally>(File.ReadAllBytes(path)) ?? new(0, 0)
                : new(0, 0);
        }
        catch (JsonException)
        {
            // A broken count is no reason to hear more guesses at once.
            return new(rules.Free + 1, clock.GetUtcNow().ToUnixTimeMilliseconds());
        }
    }

    private void Write(Tally tally) => PrivateFile.Write(path, JsonSerializer.SerializeToUtf8Bytes(tally));

    private sealed record Tally(int Failures, long LastMs);
}
