using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Equilibrage.Polymarket.Signing;

/// <summary>
/// The message authentication code (L2) of requests: HMAC-SHA256 over timestamp, method, path without its query, and
/// the exact bytes of the body, written as url-safe base64 with padding. Safe to use from several threads.
/// </summary>
public sealed class RequestSigner
{
    /// <summary>Characters of a code.</summary>
    public const int CodeLength = 44;

    private const int StackLimit = 2048;
    private const int TimestampDigits = 20;

    private readonly byte[] key;
    private readonly string address;

    /// <summary>Creates the signer of an API key's requests.</summary>
    /// <param name="credentials">The API key.</param>
    /// <param name="address">The account that it is bound to: the signer, never the wallet that holds its money.
    /// </param>
    /// <exception cref="FormatException">The secret is no base64; the message does not repeat it.</exception>
    public RequestSigner(ApiCredentials credentials, EthereumAddress address)
    {
        ArgumentNullException.ThrowIfNull(credentials);
        Credentials = credentials;
        this.address = address.ToString();
        key = DecodeSecret(credentials.Secret);
    }

    /// <summary>The API key.</summary>
    public ApiCredentials Credentials { get; }

    /// <summary>
    /// The bytes of a secret: base64 of the standard or the url-safe alphabet, with or without its padding.
    /// </summary>
    /// <exception cref="FormatException">The text is neither; the message does not repeat it.</exception>
    public static byte[] DecodeSecret(string secret)
    {
        ArgumentNullException.ThrowIfNull(secret);
        var text = secret.Replace('+', '-').Replace('/', '_').TrimEnd('=');
        return Base64Url.IsValid(text)
            ? Base64Url.DecodeFromChars(text)
            : throw new FormatException("The secret of an API key is base64 text, and this one is not.");
    }

    /// <summary>Writes the code of a request; allocates nothing.</summary>
    /// <param name="timestamp">Unix seconds, the same as in the header.</param>
    /// <param name="method">Upper-case method.</param>
    /// <param name="path">Path with its leading slash and without its query.</param>
    /// <param name="body">The exact bytes sent; empty when there is no body.</param>
    /// <param name="code">Receives 44 characters of UTF-8.</param>
    /// <exception cref="ArgumentException">There is no room for the code.</exception>
    public void Sign(
        long timestamp, ReadOnlySpan<char> method, ReadOnlySpan<char> path, ReadOnlySpan<byte> body, Span<byte> code)
    {
        var most = TimestampDigits + Encoding.UTF8.GetMaxByteCount(method.Length)
            + Encoding.UTF8.GetMaxByteCount(path.Length) + body.Length;
        var rented = most > StackLimit ? ArrayPool<byte>.Shared.Rent(most) : null;
        var message = rented ?? stackalloc byte[StackLimit];
        timestamp.TryFormat(message, out var length, default, CultureInfo.InvariantCulture);
        length += Encoding.UTF8.GetBytes(method, message[length..]);
        length += Encoding.UTF8.GetBytes(path, message[length..]);
        body.CopyTo(message[length..]);
        length += body.Length;

        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, message[..length], hash);
        if (rented is not null)
            ArrayPool<byte>.Shared.Return(rented);
        Base64.EncodeToUtf8(hash, code, out _, out var written);
        if (written != CodeLength)
            throw new ArgumentException("The code of a request needs 44 bytes.", nameof(code));
        code.Replace((byte)'+', (byte)'-');
        code.Replace((byte)'/', (byte)'_');
    }

    /// <summary>The code of a request as text.</summary>
    /// <inheritdoc cref="Sign(long, ReadOnlySpan{char}, ReadOnlySpan{char}, ReadOnlySpan{byte}, Span{byte})"/>
    public string Sign(
        long timestamp, ReadOnlySpan<char> method, ReadOnlySpan<char> path, ReadOnlySpan<byte> body)
    {
        Span<byte> code = stackalloc byte[CodeLength];
        Sign(timestamp, method, path, body, code);
        return Encoding.ASCII.GetString(code);
    }

    /// <summary>True when the code is that of the request; takes the same time for every wrong code.</summary>
    /// <inheritdoc cref="Sign(long, ReadOnlySpan{char}, ReadOnlySpan{char}, ReadOnlySpan{byte}, Span{byte})"/>
    public bool Verify(
        long timestamp, ReadOnlySpan<char> method, ReadOnlySpan<char> path, ReadOnlySpan<byte> body,
        ReadOnlySpan<char> code)
    {
        Span<byte> expected = stackalloc byte[CodeLength];
        Span<byte> given = stackalloc byte[CodeLength];
        Sign(timestamp, method, path, body, expected);
        return Encoding.UTF8.TryGetBytes(code, given, out var length)
            && CryptographicOperations.FixedTimeEquals(given[..length], expected);
    }

    /// <summary>The five headers of a request.</summary>
    /// <inheritdoc cref="Sign(long, ReadOnlySpan{char}, ReadOnlySpan{char}, ReadOnlySpan{byte}, Span{byte})"/>
    public L2Headers Headers(
        long timestamp, ReadOnlySpan<char> method, ReadOnlySpan<char> path, ReadOnlySpan<byte> body) => new(
            address, Sign(timestamp, method, path, body), timestamp.ToString(CultureInfo.InvariantCulture),
            Credentials.Key, Credentials.Passphrase);
}
