using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.Ports;

/// <summary>A value or a venue error.</summary>
public readonly record struct VenueResult<T>(T? Value, VenueError? Error)
    where T : class
{
    /// <summary>A success.</summary>
    public static VenueResult<T> Ok(T value) => new(value, null);

    /// <summary>A failure.</summary>
    public static VenueResult<T> Fail(VenueErrorKind kind, string message) => new(null, new(kind, message));
}

/// <summary>The pure half of a venue: turns a decision into the order that would be sent, with its id.</summary>
public interface IOrderPreparer
{
    /// <summary>Same command, same order, same id: also after a crash.</summary>
    PreparedOrder Prepare(OrderCommand command);
}

/// <summary>A place where orders are executed. Every call is safe to repeat except <see cref="SubmitAsync"/>.</summary>
public interface IVenue : IOrderPreparer
{
    /// <summary>Sends an order once.</summary>
    Task<VenueResult<SubmitAnswer>> SubmitAsync(PreparedOrder order, CancellationToken cancellation);

    /// <summary>
    /// Cancels by id. An id that the venue does not know answers <see cref="OrderStatus.Canceled"/> only when the venue
    /// promises to refuse that order should it still arrive; without such a promise it answers no value and no error.
    /// </summary>
    Task<VenueResult<VenueOrder>> CancelAsync(VenueOrderId order, CancellationToken cancellation);

    /// <summary>
    /// Looks an order up with all its executions: by its id, and where a venue forgets orders that have ended, through
    /// all pages of the account's trades since the order's timestamp, as taker and as maker. No value and no error when
    /// there is no trace of it.
    /// </summary>
    Task<VenueResult<VenueOrder>> FindAsync(PreparedOrder order, CancellationToken cancellation);

    /// <summary>Reads the account.</summary>
    Task<VenueResult<VenueAccount>> GetAccountAsync(CancellationToken cancellation);

    /// <summary>
    /// How trades of ours were settled: true = confirmed, false = failed and void. Trades that are still on their way
    /// are absent from the answer.
    /// </summary>
    Task<VenueResult<IReadOnlyDictionary<TradeId, bool>>> GetSettlementsAsync(
        IReadOnlyCollection<TradeId> trades, CancellationToken cancellation);

    /// <summary>
    /// Cancels everything of the account that works. An order that is on its way may be missed: ask again once its fate
    /// is known.
    /// </summary>
    Task<VenueResult<CancelAllAnswer>> CancelAllAsync(CancellationToken cancellation);

    /// <summary>
    /// Carries an operation out, at most once for each id, also after a restart of either side: asking again answers
    /// what it moved. <see cref="VenueErrorKind.Unavailable"/> means that it is still under way or waits; a refusal
    /// means that it was not carried out and that asking at once is pointless.
    /// </summary>
    Task<VenueResult<ChainReceipt>> ExecuteAsync(ChainOperation operation, CancellationToken cancellation);

    /// <summary>
    /// Everything that moved the account's balances since a market time, whoever asked for it. Complete or an error.
    /// </summary>
    Task<VenueResult<AccountActivity>> GetActivityAsync(DateTimeOffset since, CancellationToken cancellation);
}
