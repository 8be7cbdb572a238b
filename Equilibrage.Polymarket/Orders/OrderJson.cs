using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Equilibrage.Core.Primitives;
using Equilibrage.Polymarket.Signing;

namespace Equilibrage.Polymarket.Orders;

/// <summary>
/// The body of <c>POST /order</c> and <c>POST /orders</c>, written straight to UTF-8: the bytes that are authenticated
/// are the bytes that are sent. Reading is in <see cref="OrderJsonReader"/>.
/// </summary>
public static class OrderJson
{
    // Everything but the signature's digits and the owner, with the longest numbers.
    private const int FixedLength = 1024;
    private const int LongestEscape = 6;

    private static readonly SearchValues<char> Plain =
        SearchValues.Create("-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz");

    /// <summary>Writes one order; allocates nothing but what the writer does.</summary>
    /// <exception cref="ArgumentException">The order type is unknown or the owner is empty.</exception>
    public static void Write(IBufferWriter<byte> writer, in OrderRequest request)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentException.ThrowIfNullOrEmpty(request.Owner, nameof(request));
        var most = FixedLength + (2 * request.Signature.Length)
            + (LongestEscape * Encoding.UTF8.GetMaxByteCount(request.Owner.Length));
        var cursor = new Cursor(writer.GetSpan(most));
        WriteOrder(ref cursor, request);
        writer.Advance(cursor.Length);
    }

    /// <summary>Writes several orders as the array that <c>POST /orders</c> takes.</summary>
    /// <exception cref="ArgumentException">An order type is unknown or an owner is empty.</exception>
    public static void WriteBatch(IBufferWriter<byte> writer, ReadOnlySpan<OrderRequest> requests)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Write("["u8);
        for (var index = 0; index < requests.Length; index++)
        {
            if (index > 0)
                writer.Write(","u8);
            Write(writer, requests[index]);
        }
        writer.Write("]"u8);
    }

    /// <summary>The body of one order in a new array.</summary>
    public static byte[] ToUtf8(in OrderRequest request)
    {
        var writer = new ArrayBufferWriter<byte>(FixedLength);
        Write(writer, request);
        return writer.WrittenSpan.ToArray();
    }

    private static void WriteOrder(ref Cursor cursor, in OrderRequest request)
    {
        var order = request.Order;
        cursor.Text("{\"deferExec\":"u8);
        cursor.Flag(request.IsDeferred);
        cursor.Text(",\"postOnly\":"u8);
        cursor.Flag(request.IsPostOnly);
        cursor.Text(",\"order\":{\"salt\":"u8);
        cursor.Number(order.Salt);
        WriteAccounts(ref cursor, order);
        cursor.Text("\",\"tokenId\":\""u8);
        cursor.Number(order.TokenId);
        cursor.Text("\",\"makerAmount\":\""u8);
        cursor.Number(order.MakerAmount);
        cursor.Text("\",\"takerAmount\":\""u8);
        cursor.Number(order.TakerAmount);
        cursor.Text(order.Side == Side.Buy ? "\",\"side\":\"BUY\",\"signatureType\":"u8
            : "\",\"side\":\"SELL\",\"signatureType\":"u8);
        cursor.Number((long)order.SignatureType);
        cursor.Text(",\"timestamp\":\""u8);
        cursor.Number(order.TimestampMs);
        cursor.Text("\",\"expiration\":\""u8);
        cursor.Number(request.Expiration);
        cursor.Text("\",\"metadata\":\""u8);
        cursor.Bytes(order.Metadata);
        cursor.Text("\",\"builder\":\""u8);
        cursor.Bytes(order.Builder);
        cursor.Text("\",\"signature\":\""u8);
        cursor.Hexadecimal(request.Signature.Span);
        cursor.Text("\"},\"owner\":\""u8);
        cursor.Escaped(request.Owner);
        cursor.Text("\",\"orderType\":\""u8);
        cursor.Ascii(request.Type.ToWire());
        cursor.Text("\"}"u8);
    }

    // The official client writes keys' own accounts with their checksum and derived wallets in lower case. Servers
    // read both; to write the same leaves nothing to wonder about.
    private static void WriteAccounts(ref Cursor cursor, in ExchangeOrder order)
    {
        cursor.Text(",\"maker\":\""u8);
        if (order.SignatureType == SignatureType.Eoa && order.Maker == order.Signer)
        {
            var from = cursor.Length;
            cursor.Checksummed(order.Maker);
            cursor.Text("\",\"signer\":\""u8);
            cursor.Again(from, EthereumAddress.TextLength);
            return;
        }
        cursor.Lower(order.Maker);
        cursor.Text("\",\"signer\":\""u8);
        if (order.SignatureType == SignatureType.Poly1271)
            cursor.Lower(order.Signer);
        else
            cursor.Checksummed(order.Signer);
    }

    // Room was asked for beforehand, so that nothing here can fail.
    private ref struct Cursor(Span<byte> destination)
    {
        private readonly Span<byte> destination = destination;

        public int Length { get; private set; }

        private readonly Span<byte> Rest => destination[Length..];

        public void Text(ReadOnlySpan<byte> utf8)
        {
            utf8.CopyTo(Rest);
            Length += utf8.Length;
        }

        public void Flag(bool value) => Text(value ? "true"u8 : "false"u8);

        public void Number(long value)
        {
            _ = Utf8Formatter.TryFormat(value, Rest, out var written);
            Length += written;
        }

        public void Number(in UInt256 value)
        {
            _ = value.TryFormat(Rest, out var written);
            Length += written;
        }

        public void Bytes(in Bytes32 value)
        {
            _ = value.TryFormat(Rest, out var written);
            Length += written;
        }

        public void Hexadecimal(ReadOnlySpan<byte> bytes)
        {
            _ = Hex.TryEncode(bytes, Rest, out var written);
            Length += written;
        }

        public void Checksummed(EthereumAddress address)
        {
            _ = address.TryFormat(Rest, out var written);
            Length += written;
        }

        public void Lower(EthereumAddress address)
        {
            _ = address.TryFormatLower(Rest, out var written);
            Length += written;
        }

        public void Again(int from, int length)
        {
            destination.Slice(from, length).CopyTo(Rest);
            Length += length;
        }

        public void Ascii(string text) => Length += Encoding.ASCII.GetBytes(text, Rest);

        public void Escaped(string text)
        {
            if (text.AsSpan().ContainsAnyExcept(Plain))
                Text(JsonEncodedText.Encode(text).EncodedUtf8Bytes);
            else
                Ascii(text);
        }
    }
}
