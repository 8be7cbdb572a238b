using Equilibrage.Polymarket;
using Equilibrage.Polymarket.Orders;
using Equilibrage.Polymarket.Rest;
using Equilibrage.Polymarket.Signing;
using Equilibrage.Web.Custody;
using Equilibrage.Web.Hosting;

namespace Equilibrage.Web.Diagnosis;

/// <summary>What the doctor looks at. Nothing in it is changed.</summary>
internal sealed record Patient
{
    /// <summary>The mode.</summary>
    public required DeskMode Mode { get; init; }

    /// <summary>Absolute path of the data folder.</summary>
    public required string Data { get; init; }

    /// <summary>Where the exchange is; null where it is part of the desk itself.</summary>
    public PolymarketEndpoints? Endpoints { get; init; }

    /// <summary>The wallet on disk; null in modes without one.</summary>
    public Vault? Vault { get; init; }

    /// <summary>The key; null while the vault is closed.</summary>
    public EthereumSigner? Signer { get; init; }

    /// <summary>Whose money it is; null without a wallet.</summary>
    public TradingWallet? Wallet { get; init; }

    /// <summary>Authenticates at the relayer; null without a key for it.</summary>
    public IRequestAuthorizer? Relayer { get; init; }

    /// <summary>Says how the database does.</summary>
    public required Func<CancellationToken, Task<IReadOnlyList<Finding>>> Database { get; init; }

    /// <summary>Reads our books; null when they cannot be read from here.</summary>
    public Func<CancellationToken, Task<LedgerFigures?>>? Ledger { get; init; }

    /// <summary>Wall time.</summary>
    public required TimeProvider Clock { get; init; }

    /// <summary>True when real money is at stake.</summary>
    public bool IsLive => Mode == DeskMode.Live;
}
