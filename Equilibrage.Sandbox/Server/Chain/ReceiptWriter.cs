using System.Globalization;
using System.Text.Json;
using Equilibrage.Core.Primitives;
using Equilibrage.Polymarket.Signing;
using Equilibrage.Sandbox.Hosting;

namespace Equilibrage.Sandbox.Server.Chain;

/// <summary>Writes receipts as a node does.</summary>
internal static class ReceiptWriter
{
    private const long GasUsed = 180_000;
    private const long GasPrice = 30_000_000_000;

    /// <summary>A number as a node writes it.</summary>
    public static string Text(long number) => "0x" + number.ToString("x", CultureInfo.InvariantCulture);

    /// <summary>The hash of a block, by its number.</summary>
    public static string BlockHash(long block) => DerivedId.Hex("practice-block", Text(block));

    /// <summary>Writes a receipt.</summary>
    public static void Write(Utf8JsonWriter json, ChainTransaction transaction)
    {
        json.WriteStartObject();
        WritePlace(json, transaction);
        json.WriteString("from", transaction.From.ToLowerString());
        json.WriteString("to", transaction.To.ToLowerString());
        json.WriteString("status", transaction.Error is null ? "0x1" : "0x0");
        json.WriteString("type", "0x2");
        json.WriteString("gasUsed", Text(GasUsed));
        json.WriteString("cumulativeGasUsed", Text(GasUsed));
        json.WriteString("effectiveGasPrice", Text(GasPrice));
        json.WriteNull("contractAddress");
        json.WriteString("logsBloom", "0x" + new string('0', 512));
        json.WriteStartArray("logs");
        for (var i = 0; i < transaction.Logs.Count; i++)
            WriteLog(json, transaction, i);

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Writes one event of a transaction.</summary>
    public static void WriteLog(Utf8JsonWriter json, ChainTransaction transaction, int place)
    {
        var log = transaction.Logs[place];
        json.WriteStartObject();
        WritePlace(json, transaction);
        json.WriteString("address", log.Contract.ToLowerString());
        json.WriteStartArray("topics");
        foreach (var topic in log.Topics)
            json.WriteStringValue(topic.ToString());
        json.WriteEndArray();
        json.WriteString("data", Hex.Encode(log.Data));
        json.WriteString("logIndex", Text(place));
        json.WriteBoolean("removed", false);
        json.WriteEndObject();
    }

    private static void WritePlace(Utf8JsonWriter json, ChainTransaction transaction)
    {
        json.WriteString("transactionHash", transaction.Hash.ToString());
        json.WriteString("transactionIndex", "0x0");
        json.WriteString("blockHash", BlockHash(transaction.Block));
        json.WriteString("blockNumber", Text(transaction.Block));
    }
}
