using System.Security.Cryptography;
using System.Text;

namespace Equilibrage.Web.Custody;

/// <summary>
/// Bytes that nobody else shall see: pinned, so that the garbage collector leaves no copies behind, cleared when
/// disposed, and never text.
/// </summary>
internal sealed class SecretBytes : IDisposable
{
    private readonly byte[] buffer;
    private int length;

    /// <summary>Makes room for at most so many bytes; all of them count until cut.</summary>
    public SecretBytes(int capacity)
    {
        buffer = GC.AllocateArray<byte>(capacity, pinned: true);
        length = capacity;
    }

    /// <summary>The bytes; worthless after disposal.</summary>
    public Span<byte> Span => buffer.AsSpan(0, length);

    /// <summary>All the room there is.</summary>
    public Memory<byte> Room => buffer;

    /// <summary>How many bytes count.</summary>
    public int Length => length;

    /// <summary>True without a single byte.</summary>
    public bool IsEmpty => length == 0;

    /// <summary>A copy; the caller clears the original.</summary>
    public static SecretBytes Copy(ReadOnlySpan<byte> bytes)
    {
        var copy = new SecretBytes(bytes.Length);
        bytes.CopyTo(copy.buffer);
        return copy;
    }

    /// <summary>Characters as UTF-8; the caller clears the characters.</summary>
    public static SecretBytes FromText(ReadOnlySpan<char> text)
    {
        var bytes = new SecretBytes(Encoding.UTF8.GetByteCount(text));
        Encoding.UTF8.GetBytes(text, bytes.buffer);
        return bytes;
    }

    /// <summary>Keeps the first bytes and clears the rest.</summary>
    public void Cut(int count)
    {
        CryptographicOperations.ZeroMemory(buffer.AsSpan(count));
        length = count;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(buffer);
        length = 0;
    }

    /// <summary>How many there are; never which.</summary>
    public override string ToString() => $"{length} secret bytes";
}
