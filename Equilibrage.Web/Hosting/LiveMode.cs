using Equilibrage.Adapters.Polymarket;
using Equilibrage.Adapters.Storage;
using Equilibrage.Core.Primitives;
using Equilibrage.Polymarket.Signing;
using Equilibrage.Web.Custody;

namespace Equilibrage.Web.Hosting;

/// <summary>
/// Live mode's choice of parts: the exchange behind the vault. It starts closed; the signer exists only while the vault
/// is open, and nothing but cancels is sent before the operator has armed the desk.
/// </summary>
internal static class LiveMode
{
    /// <summary>Names the chain's node of one's own choice; it may carry a key, so no command line names it.</summary>
    public const string RpcKey = "EQUILIBRAGE_RPC";

    /// <summary>Prepares everything that needs no key and, with a key file, opens the vault.</summary>
    /// <exception cref="VaultException">The options or the vault do not allow a start.</exception>
    public static async Task<DeskParts> StartAsync(
        RunOptions options, StorageHost storage, ILoggerFactory loggers, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(storage);
        ProcessShield.Raise();
        Secp256k1.EnsureAvailable();
        var vault = new Vault(options.Data, TimeProvider.System);
        var wallet = vault.ReadHeader();
        var gate = new WalletGate();
        var arming = new LiveArming(TimeProvider.System);
        var account = AccountOf(wallet, options);
        var lease = storage.LeaseOf(account, TimeProvider.System);
        var reached = Reached(options) with
        {
            RecordingFolder = Recordings.Of(options),
            MaySend = lease.MaySend,
        };
        var session = new WalletSession(
            vault, gate, arming, wallet, Connect, loggers, TimeProvider.System);
        try
        {
            await OpenByFileAsync(options, session, cancellation);
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }

        var source = options.Exchange is { } root ? $"the practice exchange at {root}" : "Polymarket";
        return new(
            new GuardedVenue(gate), new GuardedDirectory(gate), new GuardedFeed(gate),
            new(account, Usdc.Zero, DeskInfos.Of("live", account, speed: 1, source))
            {
                Arming = arming,
                StartsWithWallet = true,
            },
            session)
        {
            Wallet = session,
            FeedStatus = new GuardedFeedStatus(gate),
            Lease = lease,
            Exchange = options.Exchange,
        };

        PolymarketConnection Connect(OpenedVault opened) => PolymarketConnection.OpenTrading(
            reached, new() { Signer = opened.Signer, Wallet = opened.Wallet }, opened.Relayer, storage, account,
            TimeProvider.System, loggers);
    }

    /// <summary>How the exchange is reached.</summary>
    /// <exception cref="VaultException">Another exchange than Polymarket is not on this machine.</exception>
    public static PolymarketOptions Reached(RunOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Exchange is { } root)
        {
            return root.IsLoopback
                ? PolymarketOptions.Practice(root)
                : throw new VaultException(
                    $"--exchange {root} with --mode live must be on this machine: it is there for trying things out.");
        }

        return Environment.GetEnvironmentVariable(RpcKey) is { Length: > 0 } node
            ? PolymarketOptions.Live with { Endpoints = PolymarketOptions.Live.Endpoints with { Rpc = Node(node) } }
            : PolymarketOptions.Live;
    }

    /// <summary>The account of a wallet; a name of its own while there is none.</summary>
    public static AccountId AccountOf(VaultHeader? wallet, RunOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var venue = options.Exchange is null ? "polymarket" : "practice";
        return new($"live:{venue}:{wallet?.Wallet.Funder.ToLowerString() ?? "none"}");
    }

    /// <summary>Connects with an open vault, for orders alone: what commands beside the desk need.</summary>
    public static PolymarketConnection ConnectForOrders(
        PolymarketOptions reached, OpenedVault opened, ILoggerFactory loggers)
    {
        ArgumentNullException.ThrowIfNull(opened);
        return PolymarketConnection.OpenForOrders(
            reached, new() { Signer = opened.Signer, Wallet = opened.Wallet }, TimeProvider.System, loggers);
    }

    private static Uri Node(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var node) && node.Scheme is "http" or "https"
            ? node
            : throw new VaultException($"{RpcKey} is no address such as https://node.example.");

    private static async Task OpenByFileAsync(
        RunOptions options, WalletSession session, CancellationToken cancellation)
    {
        if (options.KeyFile is not { } path || session.State != WalletState.Closed)
            return;
        if (session.Running is { OpensByKeyFile: false })
            throw new VaultException("The vault opens by a passphrase: leave --key-file out, or set the wallet again.");
        using var secret = KeyFile.Read(path);
        await session.OpenAsync(secret, cancellation);
    }
}
