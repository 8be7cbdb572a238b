using Equilibrage.Core.Books;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Polymarket.Socket;

/// <summary>What a frame did to a token's book; several at once are possible.</summary>
[Flags]
public enum BookEffect
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The whole book was replaced.</summary>
    Replaced = 1,

    /// <summary>Levels were set.</summary>
    Changed = 2,

    /// <summary>A snapshot or change came again, or is older than the snapshot: left out.</summary>
    Repeated = 4,

    /// <summary>A new price grid: a new epoch, in which only a new snapshot counts.</summary>
    Retick = 8,

    /// <summary>The book's best prices are not those that the exchange told with the change, or they cross.</summary>
    Mismatched = 16,

    /// <summary>The frame told best prices, and the book has the same.</summary>
    Confirmed = 32,

    /// <summary>
    /// A report of best prices alone has others than the book: it may come before the change that it is about.
    /// </summary>
    Hinted = 64,
}

/// <summary>
/// The books of the followed tokens and how frames change them: a snapshot replaces, a change sets a level's total
/// size, and the best prices that come with it must be those of the book. Not for two threads at once.
/// </summary>
public sealed class MarketBooks
{
    private const int FirstCapacity = 64;
    private const BookEffect Judged =
        BookEffect.Mismatched | BookEffect.Confirmed | BookEffect.Hinted;

    private readonly Utf8Table table = new();
    private Entry[] entries = new Entry[FirstCapacity];
    private int[] touched = new int[16];
    private int touchedCount;

    /// <summary>Creates an empty set.</summary>
    public MarketBooks() => Decoder = new(table);

    /// <summary>Decodes the frames; its counters tell what was refused or not known.</summary>
    public MarketFrameDecoder Decoder { get; }

    /// <summary>How many tokens are followed.</summary>
    public int Count => table.Count;

    /// <summary>Numbers of the tokens that the last frame touched, each once.</summary>
    public ReadOnlySpan<int> Touched => touched.AsSpan(0, touchedCount);

    /// <summary>Follows a token from now on; its number stays the same until it is removed.</summary>
    public int Add(TokenId token)
    {
        var number = table.Add(token.Value);
        if (number >= entries.Length)
            Array.Resize(ref entries, Math.Max(number + 1, entries.Length * 2));
        if (entries[number].Book is null)
            entries[number] = new() { Book = new(token) };
        return number;
    }

    /// <summary>Follows a token no longer.</summary>
    public void Remove(int number)
    {
        table.Remove(number);
        entries[number] = default;
    }

    /// <summary>The number of a token, or -1.</summary>
    public int Find(TokenId token) => table.Find(System.Text.Encoding.UTF8.GetBytes(token.Value));

    /// <summary>The book of a number.</summary>
    /// <exception cref="ArgumentException">Nobody has this number.</exception>
    public Book Book(int number) =>
        entries[number].Book ?? throw new ArgumentException("No token has this number.", nameof(number));

    /// <summary>What the last frame did to a token that it touched.</summary>
    public BookEffect Effect(int number) => entries[number].Effect;

    /// <summary>Market time of the last snapshot or change, Unix milliseconds.</summary>
    public long LastMs(int number) => entries[number].LastMs;

    /// <summary>Decodes a frame and applies it; a refused frame changes nothing.</summary>
    public FrameRefusal Apply(ReadOnlySpan<byte> frame, DateTimeOffset receivedAt)
    {
        touchedCount = 0;
        var refusal = Decoder.Decode(frame);
        if (refusal != FrameRefusal.None)
            return refusal;
        foreach (ref var read in Decoder.EventsToApply)
        {
            switch (read.Kind)
            {
                case MarketEventKind.Book: ApplyBook(ref read, frame, receivedAt); break;
                case MarketEventKind.PriceChange: ApplyChanges(in read, receivedAt); break;
                case MarketEventKind.TickSizeChange when read.Token >= 0:
                    Touch(read.Token) |= BookEffect.Retick;
                    break;
                case MarketEventKind.BestBidAsk when read.Token >= 0:
                    Compare(read.Token, read.BestBidMicros, read.BestAskMicros, BookEffect.Hinted);
                    break;
                default: break;
            }
        }

        return refusal;
    }

    /// <summary>
    /// Replaces a book by what another source (REST) has; false leaves out what is older than the book.
    /// </summary>
    public bool Replace(
        int number, ReadOnlySpan<Level> bids, ReadOnlySpan<Level> asks, long timestampMs, DateTimeOffset receivedAt)
    {
        ref var entry = ref entries[number];
        if (timestampMs < entry.LastMs)
            return false;
        entry.Book.Apply(bids, asks, DateTimeOffset.FromUnixTimeMilliseconds(timestampMs), receivedAt);
        (entry.SnapshotMs, entry.LastMs, entry.SnapshotHash) = (timestampMs, timestampMs, 0);
        return true;
    }

