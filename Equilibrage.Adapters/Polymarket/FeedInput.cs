using System.Buffers;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Primitives;
using Equilibrage.Polymarket.Socket;

namespace Equilibrage.Adapters.Polymarket;

/// <summary>What reaches the feed's reader.</summary>
internal abstract record FeedInput
{
    /// <summary>Time passed.</summary>
    public sealed record Tick : FeedInput;

    /// <summary>A connection is open.</summary>
    public sealed record Opened(int Connection) : FeedInput;

    /// <summary>A connection is gone.</summary>
    public sealed record Closed(int Connection) : FeedInput;

    /// <summary>A question's answer for one token.</summary>
    public sealed record Answer(TokenId Token, PolledBook? Book) : FeedInput;

    /// <summary>A listed market's description.</summary>
    public sealed record Described(MarketId Id, Market? Market) : FeedInput;

    /// <summary>Who we are on the account's channel is known, or known anew.</summary>
    public sealed record Identified(AccountIdentity Identity) : FeedInput;

    /// <summary>An event of the account's channel with the fees of its market.</summary>
    public sealed record Account(UserMessage Message, FeeSchedule? Fees) : FeedInput;

    /// <summary>A frame, in a rented buffer that is given back on disposal.</summary>
    public sealed record Frame : FeedInput, IDisposable
    {
        private readonly int length;
        private byte[] rented;

        private Frame(int connection, byte[] rented, int length, DateTimeOffset receivedAt)
        {
            (Connection, ReceivedAt) = (connection, receivedAt);
            (this.rented, this.length) = (rented, length);
        }

        public int Connection { get; }

        public DateTimeOffset ReceivedAt { get; }

        public ReadOnlyMemory<byte> Bytes => rented.AsMemory(0, length);

        public static Frame Copy(int connection, ReadOnlyMemory<byte> frame, DateTimeOffset receivedAt)
        {
            var copy = ArrayPool<byte>.Shared.Rent(Math.Max(1, frame.Length));
            frame.CopyTo(copy);
            return new(connection, copy, frame.Length, receivedAt);
        }

        public void Dispose()
        {
            var given = Interlocked.Exchange(ref rented, []);
            if (given.Length > 0)
                ArrayPool<byte>.Shared.Return(given);
        }
    }
}
