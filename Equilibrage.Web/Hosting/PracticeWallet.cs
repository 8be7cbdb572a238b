using System.Security.Cryptography;
using Equilibrage.Polymarket.Signing;

namespace Equilibrage.Web.Hosting;

/// <summary>
/// The throw-away key with which the desk trades on the practice exchange: made on first start, kept in the data
/// folder, readable for its owner alone, worth nothing anywhere else.
/// </summary>
internal static class PracticeWallet
{
    private const string FileName = "practice-wallet.key";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>True when the data folder holds a key.</summary>
    public static bool Exists(string data) => File.Exists(Path.Combine(data, FileName));

    /// <summary>The key of a data folder.</summary>
    /// <exception cref="PracticeWalletException">The file holds no key; the message says what to do.</exception>
    public static EthereumSigner Open(string data)
    {
        var path = Path.Combine(data, FileName);
        if (!File.Exists(path))
            Write(path, NewKey());
        try
        {
            return EthereumSigner.FromHex(File.ReadAllText(path).Trim());
        }
        catch (FormatException error)
        {
            throw new PracticeWalletException(
                $"{path} holds no key. Put the file back as it was, or start anew with another --data folder.", error);
        }
    }

    private static string NewKey()
    {
        Span<byte> key = stackalloc byte[Secp256k1.PrivateKeyLength];
        do
            RandomNumberGenerator.Fill(key);
        while (!Secp256k1.IsPrivateKey(key));
        return Convert.ToHexStringLower(key);
    }

    // Whole or not at all: a half-written key would lock the account away.
    private static void Write(string path, string key)
    {
        var draft = $"{path}.new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;
        using (var file = new StreamWriter(draft, options))
            file.Write(key);
        File.Move(draft, path);
    }
}

/// <summary>The practice wallet's key cannot be read; the message says what to do.</summary>
internal sealed class PracticeWalletException(string message, Exception inner) : Exception(message, inner);
