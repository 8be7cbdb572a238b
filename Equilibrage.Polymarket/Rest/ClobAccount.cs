namespace Equilibrage.Polymarket.Rest;

/// <summary>Whose private calls are made.</summary>
/// <param name="Key">Signs with the API key (L2).</param>
/// <param name="SignatureType">0 to 3: which of the signer's wallets is asked for its balance.</param>
public sealed record ClobAccount(IRequestAuthorizer Key, int SignatureType);
