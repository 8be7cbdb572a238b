namespace Equilibrage.Sandbox.Hosting;

/// <summary>Credentials of one address, as the exchange gave them out.</summary>
/// <param name="Key">The key, a UUID.</param>
/// <param name="Address">The signing address, lower case.</param>
/// <param name="Secret">Secret, URL-safe base64.</param>
/// <param name="Passphrase">Passphrase.</param>
/// <param name="Nonce">The nonce that they were asked for with.</param>
/// <param name="CreatedAt">Wall time.</param>
/// <param name="IsDeleted">True when they are not valid any more.</param>
public sealed record ApiKey(
    string Key, string Address, string Secret, string Passphrase, long Nonce, DateTimeOffset CreatedAt,
    bool IsDeleted = false);

/// <summary>All credentials that were ever given out. Belongs to the exchange's one writer.</summary>
public sealed class ApiKeys
{
    private readonly Dictionary<string, ApiKey> keys = new(StringComparer.Ordinal);
    private readonly List<ApiKey> changed = [];

    /// <summary>Comes back with what the record has.</summary>
    public ApiKeys(IEnumerable<ApiKey> recorded)
    {
        ArgumentNullException.ThrowIfNull(recorded);
        foreach (var key in recorded)
            keys.Add(key.Key, key);
    }

    /// <summary>Valid credentials, or null.</summary>
    public ApiKey? Find(string key) => keys.TryGetValue(key, out var found) && !found.IsDeleted ? found : null;

    /// <summary>An address's valid credentials for a nonce, or null.</summary>
    public ApiKey? Find(string address, long nonce) => keys.Values
        .FirstOrDefault(key => !key.IsDeleted && key.Address == address && key.Nonce == nonce);

    /// <summary>All valid credentials of an address, oldest first.</summary>
    public IReadOnlyList<ApiKey> Of(string address) =>
    [
        .. keys.Values.Where(key => !key.IsDeleted && key.Address == address).OrderBy(key => key.CreatedAt),
    ];

    /// <summary>Adds credentials, or replaces what was known under their key.</summary>
    public void Put(ApiKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        keys[key.Key] = key;
        changed.Add(key);
    }

    /// <summary>Makes credentials invalid; false when they are already.</summary>
    public bool Delete(string key)
    {
        if (Find(key) is not { } found)
            return false;
        Put(found with { IsDeleted = true });
        return true;
    }

    /// <summary>What was put since the last time.</summary>
    internal IReadOnlyList<ApiKey> TakeChanges()
    {
        ApiKey[] taken = [.. changed];
        changed.Clear();
        return taken;
    }
}
