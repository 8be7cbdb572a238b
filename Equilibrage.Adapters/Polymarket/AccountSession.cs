using Equilibrage.Polymarket.Rest;
using Equilibrage.Polymarket.Rest.Clob;
using Equilibrage.Polymarket.Signing;
using Microsoft.Extensions.Logging;

namespace Equilibrage.Adapters.Polymarket;

/// <summary>
/// An account's access to its private calls. The API key is obtained with the wallet's signature when it is first
/// needed, and once more when the exchange stops to know it.
/// </summary>
internal sealed class AccountSession(
    ExchangeAccess access, PolymarketWalletOptions wallet, ILogger<AccountSession> logger) : IDisposable
{
    private static readonly TimeSpan RenewalPause = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim turn = new(1, 1);
    private OpenSession? open;
    private DateTimeOffset openedAt;

    /// <summary>Key and client, obtained if need be.</summary>
    public async Task<PolymarketResult<OpenSession>> OpenAsync(CancellationToken cancellation)
    {
        if (open is { } known)
            return PolymarketResult<OpenSession>.Ok(known);
        await turn.WaitAsync(cancellation);
        try
        {
            return open is { } ready
                ? PolymarketResult<OpenSession>.Ok(ready)
                : await ObtainAsync(cancellation);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>
    /// Makes a private call. When the key is refused, the clocks are compared, a new key is obtained, and the call is
    /// made once more: a refused call did nothing.
    /// </summary>
    public async Task<PolymarketResult<T>> CallAsync<T>(
        Func<OpenSession, Task<PolymarketResult<T>>> call, CancellationToken cancellation)
    {
        var session = await OpenAsync(cancellation);
        if (session.Value is not { } first)
            return session.As<T>();
        var result = await call(first);
        if (result.Error?.Kind != PolymarketErrorKind.Unauthorized)
            return result;
        var offset = access.ServerClock.Offset;
        await access.SynchronizeAsync(cancellation);
        if (!Discard(first) && access.ServerClock.Offset == offset)
            return result;
        session = await OpenAsync(cancellation);
        return session.Value is { } second ? await call(second) : session.As<T>();
    }

    public void Dispose() => turn.Dispose();

    /// <summary>Forgets a refused key; false when it is so new that another one would be refused as well.</summary>
    private bool Discard(OpenSession refused)
    {
        if (!ReferenceEquals(open, refused))
            return true;
        if (access.Clock.GetUtcNow() - openedAt < RenewalPause)
            return false;
        logger.LogWarning("The exchange refuses API key {Key}; another is obtained", refused.Credentials);
        open = null;
        return true;
    }

    private async Task<PolymarketResult<OpenSession>> ObtainAsync(CancellationToken cancellation)
    {
        var authorizer = new WalletAuthorizer(wallet.Signer, wallet.KeyNonce, access.Options.Endpoints.ChainId);
        var reply = await access.Clob.ObtainApiKeyAsync(authorizer, cancellation);
        if (reply.Value is not { } key)
        {
            return reply.IsOk
                ? PolymarketResult<OpenSession>.Fail(new(PolymarketErrorKind.Unreadable, "An API key was no object."))
                : reply.As<OpenSession>();
        }

        try
        {
            (open, openedAt) = (Open(key), access.Clock.GetUtcNow());
        }
        catch (FormatException error)
        {
            return PolymarketResult<OpenSession>.Fail(new(PolymarketErrorKind.Unreadable, error.Message));
        }

        return PolymarketResult<OpenSession>.Ok(open);
    }

    private OpenSession Open(ApiKeyReply key)
    {
        var credentials = new ApiCredentials(key.ApiKey, key.Secret, key.Passphrase);
        var account = new ClobAccount(
            new KeyAuthorizer(new(credentials, wallet.Signer.Address)), (int)wallet.Wallet.Type);
        return new(credentials, new(access.Http, account, access.Drift));
    }
}

/// <summary>An API key with a client that uses it.</summary>
/// <param name="Credentials">The key.</param>
/// <param name="Clob">Private and public calls.</param>
internal sealed record OpenSession(ApiCredentials Credentials, ClobClient Clob);
