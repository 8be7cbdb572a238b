using Equilibrage.Adapters.Polymarket;
using Equilibrage.Core.Ports;

namespace Equilibrage.Web.Custody;

/// <summary>
/// The wallet of this process: opens the vault, makes the one signer and the connection that uses it, and ends both.
/// </summary>
/// <param name="vault">The wallet on disk.</param>
/// <param name="gate">The way to the account.</param>
/// <param name="arming">Ends with the open vault.</param>
/// <param name="running">The wallet that this process trades; null when there was none at its start.</param>
/// <param name="connect">Connects with an open vault.</param>
/// <param name="loggers">Logs.</param>
/// <param name="clock">Wall time.</param>
internal sealed class WalletSession(
    Vault vault, WalletGate gate, LiveArming arming, VaultHeader? running,
    Func<OpenedVault, PolymarketConnection> connect, ILoggerFactory loggers, TimeProvider clock) : IAsyncDisposable
{
    private static readonly TimeSpan CancelPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ClosePatience = TimeSpan.FromSeconds(15);

    private readonly ILogger logger = loggers.CreateLogger<WalletSession>();
    private readonly SemaphoreSlim turn = new(1, 1);
    private OpenedVault? opened;
    private Hosting.Upkeep? upkeep;
    private bool isReplaced;

    /// <summary>Raised after the state changed.</summary>
    public event EventHandler? Changed;

    /// <summary>Whether the desk can sign.</summary>
    public WalletState State => isReplaced ? WalletState.Replaced
        : opened is not null ? WalletState.Open
        : vault.Exists ? WalletState.Closed : WalletState.None;

    /// <summary>The wallet that this process trades; null when there was none at its start.</summary>
    public VaultHeader? Running => running;

    /// <summary>The open vault, for the checks that need the key; null while it is closed.</summary>
    public OpenedVault? Opened => opened;

    /// <summary>The wallet on disk.</summary>
    public Vault Vault => vault;

    /// <summary>Leave to trade.</summary>
    public LiveArming Arming => arming;

    /// <summary>The way to the account.</summary>
    public WalletGate Gate => gate;

    /// <summary>Opens the vault and connects.</summary>
    /// <param name="secret">Passphrase, or content of the key file.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="VaultException">It does not open, or the exchange does not answer.</exception>
    public async Task OpenAsync(SecretBytes secret, CancellationToken cancellation)
    {
        await turn.WaitAsync(cancellation);
        try
        {
            if (opened is not null)
                return;
            if (isReplaced || running is null)
                throw new VaultException("Start Equilibrage again first: it trades one wallet at a time.");
            var fresh = await vault.OpenAsync(secret, cancellation);
            try
            {
                if (fresh.Wallet != running.Wallet)
                    throw new VaultException("The vault holds another wallet now: start Equilibrage again.");
                await ConnectAsync(fresh, cancellation);
            }
            catch
            {
                fresh.Dispose();
                throw;
            }
        }
        finally
        {
            turn.Release();
        }

        logger.LogInformation("The vault is open; account {Account}", running.Funder);
        Changed?.Invoke(this, EventArgs.Empty);
    }

    /// <summary>
    /// Closes it: trading ends, working orders are canceled, calls under way end, the key is cleared.
    /// </summary>
    public async Task CloseAsync()
    {
        await turn.WaitAsync(CancellationToken.None);
        try
        {
            if (opened is null)
                return;
            arming.Forget();
            await CancelOrdersAsync();
            if (upkeep is not null)
                await upkeep.DisposeAsync();
            await gate.CloseAsync(ClosePatience, clock);
            opened.Dispose();
            (opened, upkeep) = (null, null);
        }
        finally
        {
            turn.Release();
        }

        logger.LogInformation("The vault is closed");
        Changed?.Invoke(this, EventArgs.Empty);
    }

    /// <summary>Keeps another wallet in the place of the one that is there; an open one is closed first.</summary>
    /// <returns>True when the process must start again, because it trades another account.</returns>
    /// <exception cref="VaultException">The passphrase is too short.</exception>
    public async Task<bool> SetAsync(VaultDraft draft, SecretBytes secret)
    {
        ArgumentNullException.ThrowIfNull(draft);
        await CloseAsync();
        vault.Save(draft, secret, isKeyFile: false);
        isReplaced = running is null || draft.Wallet != running.Wallet;
        Changed?.Invoke(this, EventArgs.Empty);
        return isReplaced;
    }

    /// <summary>Removes the wallet; an open one is closed first.</summary>
    public async Task RemoveAsync()
    {
        await CloseAsync();
        vault.Remove();
        Changed?.Invoke(this, EventArgs.Empty);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        arming.Forget();
        if (upkeep is not null)
            await upkeep.DisposeAsync();
        await gate.DisposeAsync();
        opened?.Dispose();
        arming.Dispose();
        vault.Dispose();
        turn.Dispose();
    }

    private async Task ConnectAsync(OpenedVault fresh, CancellationToken cancellation)
    {
        var connection = connect(fresh);
        try
        {
            await connection.SynchronizeAsync(cancellation);
        }
        catch (VenueUnavailableException error)
        {
            await connection.DisposeAsync();
            throw new VaultException($"The vault would open, but: {error.Message} Try again in a moment.", error);
        }

        gate.Open(connection);
        opened = fresh;
        // With the beats, resting orders end by themselves when this process does.
        upkeep = new(end => connection.MaintainAsync(beats: true, loggers, end));
    }

    private async Task CancelOrdersAsync()
    {
        using var limit = new CancellationTokenSource(CancelPatience, clock);
        try
        {
            var canceled = await new GuardedVenue(gate).CancelAllAsync(limit.Token);
            if (canceled.Error is { } error)
                logger.LogWarning("Working orders could not be canceled: {Reason}", error.Message);
        }
        catch (OperationCanceledException)
        {
            logger.LogWarning("Working orders may not all be canceled: the exchange did not answer in time");
        }
    }
}
