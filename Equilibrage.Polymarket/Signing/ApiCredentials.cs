namespace Equilibrage.Polymarket.Signing;

/// <summary>An API key with its secrets, as the server hands it out. Its text shows the key's id only.</summary>
/// <param name="Key">The key's id, a UUID; also the owner named in orders and trades.</param>
/// <param name="Secret">The key of the message authentication codes, base64 of either alphabet.</param>
/// <param name="Passphrase">Sent with every request.</param>
public sealed record ApiCredentials(string Key, string Secret, string Passphrase)
{
    /// <summary>The key's id; never the secrets.</summary>
    public override string ToString() => Key;
}
