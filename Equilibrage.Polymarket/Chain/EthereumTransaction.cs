using Equilibrage.Polymarket.Signing;

namespace Equilibrage.Polymarket.Chain;

/// <summary>
/// A transaction of an account that pays its own gas (EIP-1559). Prices are in the coin's smallest unit.
/// </summary>
public sealed record EthereumTransaction
{
    private const byte FeeMarketType = 0x02;
    private const int Fields = 12;

    /// <summary>137 for Polygon, 80002 for Amoy.</summary>
    public required long ChainId { get; init; }

    /// <summary>How many transactions the account has sent before.</summary>
    public required ulong Nonce { get; init; }

    /// <summary>Most that the block's maker gets for a unit of gas.</summary>
    public required UInt256 MaxPriorityFeePerGas { get; init; }

    /// <summary>Most that a unit of gas may cost altogether.</summary>
    public required UInt256 MaxFeePerGas { get; init; }

    /// <summary>Most units of gas.</summary>
    public required ulong GasLimit { get; init; }

    /// <summary>The call.</summary>
    public required ContractCall Call { get; init; }

    /// <summary>What the account signs.</summary>
    public Bytes32 SigningHash() => Keccak256.Hash([FeeMarketType, .. Rlp.EncodeList(Unsigned())]);

    /// <summary>The bytes to send, and the hash by which the transaction is found.</summary>
    public (byte[] Raw, Bytes32 Hash) Sign(EthereumSigner signer)
    {
        ArgumentNullException.ThrowIfNull(signer);
        var signature = signer.Sign(SigningHash());
        UInt256 parity = signature[^1] - 27u;
        byte[][] items =
        [
            .. Unsigned(), Rlp.Encode(parity), Rlp.Encode(UInt256.FromBigEndian(signature)),
            Rlp.Encode(UInt256.FromBigEndian(signature.AsSpan(Bytes32.Length))),
        ];
        byte[] raw = [FeeMarketType, .. Rlp.EncodeList(items)];
        return (raw, Keccak256.Hash(raw));
    }

    /// <summary>Reads a signed transaction, as a chain does; null when it is none or is signed by nobody.</summary>
    /// <param name="raw">The bytes that were sent.</param>
    /// <param name="sender">The account that signed.</param>
    public static EthereumTransaction? Decode(ReadOnlySpan<byte> raw, out EthereumAddress sender)
    {
        sender = default;
        if (raw.Length < 2 || raw[0] != FeeMarketType
            || !Rlp.TryRead(raw[1..], out var isList, out var list, out var behind) || !isList || !behind.IsEmpty)
            return null;
        var items = new byte[Fields][];
        for (var index = 0; index < Fields; index++)
        {
            if (!Rlp.TryRead(list, out var isNested, out var content, out list) || isNested != (index == 8))
                return null;
            items[index] = content.ToArray();
        }
        if (!list.IsEmpty || items[8].Length > 0 || Of(items) is not { } transaction)
            return null;

        var signature = new byte[Secp256k1.SignatureLength];
        items[10].CopyTo(signature, Bytes32.Length - items[10].Length);
        items[11].CopyTo(signature, (2 * Bytes32.Length) - items[11].Length);
        signature[^1] = (byte)(27 + (items[9] is [1] ? 1 : 0));
        return Secp256k1.TryRecover(transaction.SigningHash(), signature, out sender) ? transaction : null;
    }

    private static EthereumTransaction? Of(byte[][] items)
    {
        foreach (var index in (ReadOnlySpan<int>)[0, 1, 2, 3, 4, 6, 9, 10, 11])
            if (items[index].Length > Bytes32.Length || items[index] is [0, ..])
                return null;
        if (items[5].Length != EthereumAddress.Length || items[9].Length > 1 || items[9] is [> 1]
            || Number(items[0]).ToUInt64() is not { } chainId || chainId > long.MaxValue
            || Number(items[1]).ToUInt64() is not { } nonce || Number(items[4]).ToUInt64() is not { } gas)
            return null;
        return new()
        {
            ChainId = (long)chainId,
            Nonce = nonce,
            MaxPriorityFeePerGas = Number(items[2]),
            MaxFeePerGas = Number(items[3]),
            GasLimit = gas,
            Call = new(EthereumAddress.From(items[5]), items[7], Number(items[6])),
        };
    }

    private byte[][] Unsigned() =>
    [
        Rlp.Encode((ulong)ChainId), Rlp.Encode(Nonce), Rlp.Encode(MaxPriorityFeePerGas), Rlp.Encode(MaxFeePerGas),
        Rlp.Encode(GasLimit), Rlp.Encode(BytesOf(Call.To)), Rlp.Encode(Call.Value), Rlp.Encode(Call.Data.Span),
        Rlp.EncodeList(),
    ];

    private static UInt256 Number(ReadOnlySpan<byte> digits)
    {
        Span<byte> bytes = stackalloc byte[Bytes32.Length];
        bytes.Clear();
        digits.CopyTo(bytes[^digits.Length..]);
        return UInt256.FromBigEndian(bytes);
    }

    private static byte[] BytesOf(EthereumAddress address)
    {
        var bytes = new byte[EthereumAddress.Length];
        address.CopyTo(bytes);
        return bytes;
    }
}
