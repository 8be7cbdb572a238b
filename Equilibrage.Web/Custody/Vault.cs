using Equilibrage.Polymarket.Signing;

namespace Equilibrage.Web.Custody;

/// <summary>
/// The operator's wallet on disk: one private file in the data folder. Wrong passphrases are slowed and counted over
/// restarts, whoever tries.
/// </summary>
/// <param name="data">The data folder.</param>
/// <param name="clock">Wall time.</param>
/// <param name="rounds">Rounds of a new vault's derivation.</param>
internal sealed class Vault(string data, TimeProvider clock, int rounds = VaultCipher.Rounds) : IDisposable
{
    /// <summary>Shorter passphrases could be guessed by whoever has a copy of the file.</summary>
    public const int ShortestPassphrase = 12;

    private const string FileName = "wallet.vault";

    private readonly AttemptLimit attempts = new(
        Path.Combine(data, "wallet.attempts.json"), AttemptRules.Vault, clock);

    /// <summary>Where it lies.</summary>
    public string Location { get; } = Path.Combine(data, FileName);

    /// <summary>True when a wallet was set.</summary>
    public bool Exists => File.Exists(Location);

    /// <summary>The readable part; null when no wallet was set.</summary>
    /// <exception cref="VaultException">The file is damaged.</exception>
    public VaultHeader? ReadHeader() => Exists ? VaultCipher.ReadHeader(File.ReadAllBytes(Location)) : null;

    /// <summary>Why no passphrase is heard now; null when one is.</summary>
    public string? WhyNotNow() => attempts.WhyNot();

    /// <summary>Forgets wrong passphrases.</summary>
    public void ResetAttempts() => attempts.Reset();

    /// <summary>Sets the wallet, in place of one that was there.</summary>
    /// <param name="draft">What to keep.</param>
    /// <param name="secret">Passphrase, or content of the key file.</param>
    /// <param name="isKeyFile">True for a key file.</param>
    /// <exception cref="VaultException">The passphrase is too short.</exception>
    public VaultHeader Save(VaultDraft draft, SecretBytes secret, bool isKeyFile)
    {
        ArgumentNullException.ThrowIfNull(draft);
        ArgumentNullException.ThrowIfNull(secret);
        if (!isKeyFile && secret.Length < ShortestPassphrase)
        {
            throw new VaultException(
                $"The passphrase is too short: take at least {ShortestPassphrase} characters, better five random "
                + "words.");
        }

        var header = new VaultHeader
        {
            Format = VaultHeader.Name,
            Version = VaultHeader.NewestVersion,
            Derivation = isKeyFile ? VaultHeader.FromKeyFile : VaultHeader.FromPassphrase,
            Rounds = isKeyFile ? 0 : rounds,
            Salt = [],
            Nonce = [],
            Address = draft.Wallet.Signer.ToString(),
            Funder = draft.Wallet.Funder.ToString(),
        };
        PrivateFile.Write(Location, VaultCipher.Seal(header, draft.Content, secret));
        attempts.Reset();
        return header;
    }

    /// <summary>Opens it, unless there were too many wrong passphrases.</summary>
    /// <param name="secret">Passphrase, or content of the key file.</param>
    /// <param name="cancellation">Gives up waiting for the try before.</param>
    /// <returns>The open vault; the caller ends it.</returns>
    /// <exception cref="VaultException">It does not open; the message says why.</exception>
    /// <exception cref="SignatureLibraryException">The library is missing.</exception>
    public async Task<OpenedVault> OpenAsync(SecretBytes secret, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(secret);
        Secp256k1.EnsureAvailable();
        var header = ReadHeader() ?? throw new VaultException("There is no wallet yet: ./run.sh vault set");
        var file = await File.ReadAllBytesAsync(Location, cancellation);
        SecretBytes? content = null;
        var why = await attempts.TryAsync(
            async () =>
            {
                // The derivation takes half a second of computing, which is not for the caller's thread.
                content = await Task.Run(() => VaultCipher.Open(file, secret), CancellationToken.None);
                return content is not null;
            },
            cancellation);
        if (content is null)
        {
            throw new VaultException(
                (header.OpensByKeyFile ? "The key file does not open the vault. " : "The vault stays closed. ") + why);
        }

        using (content)
            return OpenedVault.Of(header, content);
    }

    /// <summary>Removes the wallet: the file is overwritten as far as the disk allows, then deleted.</summary>
    public void Remove()
    {
        if (!Exists)
            return;
        var length = (int)new FileInfo(Location).Length;
        using (var file = new FileStream(Location, FileMode.Open, FileAccess.Write))
        {
            file.Write(new byte[length]);
            file.Flush(flushToDisk: true);
        }

        File.Delete(Location);
        attempts.Reset();
    }

    /// <inheritdoc/>
    public void Dispose() => attempts.Dispose();
}
