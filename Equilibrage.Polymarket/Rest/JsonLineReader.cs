using System.Buffers;

namespace Equilibrage.Polymarket.Rest;

/// <summary>
/// Cuts a stream into lines over one pooled buffer, which grows up to the longest allowed line. A longer line is passed
/// over and reported as <see cref="IsTooLong"/>. Not for two threads at once.
/// </summary>
public sealed class JsonLineReader(Stream stream) : IDisposable
{
    /// <summary>Longest line, in bytes. Real ones stay below 100,000.</summary>
    public const int LongestLine = 4 * 1024 * 1024;

    private const int FirstBuffer = 256 * 1024;

    private byte[] buffer = ArrayPool<byte>.Shared.Rent(FirstBuffer);
    private int start;
    private int end;
    private int lineStart;
    private int lineLength;
    private bool isEnded;

    /// <summary>The present line without its line end. Valid until the next move.</summary>
    public ReadOnlySpan<byte> Line => buffer.AsSpan(lineStart, lineLength);

    /// <summary>Number of the present line, from 1.</summary>
    public int LineNumber { get; private set; }

    /// <summary>
    /// True when the present line exceeded <see cref="LongestLine"/>; <see cref="Line"/> is then empty.
    /// </summary>
    public bool IsTooLong { get; private set; }

    /// <summary>Bytes read from the stream so far.</summary>
    public long BytesRead { get; private set; }

    /// <summary>Moves to the next line; false at the end.</summary>
    /// <exception cref="IOException">The stream cannot be read on.</exception>
    public bool MoveNext()
    {
        IsTooLong = false;
        var searched = 0;
        while (true)
        {
            var found = buffer.AsSpan(start + searched, end - start - searched).IndexOf((byte)'\n');
            if (found >= 0)
                return Take(searched + found, searched + found + 1);
            searched = end - start;
            if (isEnded)
                return (searched > 0 || IsTooLong) && Take(searched, searched);
            if (searched >= LongestLine)
            {
                IsTooLong = true;
                (start, end, searched) = (0, 0, 0);
            }

            Fill();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(buffer);
        (buffer, start, end, lineStart, lineLength, isEnded) = ([], 0, 0, 0, 0, true);
    }

    private bool Take(int length, int consumed)
    {
        (lineStart, lineLength) = (start, IsTooLong ? 0 : length);
        start += consumed;
        LineNumber++;
        if (LineNumber == 1 && Line.StartsWith("\uFEFF"u8))
            (lineStart, lineLength) = (lineStart + 3, lineLength - 3);
        if (lineLength > 0 && buffer[lineStart + lineLength - 1] == '\r')
            lineLength--;
        return true;
    }

    private void Fill()
    {
        if (start > 0)
        {
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            (start, end) = (0, end - start);
        }
        else if (end == buffer.Length)
        {
            Grow();
        }

        var read = stream.Read(buffer, end, buffer.Length - end);
        isEnded = read == 0;
        end += read;
        BytesRead += read;
    }

    private void Grow()
    {
        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.AsSpan(0, end).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = larger;
    }
}
