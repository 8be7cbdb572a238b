namespace Equilibrage.Polymarket.Signing;

/// <summary>The headers of a request that the wallet's key has signed (L1).</summary>
/// <param name="Address">The account, with its checksum.</param>
/// <param name="Signature"><c>0x</c> and 130 hexadecimal digits.</param>
/// <param name="Timestamp">Unix seconds.</param>
/// <param name="Nonce">Which key of this account is meant; 0 for the usual one.</param>
public sealed record L1Headers(string Address, string Signature, string Timestamp, string Nonce)
{
    /// <summary>Adds the four headers to a request.</summary>
    public void AddTo(HttpRequestMessage request)
    {
        ArgumentNullException.ThrowIfNull(request);
        request.Headers.Add(PolyHeaders.Address, Address);
        request.Headers.Add(PolyHeaders.Signature, Signature);
        request.Headers.Add(PolyHeaders.Timestamp, Timestamp);
        request.Headers.Add(PolyHeaders.Nonce, Nonce);
    }
}
