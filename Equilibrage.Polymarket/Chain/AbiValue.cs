using System.Buffers.Binary;
using Equilibrage.Polymarket.Signing;

namespace Equilibrage.Polymarket.Chain;

/// <summary>An argument of a contract's function, of the types that the venue's contracts take.</summary>
public abstract record AbiValue
{
    private const int WordLength = Bytes32.Length;

    private AbiValue()
    {
    }

    /// <summary>True when the value stands behind the arguments and only its place among them.</summary>
    internal abstract bool IsDynamic { get; }

    /// <summary>The value's own bytes, without the place where it stands.</summary>
    internal abstract byte[] Encode();

    /// <summary>An <c>address</c>.</summary>
    public static implicit operator AbiValue(EthereumAddress value) =>
        new Word(word => value.CopyToWord(word));

    /// <summary>A <c>uint256</c>, or any smaller unsigned number.</summary>
    public static implicit operator AbiValue(UInt256 value) => new Word(word => value.CopyTo(word));

    /// <summary>A <c>bytes32</c>, or any shorter <c>bytesN</c> with zeros behind it.</summary>
    public static implicit operator AbiValue(Bytes32 value) => new Word(word => value.CopyTo(word));

    /// <summary>A <c>bool</c>.</summary>
    public static implicit operator AbiValue(bool value) => (UInt256)(value ? 1UL : 0UL);

    /// <summary>Any number of <c>bytes</c>.</summary>
    public static AbiValue Bytes(ReadOnlyMemory<byte> value) => new Run(value);

    /// <summary>An array of any length.</summary>
    public static AbiValue Array(IEnumerable<AbiValue> values) => new List([.. values], IsCounted: true);

    /// <summary>A struct.</summary>
    public static AbiValue Tuple(params AbiValue[] values) => new List(values, IsCounted: false);

    /// <summary>The arguments one after another: static ones in place, dynamic ones behind all of them.</summary>
    internal static byte[] EncodeAll(IReadOnlyList<AbiValue> values)
    {
        var parts = values.Select(value => (value.IsDynamic, Bytes: value.Encode())).ToList();
        var place = parts.Sum(part => part.IsDynamic ? WordLength : part.Bytes.Length);
        using var head = new MemoryStream();
        using var tail = new MemoryStream();
        foreach (var (isDynamic, bytes) in parts)
        {
            if (isDynamic)
            {
                head.Write(Count(place + (int)tail.Length));
                tail.Write(bytes);
            }
            else
            {
                head.Write(bytes);
            }
        }
        tail.WriteTo(head);
        return head.ToArray();
    }

    private static byte[] Count(int value)
    {
        var word = new byte[WordLength];
        BinaryPrimitives.WriteInt32BigEndian(word.AsSpan(WordLength - sizeof(int)), value);
        return word;
    }

    private sealed record Word(Action<Span<byte>> Write) : AbiValue
    {
        internal override bool IsDynamic => false;

        internal override byte[] Encode()
        {
            var word = new byte[WordLength];
            Write(word);
            return word;
        }
    }

    private sealed record Run(ReadOnlyMemory<byte> Value) : AbiValue
    {
        internal override bool IsDynamic => true;

        internal override byte[] Encode()
        {
            var padded = (Value.Length + WordLength - 1) / WordLength * WordLength;
            var bytes = new byte[WordLength + padded];
            Count(Value.Length).CopyTo(bytes, 0);
            Value.Span.CopyTo(bytes.AsSpan(WordLength));
            return bytes;
        }
    }

    private sealed record List(AbiValue[] Values, bool IsCounted) : AbiValue
    {
        internal override bool IsDynamic => IsCounted || Values.Any(value => value.IsDynamic);

        internal override byte[] Encode() =>
            IsCounted ? [.. Count(Values.Length), .. EncodeAll(Values)] : EncodeAll(Values);
    }
}
