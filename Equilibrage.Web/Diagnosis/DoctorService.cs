using Equilibrage.Adapters.Polymarket;
using Equilibrage.Adapters.Storage;
using Equilibrage.Core.Ports;
using Equilibrage.Polymarket;
using Equilibrage.Web.Custody;
using Equilibrage.Web.Hosting;

namespace Equilibrage.Web.Diagnosis;

/// <summary>The doctor of a running desk, for its pages and its arming.</summary>
/// <param name="options">What the desk was started with.</param>
/// <param name="storage">Its database.</param>
/// <param name="journal">Its books.</param>
/// <param name="session">Its wallet; null in modes without one.</param>
/// <param name="clock">Wall time.</param>
internal sealed class DoctorService(
    RunOptions options, StorageHost storage, IJournal journal, WalletSession? session, TimeProvider clock) : IDisposable
{
    private readonly SemaphoreSlim turn = new(1, 1);

    /// <summary>The latest report; null before the first.</summary>
    public DoctorReport? Last { get; private set; }

    /// <summary>Looks now; one look at a time.</summary>
    public async Task<DoctorReport> ExamineAsync(CancellationToken cancellation)
    {
        await turn.WaitAsync(cancellation);
        try
        {
            return Last = await Examiner.ExamineAsync(Patient(), cancellation);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => turn.Dispose();

    /// <summary>Where the exchange of a mode is; null in Sandbox, whose exchange is part of the desk.</summary>
    internal static PolymarketEndpoints? EndpointsOf(RunOptions options) => options.Mode switch
    {
        DeskMode.Live => LiveMode.Reached(options).Endpoints,
        DeskMode.Paper when options.Exchange is { } root => PolymarketOptions.Practice(root).Endpoints,
        DeskMode.Paper => PolymarketOptions.Live.Endpoints,
        _ => null,
    };

    private Patient Patient()
    {
        var opened = session?.Opened;
        return new()
        {
            Mode = options.Mode,
            Data = options.Data,
            Endpoints = EndpointsOf(options),
            Vault = session?.Vault,
            Signer = opened?.Signer,
            Wallet = session?.Running?.Wallet,
            Relayer = opened?.Relayer,
            Database = end => DatabaseCheck.LookAsync(storage.Connections, mayWrite: true, end),
            Ledger = session is null
                ? null
                : end => LedgerFigures.ReadAsync(journal, LiveMode.AccountOf(session.Running, options), end),
            Clock = clock,
        };
    }
}
