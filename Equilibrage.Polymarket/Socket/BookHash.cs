using System.Buffers;
using System.Security.Cryptography;

namespace Equilibrage.Polymarket.Socket;

/// <summary>
/// The fingerprint of a book: SHA-1 of its compact REST body with an empty hash, in lower-case hexadecimal. It depends
/// on the last trade price, which a client may not have, and the recipe has changed before: compare for diagnosis only.
/// </summary>
public static class BookHash
{
    /// <summary>The fingerprint of a book; its own <see cref="MarketMessage.Book.Hash"/> does not count.</summary>
    public static string Of(MarketMessage.Book book)
    {
        ArgumentNullException.ThrowIfNull(book);
        var body = new ArrayBufferWriter<byte>();
        MarketFrameWriter.WriteRestBook(body, book, "");
        return Convert.ToHexStringLower(SHA1.HashData(body.WrittenSpan));
    }
}
