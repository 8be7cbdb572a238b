using System.Buffers;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Threading.Channels;

namespace Equilibrage.Adapters.Polymarket;

/// <summary>
/// Records raw frames with their receive time into rotating compressed files. Recording a frame copies it and waits for
/// nothing; what the disk cannot take in time is counted and left out.
/// </summary>
internal sealed class FrameRecorder : IAsyncDisposable
{
    private readonly RecordingFolder folder;
    private readonly RecordingRules rules;
    private readonly TimeProvider clock;
    private readonly Channel<Waiting> queue = Channel.CreateUnbounded<Waiting>(new() { SingleReader = true });
    private readonly Task writing;
    private long waitingBytes;
    private long dropped;

    public FrameRecorder(RecordingFolder folder, RecordingRules rules, TimeProvider clock)
    {
        (this.folder, this.rules, this.clock) = (folder, rules, clock);
        writing = Task.Run(WriteAsync);
    }

    /// <summary>Why recording stopped; null while it goes on.</summary>
    public string? Failure { get; private set; }

    /// <summary>Takes a frame, from any thread.</summary>
    public void Record(string channel, ReadOnlyMemory<byte> frame)
    {
        // The queue is bounded by its bytes.
        if (Interlocked.Add(ref waitingBytes, frame.Length) > rules.MostWaiting)
        {
            Interlocked.Add(ref waitingBytes, -frame.Length);
            Interlocked.Increment(ref dropped);
            return;
        }

        var copy = ArrayPool<byte>.Shared.Rent(Math.Max(1, frame.Length));
        frame.CopyTo(copy);
        if (!queue.Writer.TryWrite(new(clock.GetUtcNow(), channel, copy, frame.Length)))
            Release(copy, frame.Length);
    }

    /// <summary>Writes what waits and closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await writing;
    }

    private async Task WriteAsync()
    {
        try
        {
            while (await queue.Reader.WaitToReadAsync())
                await WriteFileAsync();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // A full disk ends the recording, not the trading; the operator is told.
            Failure = failure.Message;
            queue.Writer.TryComplete();
            while (queue.Reader.TryRead(out var left))
                Release(left.Bytes, left.Length);
        }
    }

    private async Task WriteFileAsync()
    {
        var began = clock.GetUtcNow();
        var name = RecordedFile.NameOf(began);
        var tally = new RecordingTally(name, rules.GapAfter);
        await using (var file = new FileStream(folder.PathOf(name), FileMode.CreateNew, FileAccess.Write))
        {
            await using var packed = new GZipStream(file, CompressionLevel.Fastest);
            var flushedAt = began;
            while (tally.Bytes < rules.FileHolds && clock.GetUtcNow() - began < rules.FileLasts
                && await queue.Reader.WaitToReadAsync())
            {
                while (queue.Reader.TryRead(out var frame))
                    Write(packed, frame, tally);
                if (clock.GetUtcNow() - flushedAt < rules.FlushEvery)
                    continue;
                await packed.FlushAsync();
                flushedAt = clock.GetUtcNow();
            }
        }

        if (tally.Finish(Interlocked.Exchange(ref dropped, 0), isTorn: false) is { } finished)
            folder.Add(finished, clock.GetUtcNow());
        else
            File.Delete(folder.PathOf(name));
    }

    private void Write(GZipStream packed, Waiting frame, RecordingTally tally)
    {
        var micros = (frame.ReceivedAt - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        packed.Write(Encoding.UTF8.GetBytes(
            string.Create(CultureInfo.InvariantCulture, $"{micros} {frame.Channel} {frame.Length}\n")));
        packed.Write(frame.Bytes, 0, frame.Length);
        packed.Write("\n"u8);
        tally.Add(frame.ReceivedAt, frame.Length);
        Release(frame.Bytes, frame.Length);
    }

    private void Release(byte[] bytes, int length)
    {
        ArrayPool<byte>.Shared.Return(bytes);
        Interlocked.Add(ref waitingBytes, -length);
    }

    private readonly record struct Waiting(DateTimeOffset ReceivedAt, string Channel, byte[] Bytes, int Length);
}
