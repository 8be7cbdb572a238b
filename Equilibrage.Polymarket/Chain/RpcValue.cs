using System.Globalization;
using System.Numerics;
using System.Text.Json;
using Equilibrage.Polymarket.Signing;

namespace Equilibrage.Polymarket.Chain;

/// <summary>Reads the values of JSON-RPC answers: hexadecimal text throughout.</summary>
internal static class RpcValue
{
    /// <summary>A number: <c>0x</c> and digits without leading zeros.</summary>
    public static bool TryNumber(JsonElement element, out UInt256 number)
    {
        number = default;
        if (element.ValueKind != JsonValueKind.String || element.GetString() is not { Length: > 2 and <= 66 } text
            || !text.StartsWith("0x", StringComparison.Ordinal)
            || !BigInteger.TryParse(
                "0" + text[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
            return false;
        number = UInt256.From(value);
        return true;
    }

    /// <summary>Any number of bytes; null where the element is no such text.</summary>
    public static byte[]? Bytes(JsonElement element) =>
        element.ValueKind == JsonValueKind.String ? Hex.Decode(element.GetString()) : null;

    /// <summary>A hash or another 32 bytes.</summary>
    public static bool TryWord(JsonElement element, out Bytes32 word)
    {
        word = default;
        return element.ValueKind == JsonValueKind.String && Bytes32.TryParse(element.GetString(), out word);
    }

    /// <summary>The transaction of an event.</summary>
    public static bool TryTransaction(JsonElement log, out Bytes32 hash) =>
        TryWord(Part(log, "transactionHash"), out hash);

    /// <summary>A receipt; null where a part of it is missing or has another form.</summary>
    public static TransactionReceipt? Receipt(JsonElement element)
    {
        if (!TryWord(Part(element, "transactionHash"), out var hash)
            || !TryNumber(Part(element, "status"), out var status)
            || !TryNumber(Part(element, "blockNumber"), out var block) || block.ToUInt64() is not { } number)
            return null;
        var logs = new List<TransactionLog>();
        if (Part(element, "logs") is { ValueKind: JsonValueKind.Array } list)
        {
            foreach (var item in list.EnumerateArray())
            {
                if (Log(item) is not { } log)
                    return null;
                logs.Add(log);
            }
        }
        return new(hash, status == 1, number, logs);
    }

    private static TransactionLog? Log(JsonElement element)
    {
        if (Bytes(Part(element, "data")) is not { } data
            || Part(element, "address") is not { ValueKind: JsonValueKind.String } address
            || !EthereumAddress.TryParse(address.GetString(), out var contract)
            || Part(element, "topics") is not { ValueKind: JsonValueKind.Array } list)
            return null;
        var topics = new List<Bytes32>();
        foreach (var item in list.EnumerateArray())
        {
            if (!TryWord(item, out var topic))
                return null;
            topics.Add(topic);
        }
        return new(contract, topics, data);
    }

    private static JsonElement Part(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var part) ? part : default;
}
