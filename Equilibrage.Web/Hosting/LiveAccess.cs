using Equilibrage.Adapters.Polymarket;
using Equilibrage.Web.Custody;

namespace Equilibrage.Web.Hosting;

/// <summary>
/// The operator's account for a command that works beside the desk, or without one: opens the vault by key file or by
/// asking, connects, and ends both with itself.
/// </summary>
internal sealed class LiveAccess : IAsyncDisposable
{
    private readonly OpenedVault opened;

    private LiveAccess(OpenedVault opened, PolymarketConnection connection) =>
        (this.opened, Connection) = (opened, connection);

    /// <summary>The account.</summary>
    public PolymarketConnection Connection { get; }

    /// <summary>Opens the vault and connects.</summary>
    /// <param name="options">Data folder, key file, and a practice exchange in Polymarket's place.</param>
    /// <param name="prompt">Asks for the passphrase where no key file opens the vault.</param>
    /// <param name="loggers">Logs.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="VaultException">The vault does not open; the message says why.</exception>
    /// <exception cref="Core.Ports.VenueUnavailableException">The exchange does not answer.</exception>
    public static async Task<LiveAccess> OpenAsync(
        RunOptions options, SecretPrompt prompt, ILoggerFactory loggers, CancellationToken cancellation)
    {
        ProcessShield.Raise();
        using var vault = new Vault(options.Data, TimeProvider.System);
        var fresh = await OpenVaultAsync(vault, options, prompt, cancellation)
            ?? throw new VaultException("Without its passphrase the vault stays closed.");
        try
        {
            var connection = LiveMode.ConnectForOrders(LiveMode.Reached(options), fresh, loggers);
            try
            {
                await connection.SynchronizeAsync(cancellation);
                return new(fresh, connection);
            }
            catch
            {
                await connection.DisposeAsync();
                throw;
            }
        }
        catch
        {
            fresh.Dispose();
            throw;
        }
    }

    /// <summary>Opens a vault by key file or by asking; null when no passphrase was given.</summary>
    /// <exception cref="VaultException">It does not open; the message says why.</exception>
    public static async Task<OpenedVault?> OpenVaultAsync(
        Vault vault, RunOptions options, SecretPrompt prompt, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(vault);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(prompt);
        var header = vault.ReadHeader() ?? throw new VaultException("There is no wallet yet: ./run.sh vault set");
        using var secret = SecretOf(header, options, prompt);
        return secret.IsEmpty ? null : await vault.OpenAsync(secret, cancellation);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Connection.DisposeAsync();
        opened.Dispose();
    }

    private static SecretBytes SecretOf(VaultHeader header, RunOptions options, SecretPrompt prompt)
    {
        if (!header.OpensByKeyFile)
            return prompt.Ask("Passphrase of the vault (empty leaves it closed): ");
        return options.KeyFile is { } path
            ? KeyFile.Read(path)
            : throw new VaultException("The vault opens by a key file: name it with --key-file FILE.");
    }
}
