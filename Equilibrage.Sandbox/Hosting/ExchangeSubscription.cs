using System.Threading.Channels;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.Simulation;

namespace Equilibrage.Sandbox.Hosting;

/// <summary>The reader of a subscription was too slow: it was cut off and has to subscribe anew.</summary>
public sealed class SubscriptionOverrunException()
    : Exception("The reader of the exchange's events fell too far behind and was cut off.");

/// <summary>
/// One reader of everything that happens at the exchange. Bounded: a reader that falls behind is cut off, which it
/// learns by the exception that ends its channel.
/// </summary>
public sealed class ExchangeSubscription : IDisposable
{
    private readonly Channel<VenueEvent> events;
    private readonly Action<ExchangeSubscription> leave;

    internal ExchangeSubscription(int capacity, Action<ExchangeSubscription> leave)
    {
        // Writes are tried, never waited for: the exchange waits for nobody.
        events = Channel.CreateBounded<VenueEvent>(new BoundedChannelOptions(capacity) { SingleWriter = true });
        this.leave = leave;
    }

    /// <summary>
    /// Events in their order. Ends with a <see cref="SubscriptionOverrunException"/> for a slow reader, with the
    /// exchange's own error when that breaks, and quietly when it closes.
    /// </summary>
    public ChannelReader<VenueEvent> Events => events.Reader;

    internal Wants Wants { get; } = new();

    /// <summary>
    /// Says whose books are wanted from now on; all others may fall silent. A newly wanted token starts with a
    /// <see cref="VenueEvent.BookSeeded"/>. Other subscriptions' events reach this one too.
    /// </summary>
    public void Want(IReadOnlyCollection<TokenId> tokens) => Wants.Set(tokens);

    /// <summary>Asks for all wanted books anew.</summary>
    public void Reseed() => Wants.Refresh();

    /// <summary>Stops listening.</summary>
    public void Dispose()
    {
        leave(this);
        events.Writer.TryComplete();
    }

    /// <summary>Hands an event over; false when the reader was cut off.</summary>
    internal bool Publish(VenueEvent happened)
    {
        if (events.Writer.TryWrite(happened))
            return true;
        events.Writer.TryComplete(new SubscriptionOverrunException());
        return false;
    }

    internal void Close(Exception? error) => events.Writer.TryComplete(error);
}
