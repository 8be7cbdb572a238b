using System.Security.Cryptography;

namespace Equilibrage.Web.Custody;

/// <summary>
/// A file of random bytes that opens the vault in a passphrase's place, for machines that start unattended. It belongs
/// outside the data folder, or a copy of the folder would be a copy of the wallet.
/// </summary>
internal static class KeyFile
{
    private const int ShortestLength = 32;
    private const int LongestLength = 4096;

    /// <summary>Makes a new file.</summary>
    public static void Create(string path)
    {
        Span<byte> random = stackalloc byte[ShortestLength];
        RandomNumberGenerator.Fill(random);
        using var text = SecretBytes.FromText(Convert.ToHexStringLower(random));
        CryptographicOperations.ZeroMemory(random);
        PrivateFile.Write(path, text.Span);
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="VaultException">It is missing, too short, or others may read it.</exception>
    public static SecretBytes Read(string path)
    {
        if (!File.Exists(path))
            throw new VaultException($"The key file {path} is missing.");
        if (!PrivateFile.IsPrivate(path) && !IsCredential(path))
            throw new VaultException($"Others may read the key file {path}. Run: chmod 600 {path}");
        using var file = File.OpenRead(path);
        if (file.Length is < ShortestLength or > LongestLength)
        {
            throw new VaultException(
                $"The key file {path} has {file.Length} bytes; {ShortestLength} to {LongestLength} random ones are "
                + "needed.");
        }

        var bytes = new SecretBytes((int)file.Length);
        file.ReadExactly(bytes.Span);
        return bytes;
    }

    // systemd keeps a service's credentials in a folder of its own, with access lists in the place of modes.
    private static bool IsCredential(string path) =>
        Environment.GetEnvironmentVariable("CREDENTIALS_DIRECTORY") is { Length: > 0 } folder
        && Path.GetFullPath(path).StartsWith(Path.GetFullPath(folder) + '/', StringComparison.Ordinal);
}
