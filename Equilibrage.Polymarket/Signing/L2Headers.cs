namespace Equilibrage.Polymarket.Signing;

/// <summary>The headers of a request that an API key has authenticated (L2).</summary>
/// <param name="Address">The account that the key is bound to.</param>
/// <param name="Signature">The message authentication code.</param>
/// <param name="Timestamp">Unix seconds.</param>
/// <param name="ApiKey">The key's id.</param>
/// <param name="Passphrase">The key's passphrase.</param>
public readonly record struct L2Headers(
    string Address, string Signature, string Timestamp, string ApiKey, string Passphrase)
{
    /// <summary>Adds the five headers to a request.</summary>
    public void AddTo(HttpRequestMessage request)
    {
        ArgumentNullException.ThrowIfNull(request);
        request.Headers.Add(PolyHeaders.Address, Address);
        request.Headers.Add(PolyHeaders.Signature, Signature);
        request.Headers.Add(PolyHeaders.Timestamp, Timestamp);
        request.Headers.Add(PolyHeaders.ApiKey, ApiKey);
        request.Headers.Add(PolyHeaders.Passphrase, Passphrase);
    }

    /// <summary>The key's id; never the secrets.</summary>
    public override string ToString() => ApiKey;
}
