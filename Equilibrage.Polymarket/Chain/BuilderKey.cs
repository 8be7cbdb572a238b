using Equilibrage.Polymarket.Rest;
using Equilibrage.Polymarket.Signing;

namespace Equilibrage.Polymarket.Chain;

/// <summary>
/// Authenticates relayer calls with a builder's API key: the same code as that of other requests, under other names.
/// An unverified builder has 100 transactions a day.
/// </summary>
/// <param name="signer">The builder's key.</param>
public sealed class BuilderKey(RequestSigner signer) : IRequestAuthorizer
{
    /// <inheritdoc/>
    public void Authorize(HttpRequestMessage request, RestCall call, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(call);
        var headers = signer.Headers(now.ToUnixTimeSeconds(), call.Method, call.Path, call.Body.Span);
        request.Headers.Add("POLY_BUILDER_API_KEY", headers.ApiKey);
        request.Headers.Add("POLY_BUILDER_PASSPHRASE", headers.Passphrase);
        request.Headers.Add("POLY_BUILDER_TIMESTAMP", headers.Timestamp);
        request.Headers.Add("POLY_BUILDER_SIGNATURE", headers.Signature);
    }
}
