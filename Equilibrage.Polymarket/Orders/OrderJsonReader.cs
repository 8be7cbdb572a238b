using System.Globalization;
using System.Text.Json;
using Equilibrage.Core.Primitives;
using Equilibrage.Polymarket.Signing;

namespace Equilibrage.Polymarket.Orders;

/// <summary>
/// Reads the bodies that <see cref="OrderJson"/> writes, and what other clients make of them: keys in any order,
/// unknown ones ignored, numbers as text and text as numbers.
/// </summary>
public static class OrderJsonReader
{
    /// <summary>Reads the body of <c>POST /order</c>.</summary>
    /// <param name="utf8">The body.</param>
    /// <param name="request">What it carries.</param>
    /// <returns>Null, or what is wrong with the body.</returns>
    public static string? Read(ReadOnlyMemory<byte> utf8, out OrderRequest request)
    {
        request = default;
        try
        {
            using var document = JsonDocument.Parse(utf8);
            return Read(document.RootElement, out request);
        }
        catch (JsonException)
        {
            return "the body is not JSON";
        }
    }

    /// <summary>Reads the body of <c>POST /orders</c>.</summary>
    /// <param name="utf8">The body.</param>
    /// <param name="requests">What it carries; empty when something is wrong.</param>
    /// <returns>Null, or what is wrong with the body.</returns>
    public static string? ReadBatch(ReadOnlyMemory<byte> utf8, out IReadOnlyList<OrderRequest> requests)
    {
        requests = [];
        try
        {
            using var document = JsonDocument.Parse(utf8);
            if (document.RootElement.ValueKind != JsonValueKind.Array)
                return "the body is not an array";
            var list = new List<OrderRequest>(document.RootElement.GetArrayLength());
            foreach (var element in document.RootElement.EnumerateArray())
            {
                if (Read(element, out var request) is { } problem)
                    return $"order {list.Count}: {problem}";
                list.Add(request);
            }
            requests = list;
            return null;
        }
        catch (JsonException)
        {
            return "the body is not JSON";
        }
    }

    /// <summary>Reads one order out of a larger body.</summary>
    /// <inheritdoc cref="Read(ReadOnlyMemory{byte}, out OrderRequest)"/>
    public static string? Read(JsonElement element, out OrderRequest request)
    {
        request = default;
        var fields = new Fields(element);
        var order = ReadOrder(new Fields(fields.Object("order")), out var signature, out var expiration, out var wrong);
        if (wrong is not null)
            return wrong;
        if (!WireOrderTypes.TryParse(fields.Text("orderType"), out var type))
            return "orderType is none of GTC, GTD, FOK, FAK";
        if (fields.Text("owner") is not { Length: > 0 } owner)
            return "owner is missing";
        request = new()
        {
            Order = order,
            Signature = signature,
            Owner = owner,
            Type = type,
            Expiration = expiration,
            IsPostOnly = fields.Flag("postOnly"),
            IsDeferred = fields.Flag("deferExec"),
        };
        return null;
    }

    private static ExchangeOrder ReadOrder(
        Fields fields, out ReadOnlyMemory<byte> signature, out long expiration, out string? wrong)
    {
        signature = Hex.Decode(fields.Text("signature"));
        wrong = fields.Number("expiration", out expiration) || fields.Text("expiration") is null or ""
            ? null : "expiration is no whole number";
        wrong = Text(fields, out var order) ?? Numbers(fields, ref order) ?? wrong
            ?? (signature.IsEmpty ? "signature is no hexadecimal text" : null);
        return order;
    }

    private static string? Text(Fields fields, out ExchangeOrder order)
    {
        order = default;
        if (!EthereumAddress.TryParse(fields.Text("maker"), out var maker))
            return "maker is no address";
        if (!EthereumAddress.TryParse(fields.Text("signer"), out var signer))
            return "signer is no address";
        if (!UInt256.TryParse(fields.Text("tokenId"), out var tokenId))
            return "tokenId is no whole number";
        if (!fields.Word("metadata", out var metadata) || !fields.Word("builder", out var builder))
            return "metadata and builder are 32 bytes each";
        if (fields.Text("side") is not ("BUY" or "SELL") and not ("0" or "1"))
            return "Invalid side";
        order = new()
        {
            Maker = maker,
            Signer = signer,
            TokenId = tokenId,
            Metadata = metadata,
            Builder = builder,
            Side = fields.Text("side") is "BUY" or "0" ? Side.Buy : Side.Sell,
        };
        return null;
    }

    private static string? Numbers(Fields fields, ref ExchangeOrder order)
    {
        if (!fields.Number("salt", out var salt))
            return "salt is no whole number";
        if (!fields.Number("makerAmount", out var maker) || !fields.Number("takerAmount", out var taker))
            return "makerAmount and takerAmount are whole numbers";
        if (!fields.Number("timestamp", out var timestamp))
            return "timestamp is no whole number";
        if (!fields.Number("signatureType", out var type) || type is < 0 or > (long)SignatureType.Poly1271)
            return "signatureType is none of 0 to 3";
        order = order with
        {
            Salt = salt,
            MakerAmount = maker,
            TakerAmount = taker,
            TimestampMs = timestamp,
            SignatureType = (SignatureType)type,
        };
        return null;
    }

    private readonly struct Fields(JsonElement element)
    {
        public JsonElement Object(string name) => Find(name, JsonValueKind.Object) ?? default;

        public string? Text(string name) => element.ValueKind == JsonValueKind.Object
            && element.TryGetProperty(name, out var value)
            ? value.ValueKind switch
            {
                JsonValueKind.String => value.GetString(),
                JsonValueKind.Number => value.GetRawText(),
                _ => null,
            }
            : null;

        public bool Flag(string name) => Find(name, JsonValueKind.True) is not null;

        // Whole and not negative; what contracts hold in 256 bits fits 63 here.
        public bool Number(string name, out long value) =>
            long.TryParse(
                Text(name), NumberStyles.None, CultureInfo.InvariantCulture,
                out value);

        public bool Word(string name, out Bytes32 value)
        {
            value = default;
            return Text(name) is not { Length: > 0 } text || Bytes32.TryParse(text, out value);
        }

        private JsonElement? Find(string name, JsonValueKind kind) =>
            element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value)
            && value.ValueKind == kind
                ? value
                : null;
    }
}