    private void ApplyBook(ref MarketEvent read, ReadOnlySpan<byte> frame, DateTimeOffset receivedAt)
    {
        if (read.Token < 0)
            return;
        ref var entry = ref entries[read.Token];
        ref var effect = ref Touch(read.Token);
        var hash = Fingerprint(read.Hash.Of(frame));
        var isRepeated = hash != 0 && hash == entry.SnapshotHash && read.TimestampMs == entry.LastMs;
        if (isRepeated && entry.Book.Trust == BookTrust.Current)
        {
            effect |= BookEffect.Repeated;
            return;
        }

        var time = DateTimeOffset.FromUnixTimeMilliseconds(read.TimestampMs);
        entry.Book.Apply(Decoder.Levels(read.Bids), Decoder.Levels(read.Asks), time, receivedAt);
        (entry.SnapshotMs, entry.LastMs, entry.SnapshotHash) = (read.TimestampMs, read.TimestampMs, hash);
        read.IsApplied = true;
        effect = (effect | BookEffect.Replaced) & ~BookEffect.Mismatched;
        if (IsCrossed(entry.Book))
            effect |= BookEffect.Mismatched;
    }

    private void ApplyChanges(in MarketEvent read, DateTimeOffset receivedAt)
    {
        var time = DateTimeOffset.FromUnixTimeMilliseconds(read.TimestampMs);
        var changes = Decoder.ChangesToApply(in read);
        foreach (ref var change in changes)
        {
            if (change.Token < 0)
                continue;
            ref var entry = ref entries[change.Token];
            ref var effect = ref Touch(change.Token);
            if (read.TimestampMs < entry.SnapshotMs || entry.IsRepeated(in change, read.TimestampMs))
            {
                effect |= BookEffect.Repeated;
                continue;
            }

            entry.Book.Set(
                change.IsBid ? BookSide.Bid : BookSide.Ask, Price.FromMicros(change.PriceMicros),
                Quantity.FromMicros(change.SizeMicros), time, receivedAt);
            entry.LastMs = Math.Max(entry.LastMs, read.TimestampMs);
            // The same snapshot would now bring another book.
            entry.SnapshotHash = 0;
            effect |= BookEffect.Changed;
            change.IsApplied = true;
        }

        // Whether the best prices of a change are those after it or after the whole frame is not said: the last change
        // of a token knows both.
        for (var index = changes.Length - 1; index >= 0; index--)
        {
            ref readonly var change = ref changes[index];
            var isOpen = change.Token >= 0
                && (entries[change.Token].Effect & (BookEffect.Changed | Judged)) == BookEffect.Changed;
            if (isOpen)
                Compare(change.Token, change.BestBidMicros, change.BestAskMicros, BookEffect.Mismatched);
        }
    }

    private void Compare(int token, long bestBidMicros, long bestAskMicros, BookEffect otherwise)
    {
        ref var effect = ref Touch(token);
        var book = entries[token].Book;
        effect &= ~Judged;
        if (!IsBest(bestBidMicros, book.BestBid) || !IsBest(bestAskMicros, book.BestAsk) || IsCrossed(book))
            effect |= otherwise;
        else if (bestBidMicros != MarketEvent.NotTold)
            effect |= BookEffect.Confirmed;
    }

    private static bool IsBest(long told, Price? best) =>
        told == MarketEvent.NotTold || told == (best?.ToMicros ?? MarketEvent.EmptySide);

    private static bool IsCrossed(Book book) => book is { BestBid: { } bid, BestAsk: { } ask } && bid >= ask;

    private static ulong Fingerprint(ReadOnlySpan<byte> hash) =>
        hash.Length >= sizeof(ulong) ? System.Runtime.InteropServices.MemoryMarshal.Read<ulong>(hash) : 0;

    private ref BookEffect Touch(int token)
    {
        ref var entry = ref entries[token];
        for (var index = 0; index < touchedCount; index++)
        {
            if (touched[index] == token)
                return ref entry.Effect;
        }

        if (touchedCount == touched.Length)
            Array.Resize(ref touched, touchedCount * 2);
        touched[touchedCount++] = token;
        entry.Effect = BookEffect.None;
        return ref entry.Effect;
    }

    private struct Entry
    {
        private const int Remembered = 8;

        public Book Book;
        public BookEffect Effect;
        public long SnapshotMs;
        public long LastMs;
        public ulong SnapshotHash;
        private Memory recent;
        private int next;

        /// <summary>True for a change that came before, among the last few; remembers it otherwise.</summary>
        public bool IsRepeated(in LevelChange change, long timestampMs)
        {
            if (change.Hash == 0)
                return false;
            var mark = Mark(in change, timestampMs);
            foreach (var known in recent)
            {
                if (known == mark)
                    return true;
            }

            recent[next] = mark;
            next = (next + 1) % Remembered;
            return false;
        }

        // The causing order's fingerprint alone does not do: one order changes several levels, one after the other.
        private static ulong Mark(in LevelChange change, long timestampMs)
        {
            const ulong Factor = 0x9E37_79B9_7F4A_7C15;
            var mark = (change.Hash ^ (ulong)timestampMs) * Factor;
            mark = (mark ^ (ulong)change.SizeMicros ^ ((ulong)change.PriceMicros << 40)) * Factor;
            return mark ^ (change.IsBid ? 1u : 0u);
        }

        [System.Runtime.CompilerServices.InlineArray(Remembered)]
        private struct Memory
        {
            private ulong first;
        }
    }
}
