using Equilibrage.Polymarket.Signing;

namespace Equilibrage.Polymarket.Rest;

/// <summary>Authenticates calls with an API key (L2).</summary>
/// <param name="signer">The key.</param>
public sealed class KeyAuthorizer(RequestSigner signer) : IRequestAuthorizer
{
    /// <inheritdoc/>
    public void Authorize(HttpRequestMessage request, RestCall call, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(call);
        signer.Headers(now.ToUnixTimeSeconds(), call.Method, call.Path, call.Body.Span).AddTo(request);
    }
}

/// <summary>Authenticates calls with the wallet's key (L1): only for creating and deriving API keys.</summary>
/// <param name="signer">The wallet's key.</param>
/// <param name="nonce">Which API key is meant; 0 for the usual one.</param>
/// <param name="chainId">137 for Polygon, 80002 for its test network Amoy.</param>
public sealed class WalletAuthorizer(EthereumSigner signer, long nonce = 0, long chainId = 137) : IRequestAuthorizer
{
    /// <inheritdoc/>
    public void Authorize(HttpRequestMessage request, RestCall call, DateTimeOffset now) =>
        ClobAuth.Sign(signer, now.ToUnixTimeSeconds(), nonce, chainId).AddTo(request);
}
