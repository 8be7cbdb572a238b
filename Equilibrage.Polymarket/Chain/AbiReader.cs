using System.Text;
using Equilibrage.Polymarket.Signing;

namespace Equilibrage.Polymarket.Chain;

/// <summary>Reads what a contract returned. Every member answers null or false where the bytes do not fit.</summary>
/// <param name="data">The returned bytes.</param>
public readonly ref struct AbiReader(ReadOnlySpan<byte> data)
{
    private const int WordLength = Bytes32.Length;

    private readonly ReadOnlySpan<byte> data = data;

    /// <summary>The word at a place, counted in words.</summary>
    public Bytes32? Word(int index) => TryWord(index, out var word) ? Bytes32.From(word) : null;

    /// <summary>The number at a place, counted in words.</summary>
    public UInt256? Number(int index) => TryWord(index, out var word) ? UInt256.FromBigEndian(word) : null;

    /// <summary>The truth at a place, counted in words; null for a number other than 0 and 1.</summary>
    public bool? Flag(int index) => Number(index)?.ToUInt64() switch { 0 => false, 1 => true, _ => null };

    /// <summary>The address at a place, counted in words.</summary>
    public EthereumAddress? Address(int index) =>
        TryWord(index, out var word) && word[..^EthereumAddress.Length].IndexOfAnyExcept((byte)0) < 0
            ? EthereumAddress.From(word[^EthereumAddress.Length..])
            : null;

    /// <summary>The array of numbers whose place stands at a place.</summary>
    public UInt256[]? Numbers(int index)
    {
        if (!TryRun(index, WordLength, out var run))
            return null;
        var numbers = new UInt256[run.Length / WordLength];
        for (var item = 0; item < numbers.Length; item++)
            numbers[item] = UInt256.FromBigEndian(run[(item * WordLength)..]);
        return numbers;
    }

    /// <summary>The bytes whose place stands at a place.</summary>
    public byte[]? Bytes(int index) => TryRun(index, 1, out var run) ? run.ToArray() : null;

    /// <summary>The dynamic struct whose place stands at a place; false where there is none.</summary>
    public bool TryStruct(int index, out AbiReader fields)
    {
        var ok = TryPlace(index, out var place);
        fields = ok ? new(data[place..]) : default;
        return ok;
    }

    /// <summary>The array of dynamic values whose place stands at a place; false where there is none.</summary>
    /// <param name="index">The place.</param>
    /// <param name="items">Reads the items, which have places of their own.</param>
    /// <param name="count">How many there are.</param>
    public bool TryItems(int index, out AbiReader items, out int count)
    {
        items = default;
        count = 0;
        if (!TryStruct(index, out var list) || list.Number(0)?.ToUInt64() is not { } number
            || number > (ulong)(list.data.Length / WordLength))
            return false;
        items = new(list.data[WordLength..]);
        count = (int)number;
        return true;
    }

    /// <summary>The words of a contract that refused, <c>Error(string)</c>; null for any other refusal.</summary>
    public static string? RefusalOf(ReadOnlySpan<byte> data) =>
        data.StartsWith<byte>([0x08, 0xc3, 0x79, 0xa0])
        && new AbiReader(data[Abi.SelectorLength..]).Bytes(0) is { } text
            ? Encoding.UTF8.GetString(text)
            : null;

    private bool TryWord(int index, out ReadOnlySpan<byte> word)
    {
        word = default;
        if (index < 0 || index >= data.Length / WordLength)
            return false;
        word = data.Slice(index * WordLength, WordLength);
        return true;
    }

    // A place counts from the first argument; there a count stands, and behind it that many items.
    private bool TryRun(int index, int itemLength, out ReadOnlySpan<byte> run)
    {
        run = default;
        if (!TryPlace(index, out var place) || Number(place / WordLength)?.ToUInt64() is not { } count)
            return false;
        var rest = data[(place + WordLength)..];
        if (count > (ulong)(rest.Length / itemLength))
            return false;
        run = rest[..((int)count * itemLength)];
        return true;
    }

    private bool TryPlace(int index, out int place)
    {
        var ok = Number(index)?.ToUInt64() is { } number && number % WordLength == 0 && number <= (ulong)data.Length;
        place = ok ? (int)Number(index)!.Value.ToUInt64()! : 0;
        return ok;
    }
}
