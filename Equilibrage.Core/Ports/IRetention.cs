using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.Ports;

/// <summary>What one clean-up removed.</summary>
/// <param name="Decisions">Decisions that led to no position.</param>
/// <param name="Scans">Scan counts.</param>
/// <param name="Marks">Price marks and equity points thinned to one an hour.</param>
public sealed record RetentionReport(long Decisions, long Scans, long Marks);

/// <summary>
/// Bounds what grows: decisions without a position and scan counts live 30 days of wall time, price marks and equity
/// points keep one an hour after a day. Journal, ledger, orders, fills and positions are kept for ever.
/// </summary>
public interface IRetention
{
    /// <summary>Removes what is past its time.</summary>
    Task<RetentionReport> CleanAsync(AccountId account, DateTimeOffset now, CancellationToken cancellation);
}
