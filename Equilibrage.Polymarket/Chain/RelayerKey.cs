using Equilibrage.Polymarket.Rest;
using Equilibrage.Polymarket.Signing;

namespace Equilibrage.Polymarket.Chain;

/// <summary>Authenticates relayer calls with a key of one's own, whose transactions are not counted.</summary>
/// <param name="key">The key.</param>
/// <param name="account">The account that it belongs to.</param>
public sealed class RelayerKey(string key, EthereumAddress account) : IRequestAuthorizer
{
    /// <inheritdoc/>
    public void Authorize(HttpRequestMessage request, RestCall call, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(request);
        request.Headers.Add("RELAYER_API_KEY", key);
        request.Headers.Add("RELAYER_API_KEY_ADDRESS", account.ToString());
    }

    /// <summary>The account; never the key.</summary>
    public override string ToString() => account.ToString();
}
