using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Equilibrage.Web.Custody;

/// <summary>
/// The vault's file: a line of readable header and a line with the secret part, encrypted with AES-256-GCM under a key
/// that comes from a passphrase (PBKDF2-SHA512) or from a key file (HKDF-SHA512). The header's exact bytes are
/// authenticated with it.
/// </summary>
internal static class VaultCipher
{
    /// <summary>Fewer rounds than this are never used and never believed.</summary>
    public const int FewestRounds = 600_000;

    /// <summary>Rounds of a new vault: about half a second of one core.</summary>
    public const int Rounds = 1_000_000;

    private const int MostRounds = 100_000_000;
    private const int KeyLength = 32;
    private const int SaltLength = 32;
    private const int NonceLength = 12;
    private const int TagLength = 16;

    /// <summary>Encrypts under a fresh salt and nonce.</summary>
    /// <param name="header">The readable part; salt and nonce are replaced.</param>
    /// <param name="content">The secret part.</param>
    /// <param name="secret">Passphrase, or content of the key file.</param>
    public static byte[] Seal(VaultHeader header, SecretBytes content, SecretBytes secret)
    {
        var fresh = header with
        {
            Salt = RandomNumberGenerator.GetBytes(SaltLength),
            Nonce = RandomNumberGenerator.GetBytes(NonceLength),
        };
        var line = JsonSerializer.SerializeToUtf8Bytes(fresh);
        var sealedBytes = new byte[content.Length + TagLength];
        using var key = Derive(fresh, secret);
        using (var cipher = new AesGcm(key.Span, TagLength))
        {
            cipher.Encrypt(
                fresh.Nonce, content.Span, sealedBytes.AsSpan(0, content.Length), sealedBytes.AsSpan(content.Length),
                line);
        }

        return [.. line, (byte)'\n', .. Encoding.ASCII.GetBytes(Convert.ToBase64String(sealedBytes)), (byte)'\n'];
    }

    /// <summary>Reads the readable part.</summary>
    /// <exception cref="VaultException">It is no vault, or one of a newer version.</exception>
    public static VaultHeader ReadHeader(ReadOnlySpan<byte> file) => Split(file, out _, out _);

    /// <summary>Decrypts; null when the secret is not right or a byte was changed.</summary>
    /// <exception cref="VaultException">It is no vault, or one of a newer version.</exception>
    public static SecretBytes? Open(ReadOnlySpan<byte> file, SecretBytes secret)
    {
        var header = Split(file, out var line, out var sealedBytes);
        var content = new SecretBytes(sealedBytes.Length - TagLength);
        using var key = Derive(header, secret);
        using var cipher = new AesGcm(key.Span, TagLength);
        try
        {
            cipher.Decrypt(
                header.Nonce, sealedBytes.AsSpan(0, content.Length), sealedBytes.AsSpan(content.Length), content.Span,
                line);
            return content;
        }
        catch (AuthenticationTagMismatchException)
        {
            content.Dispose();
            return null;
        }
    }

    private static SecretBytes Derive(VaultHeader header, SecretBytes secret)
    {
        var key = new SecretBytes(KeyLength);
        if (header.OpensByKeyFile)
            HKDF.DeriveKey(HashAlgorithmName.SHA512, secret.Span, key.Span, header.Salt, "equilibrage vault"u8);
        else
        {
            Rfc2898DeriveBytes.Pbkdf2(
                secret.Span, header.Salt, key.Span, header.Rounds, HashAlgorithmName.SHA512);
        }

        return key;
    }

    private static VaultHeader Split(ReadOnlySpan<byte> file, out byte[] line, out byte[] sealedBytes)
    {
        var end = file.IndexOf((byte)'\n');
        line = end < 0 ? [] : file[..end].ToArray();
        try
        {
            var header = JsonSerializer.Deserialize<VaultHeader>(line) ?? throw new JsonException("it is null");
            sealedBytes = Convert.FromBase64String(Encoding.ASCII.GetString(file[(end + 1)..]));
            if (header.Format != VaultHeader.Name || sealedBytes.Length < TagLength)
                throw new JsonException("it is something else");
            if (header.Version > VaultHeader.NewestVersion)
                throw new VaultException("The vault was made by a newer version of Equilibrage: use that one.");
            CheckDerivation(header);
            return header;
        }
        catch (Exception error) when (error is JsonException or FormatException or NotSupportedException)
        {
            throw new VaultException(
                "The vault's file is damaged. Put a copy of it back, or set the wallet again: ./run.sh vault set",
                error);
        }
    }

    private static void CheckDerivation(VaultHeader header)
    {
        var isKnown = header.Derivation switch
        {
            VaultHeader.FromPassphrase => header.Rounds is >= FewestRounds and <= MostRounds,
            VaultHeader.FromKeyFile => true,
            _ => false,
        };
        if (!isKnown || header.Salt.Length < 16 || header.Nonce.Length != NonceLength)
            throw new JsonException("its key would be derived in a way that is not safe");
    }
}
