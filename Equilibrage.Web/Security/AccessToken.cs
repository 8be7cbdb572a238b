using System.Security.Cryptography;
using System.Text;

namespace Equilibrage.Web.Security;

/// <summary>The operator's access token: only its hash is kept, and every comparison takes the same time.</summary>
public sealed class AccessToken
{
    private readonly byte[] _hash;

    /// <summary>Takes the token in the clear.</summary>
    public AccessToken(string token)
    {
        ArgumentException.ThrowIfNullOrEmpty(token);
        _hash = Hash(token);
        Fingerprint = Convert.ToHexStringLower(_hash.AsSpan(0, 8));
    }

    /// <summary>Names the token without giving it away; a cookie of another token is told by it.</summary>
    public string Fingerprint { get; }

    /// <summary>True for the right token. Hashing first makes both sides equally long.</summary>
    public bool Matches(string? guess) =>
        !string.IsNullOrEmpty(guess) && CryptographicOperations.FixedTimeEquals(_hash, Hash(guess));

    private static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
