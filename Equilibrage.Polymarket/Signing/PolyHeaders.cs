namespace Equilibrage.Polymarket.Signing;

/// <summary>Names of the authentication headers. Some proxies drop names with underscores.</summary>
public static class PolyHeaders
{
    /// <summary>The account whose key signed, never the wallet that holds its money.</summary>
    public const string Address = "POLY_ADDRESS";

    /// <summary>The wallet's signature (L1) or the message authentication code (L2).</summary>
    public const string Signature = "POLY_SIGNATURE";

    /// <summary>Unix seconds.</summary>
    public const string Timestamp = "POLY_TIMESTAMP";

    /// <summary>Which API key of the account is meant; L1 only.</summary>
    public const string Nonce = "POLY_NONCE";

    /// <summary>The API key, a UUID; L2 only.</summary>
    public const string ApiKey = "POLY_API_KEY";

    /// <summary>The API key's passphrase; L2 only.</summary>
    public const string Passphrase = "POLY_PASSPHRASE";
}
