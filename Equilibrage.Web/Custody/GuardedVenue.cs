using Equilibrage.Core.Orders;
using Equilibrage.Core.Ports;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Web.Custody;

/// <summary>The exchange as a venue, for as long as the vault is open.</summary>
/// <param name="gate">The way to the account.</param>
internal sealed class GuardedVenue(WalletGate gate) : IVenue
{
    /// <summary>What is said while the vault is closed.</summary>
    public const string Closed = "The vault is closed. Open it on the page Settings.";

    /// <inheritdoc/>
    public PreparedOrder Prepare(OrderCommand command) =>
        (gate.Last?.Venue ?? throw new VenueUnavailableException(Closed)).Prepare(command);

    /// <inheritdoc/>
    public Task<VenueResult<SubmitAnswer>> SubmitAsync(PreparedOrder order, CancellationToken cancellation) =>
        gate.CallAsync(
            async connection =>
            {
                try
                {
                    return await connection.Venue!.SubmitAsync(order, cancellation);
                }
                catch (ObjectDisposedException)
                {
                    // It may have left before the vault was closed: it is looked up, never sent again.
                    return VenueResult<SubmitAnswer>.Fail(VenueErrorKind.Unknown, Closed);
                }
            },
            () => VenueResult<SubmitAnswer>.Fail(VenueErrorKind.NotSent, Closed));

    /// <inheritdoc/>
    public Task<VenueResult<VenueOrder>> CancelAsync(VenueOrderId order, CancellationToken cancellation) =>
        AskAsync(venue => venue.CancelAsync(order, cancellation));

    /// <inheritdoc/>
    public Task<VenueResult<VenueOrder>> FindAsync(PreparedOrder order, CancellationToken cancellation) =>
        AskAsync(venue => venue.FindAsync(order, cancellation));

    /// <inheritdoc/>
    public Task<VenueResult<VenueAccount>> GetAccountAsync(CancellationToken cancellation) =>
        AskAsync(venue => venue.GetAccountAsync(cancellation));

    /// <inheritdoc/>
    public Task<VenueResult<IReadOnlyDictionary<TradeId, bool>>> GetSettlementsAsync(
        IReadOnlyCollection<TradeId> trades, CancellationToken cancellation) =>
        AskAsync(venue => venue.GetSettlementsAsync(trades, cancellation));

    /// <inheritdoc/>
    public Task<VenueResult<CancelAllAnswer>> CancelAllAsync(CancellationToken cancellation) =>
        AskAsync(venue => venue.CancelAllAsync(cancellation));

    /// <inheritdoc/>
    public Task<VenueResult<ChainReceipt>> ExecuteAsync(ChainOperation operation, CancellationToken cancellation) =>
        AskAsync(venue => venue.ExecuteAsync(operation, cancellation));

    /// <inheritdoc/>
    public Task<VenueResult<AccountActivity>> GetActivityAsync(
        DateTimeOffset since, CancellationToken cancellation) =>
        AskAsync(venue => venue.GetActivityAsync(since, cancellation));

    private Task<VenueResult<T>> AskAsync<T>(Func<IVenue, Task<VenueResult<T>>> ask)
        where T : class =>
        gate.CallAsync(
            connection => ask(connection.Venue!),
            () => VenueResult<T>.Fail(VenueErrorKind.Unavailable, Closed));
}
