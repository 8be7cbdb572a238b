using System.Buffers.Text;
using System.IO.Compression;
using System.Text;
using Equilibrage.Polymarket.Socket;

namespace Equilibrage.Adapters.Polymarket;

/// <summary>One recorded frame.</summary>
/// <param name="ReceivedAt">Wall time of its receipt.</param>
/// <param name="Channel"><c>market</c> or <c>user</c>.</param>
/// <param name="Bytes">The frame as it came, valid until the next one is read.</param>
internal readonly record struct RecordedFrame(
    DateTimeOffset ReceivedAt, string Channel, ReadOnlyMemory<byte> Bytes);

/// <summary>
/// Reads one file of a recording from its beginning. A record is a line with receive time (Unix microseconds), channel
/// and length, then the frame and a line's end. A file that a crash cut short ends with its last whole record.
/// </summary>
internal sealed class RecordingReader : IDisposable
{
    private const int LongestHead = 64;

    private readonly Stream stream;
    private byte[] frame = new byte[4096];

    public RecordingReader(Stream compressed) =>
        stream = new BufferedStream(new GZipStream(compressed, CompressionMode.Decompress), 64 * 1024);

    /// <summary>True when the end was not a record's end.</summary>
    public bool IsTorn { get; private set; }

    /// <summary>The next frame; null at the end.</summary>
    public RecordedFrame? Read()
    {
        try
        {
            return ReadRecord();
        }
        catch (Exception failure) when (failure is InvalidDataException or EndOfStreamException)
        {
            IsTorn = true;
            return null;
        }
    }

    public void Dispose() => stream.Dispose();

    private RecordedFrame? ReadRecord()
    {
        Span<byte> head = stackalloc byte[LongestHead];
        var size = 0;
        for (int next; (next = stream.ReadByte()) != '\n'; head[size++] = (byte)next)
        {
            if (next < 0 && size == 0)
                return null;
            if (next < 0 || size == LongestHead)
                throw new InvalidDataException("A record's head has no end.");
        }

        head = head[..size];
        var (space, last) = (head.IndexOf((byte)' '), head.LastIndexOf((byte)' '));
        if (space <= 0 || last <= space || !Utf8Parser.TryParse(head[..space], out long micros, out var used)
            || used != space || !Utf8Parser.TryParse(head[(last + 1)..], out int length, out used)
            || used != size - last - 1 || length is < 0 or > MarketFrameDecoder.LargestFrame
            || micros is < 0 or > 253_402_300_799_999_999)
            throw new InvalidDataException("A record's head is malformed.");
        var channel = Encoding.UTF8.GetString(head[(space + 1)..last]);
        if (frame.Length < length)
            frame = new byte[length * 2];
        stream.ReadExactly(frame, 0, length);
        if (stream.ReadByte() != '\n')
            throw new InvalidDataException("A record has no end.");
        return new(DateTimeOffset.UnixEpoch.AddMicroseconds(micros), channel, frame.AsMemory(0, length));
    }
}
