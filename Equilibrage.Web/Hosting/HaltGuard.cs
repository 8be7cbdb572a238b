using Equilibrage.Core.Orders;
using Equilibrage.Core.Ports;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Web.Hosting;

/// <summary>
/// A venue behind the kill switches outside the program: they are read before every send, and while one is on nothing
/// is bought or split. Sales, merges, redemptions, cancels and questions pass.
/// </summary>
internal sealed class HaltGuard(IVenue venue, HaltSwitches switches) : IVenue
{
    /// <inheritdoc/>
    public PreparedOrder Prepare(OrderCommand command) => venue.Prepare(command);

    /// <inheritdoc/>
    public Task<VenueResult<SubmitAnswer>> SubmitAsync(PreparedOrder order, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(order);
        return order.Command.Side == Side.Buy && switches.WhyNot() is { } why
            ? Task.FromResult(VenueResult<SubmitAnswer>.Fail(VenueErrorKind.NotSent, $"Halted: {why}."))
            : venue.SubmitAsync(order, cancellation);
    }

    /// <inheritdoc/>
    public Task<VenueResult<ChainReceipt>> ExecuteAsync(ChainOperation operation, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return operation.Kind == ChainOperationKind.Split && switches.WhyNot() is { } why
            ? Task.FromResult(VenueResult<ChainReceipt>.Fail(VenueErrorKind.Unavailable, $"Halted: {why}."))
            : venue.ExecuteAsync(operation, cancellation);
    }

    /// <inheritdoc/>
    public Task<VenueResult<VenueOrder>> CancelAsync(VenueOrderId order, CancellationToken cancellation) =>
        venue.CancelAsync(order, cancellation);

    /// <inheritdoc/>
    public Task<VenueResult<CancelAllAnswer>> CancelAllAsync(CancellationToken cancellation) =>
        venue.CancelAllAsync(cancellation);

    /// <inheritdoc/>
    public Task<VenueResult<VenueOrder>> FindAsync(PreparedOrder order, CancellationToken cancellation) =>
        venue.FindAsync(order, cancellation);

    /// <inheritdoc/>
    public Task<VenueResult<VenueAccount>> GetAccountAsync(CancellationToken cancellation) =>
        venue.GetAccountAsync(cancellation);

    /// <inheritdoc/>
    public Task<VenueResult<IReadOnlyDictionary<TradeId, bool>>> GetSettlementsAsync(
        IReadOnlyCollection<TradeId> trades, CancellationToken cancellation) =>
        venue.GetSettlementsAsync(trades, cancellation);

    /// <inheritdoc/>
    public Task<VenueResult<AccountActivity>> GetActivityAsync(
        DateTimeOffset since, CancellationToken cancellation) => venue.GetActivityAsync(since, cancellation);
}
