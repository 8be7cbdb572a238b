using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Equilibrage.Core.Ports;
using Equilibrage.Polymarket.Signing;
using Equilibrage.Polymarket.Socket;
using Equilibrage.Sandbox.Hosting;
using Equilibrage.Sandbox.Server.Http;
using Microsoft.AspNetCore.Http;

namespace Equilibrage.Sandbox.Server.Auth;

/// <summary>
/// Who sent a request: by the wallet's signature (L1) or by the message authentication code of an API key (L2), over
/// the raw bytes of the body and the venue's own path. Stamps are measured against wall time.
/// </summary>
internal sealed class Authentication(PracticeExchange exchange, TimeProvider wall, PracticeServerOptions options)
{
    /// <summary>The part of a path that only this server has.</summary>
    public const string Base = "/clob";

    private const string BadKey = "Unauthorized/Invalid api key";
    private const string BadL1 = "Invalid L1 Request headers";

    private readonly ConcurrentDictionary<string, (ApiKey Key, RequestSigner Signer, Caller Caller)> known = new();

    /// <summary>The wallet that signed the request, and the nonce that it named.</summary>
    public (EthereumAddress Address, long Nonce) RequireWallet(HttpContext http)
    {
        var headers = http.Request.Headers;
        var said = new L1Headers(
            headers[PolyHeaders.Address].ToString(), headers[PolyHeaders.Signature].ToString(),
            headers[PolyHeaders.Timestamp].ToString(), Nonce(headers));
        return IsNear(said.Timestamp) && ClobAuth.Verify(said, options.ChainId, out var address)
            ? (address, long.Parse(said.Nonce, CultureInfo.InvariantCulture))
            : throw new BadRequestException(BadL1, StatusCodes.Status401Unauthorized);
    }

    /// <summary>The caller by the request's L2 headers; the body is what was sent, byte for byte.</summary>
    public async Task<Caller> RequireAsync(HttpContext http, ReadOnlyMemory<byte> body = default)
    {
        var headers = http.Request.Headers;
        var stamp = headers[PolyHeaders.Timestamp].ToString();
        var found = await FindAsync(headers[PolyHeaders.ApiKey].ToString(), http.RequestAborted);
        var path = http.Request.Path.Value![Base.Length..];
        var isGood = found is { } key
            && IsNear(stamp)
            && IsSame(headers[PolyHeaders.Passphrase].ToString(), key.Key.Passphrase)
            && string.Equals(
                headers[PolyHeaders.Address].ToString(), key.Key.Address, StringComparison.OrdinalIgnoreCase)
            && key.Signer.Verify(
                long.Parse(stamp, CultureInfo.InvariantCulture), http.Request.Method, path, body.Span,
                headers[PolyHeaders.Signature].ToString());
        return isGood
            ? found!.Value.Caller
            : throw new BadRequestException(BadKey, StatusCodes.Status401Unauthorized);
    }

    /// <summary>The caller by the credentials in a socket's frame, or null.</summary>
    public async Task<Caller?> FindAsync(SocketCredentials said, CancellationToken cancellation) =>
        await FindAsync(said.ApiKey, cancellation) is { } key
        && IsSame(said.Secret, key.Key.Secret) && IsSame(said.Passphrase, key.Key.Passphrase)
            ? key.Caller
            : null;

    /// <summary>Forgets a key that is no longer valid.</summary>
    public void Forget(string key) => known.TryRemove(key, out _);

    private static string Nonce(IHeaderDictionary headers) =>
        headers[PolyHeaders.Nonce].ToString() is { Length: > 0 } nonce ? nonce : "0";

    private static bool IsSame(string said, string known) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(said), Encoding.UTF8.GetBytes(known));

    private async Task<(ApiKey Key, RequestSigner Signer, Caller Caller)?> FindAsync(
        string key, CancellationToken cancellation)
    {
        if (key.Length == 0)
            return null;
        if (known.TryGetValue(key, out var kept))
            return kept;
        var (found, error) = await exchange.AskKeysAsync(keys => keys.Find(key), isChange: false, cancellation);
        if (error is not null)
            throw new VenueUnavailableException(error.Message);
        // Keys for reading and for builders sign nothing here.
        if (found is not { Nonce: >= 0 } || !EthereumAddress.TryParse(found.Address, out var address))
            return null;
        var caller = new Caller(key, address, WalletSet.Of(address, options.ChainId));
        var signer = new RequestSigner(new(key, found.Secret, found.Passphrase), address);
        return known.GetOrAdd(key, (found, signer, caller));
    }

    private bool IsNear(string stamp) =>
        long.TryParse(stamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && Math.Abs(wall.GetUtcNow().ToUnixTimeSeconds() - seconds) <= options.Skew.TotalSeconds;
}
