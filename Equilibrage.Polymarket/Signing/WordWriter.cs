using System.Buffers.Binary;

namespace Equilibrage.Polymarket.Signing;

/// <summary>Writes values as 32-byte words one after another, as hashed structs and calls hold them.</summary>
internal ref struct WordWriter(Span<byte> destination)
{
    private readonly Span<byte> destination = destination;
    private int length;

    /// <summary>What has been written.</summary>
    public readonly ReadOnlySpan<byte> Written => destination[..length];

    public void Add(in Bytes32 value) => value.CopyTo(Next());

    public void Add(EthereumAddress value) => value.CopyToWord(Next());

    public void Add(in UInt256 value) => value.CopyTo(Next());

    /// <summary>Adds a number that is not negative.</summary>
    public void Add(long value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        var word = Next();
        word[..^sizeof(long)].Clear();
        BinaryPrimitives.WriteInt64BigEndian(word[^sizeof(long)..], value);
    }

    private Span<byte> Next()
    {
        var word = destination.Slice(length, Bytes32.Length);
        length += Bytes32.Length;
        return word;
    }
}
