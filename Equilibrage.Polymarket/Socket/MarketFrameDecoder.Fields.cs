namespace Equilibrage.Polymarket.Socket;

/// <content>Objects and their fields.</content>
public sealed partial class MarketFrameDecoder
{
    private const FrameField BookFields = FrameField.Asset | FrameField.Timestamp | FrameField.Bids | FrameField.Asks;
    private const FrameField TradeFields = FrameField.Asset | FrameField.Timestamp | FrameField.Price;
    private const FrameField TickFields = FrameField.Asset | FrameField.NewTick;
    private const FrameField ChangeFields = FrameField.Market | FrameField.Timestamp | FrameField.Changes;
    private const FrameField BestFields = FrameField.Asset | FrameField.BestBid | FrameField.BestAsk;
    private const FrameField Lists = FrameField.Bids | FrameField.Asks | FrameField.Changes;
    private const FrameField EntryFields =
        FrameField.Asset | FrameField.Price | FrameField.Size | FrameField.Side;

    // Fields that were there, and those of them that were not what they should be. Which of them matter is known at
    // the object's end only, since the discriminator may come last.
    private struct Seen
    {
        public FrameField All;
        public FrameField Bad;
        public FrameField BadInside;
        public Piece Type;
    }

    private FrameRefusal ReadEvent(ref FrameScanner scanner, MarketEventKind unnamed)
    {
        var start = scanner.At - 1;
        // A nested event cannot be: its object would be a field's value.
        var index = eventCount;
        AddEvent();
        var seen = new Seen();
        if (!ReadUsualStart(ref scanner, ref events[index], ref seen))
            return FrameRefusal.Malformed;
        if (!scanner.Take((byte)'}'))
        {
            if (seen.All != FrameField.None && !scanner.Take((byte)','))
                return FrameRefusal.Malformed;
            do
            {
                if (!scanner.TakeString(out var from, out var to) || !scanner.Take((byte)':'))
                    return FrameRefusal.Malformed;
                var name = scanner.Slice(from, to);
                var field = FrameFields.Find(name);
                seen.All |= field;
                if (field == FrameField.None)
                    UnknownFields.Add(name);
                if (!ReadField(ref scanner, field, ref events[index], ref seen))
                    return FrameRefusal.Malformed;
            }
            while (scanner.Take((byte)','));
            if (!scanner.Take((byte)'}'))
                return FrameRefusal.Malformed;
        }

        ref var read = ref events[index];
        read.Source = new(start, scanner.At);
        read.Kind = (seen.All & FrameField.EventType) == FrameField.None ? unnamed : KindOf(scanner.Slice(seen.Type));
        if (read.Kind == MarketEventKind.Unknown)
            UnknownEvents.Add(scanner.Slice(seen.Type));
        return Judge(read.Kind, seen);
    }

    private bool ReadField(ref FrameScanner scanner, FrameField field, ref MarketEvent read, ref Seen seen)
    {
        switch (field)
        {
            case FrameField.Market: return ReadText(ref scanner, field, ref seen, out read.Market);
            case FrameField.Hash: return ReadText(ref scanner, field, ref seen, out read.Hash);
            case FrameField.EventType: return ReadText(ref scanner, field, ref seen, out seen.Type);
            case FrameField.Asset: return ReadToken(ref scanner, ref seen.Bad, out read.Token, out read.Asset);
            case FrameField.Timestamp: return ReadTime(ref scanner, ref seen.Bad, out read.TimestampMs);
            case FrameField.Bids: return ReadLevels(ref scanner, field, ref seen, out read.Bids);
            case FrameField.Asks: return ReadLevels(ref scanner, field, ref seen, out read.Asks);
            case FrameField.Changes: return ReadChanges(ref scanner, ref seen, out read.Changes);
            case FrameField.Price: return ReadPrice(ref scanner, ref seen.Bad, out read.PriceMicros);
            case FrameField.Size: return ReadSize(ref scanner, ref seen.Bad, out read.SizeMicros);
            case FrameField.Side: return ReadSide(ref scanner, ref seen.Bad, out read.IsBuy);
            case FrameField.Tick or FrameField.NewTick:
                return ReadTick(ref scanner, field, ref seen.Bad, out read.TickMicros);
            case FrameField.BestBid: return ReadBest(ref scanner, field, ref seen.Bad, out read.BestBidMicros);
            case FrameField.BestAsk: return ReadBest(ref scanner, field, ref seen.Bad, out read.BestAskMicros);
            default: return scanner.SkipValue();
        }
    }

    private static MarketEventKind KindOf(ReadOnlySpan<byte> type) => type.Length switch
    {
        4 when type.SequenceEqual("book"u8) => MarketEventKind.Book,
        10 when type.SequenceEqual("new_market"u8) => MarketEventKind.NewMarket,
        12 when type.SequenceEqual("price_change"u8) => MarketEventKind.PriceChange,
        12 when type.SequenceEqual("best_bid_ask"u8) => MarketEventKind.BestBidAsk,
        14 when type.SequenceEqual("practice_clock"u8) => MarketEventKind.PracticeClock,
        15 when type.SequenceEqual("market_resolved"u8) => MarketEventKind.MarketResolved,
        16 when type.SequenceEqual("last_trade_price"u8) => MarketEventKind.Trade,
        16 when type.SequenceEqual("tick_size_change"u8) => MarketEventKind.TickSizeChange,
        _ => MarketEventKind.Unknown,
    };

    private static FrameRefusal Judge(MarketEventKind kind, in Seen seen)
    {
        var (needed, used) = kind switch
        {
            MarketEventKind.Book => (BookFields, BookFields | FrameField.Market | FrameField.Tick),
            MarketEventKind.PriceChange => (ChangeFields, ChangeFields),
            MarketEventKind.Trade => (TradeFields, TradeFields | FrameField.Size | FrameField.Side),
            MarketEventKind.TickSizeChange => (TickFields, TickFields | FrameField.Timestamp),
            MarketEventKind.BestBidAsk => (BestFields, BestFields | FrameField.Timestamp),
            MarketEventKind.PracticeClock => (FrameField.Timestamp, FrameField.Timestamp),
            _ => (FrameField.None, FrameField.None),
        };
        var bad = (seen.Bad & used) | (seen.Bad & FrameField.EventType);
        if ((bad & Lists) != FrameField.None && seen.BadInside != FrameField.None)
            return FrameFields.Refusal(seen.BadInside);
        if (bad != FrameField.None)
            return FrameFields.Refusal(bad);
        return (seen.All & needed) == needed ? FrameRefusal.None : FrameRefusal.MissingField;
    }

    private bool ReadChanges(ref FrameScanner scanner, ref Seen seen, out Piece piece)
    {
        var first = changeCount;
        piece = new(first, first);
        if (!scanner.IsList())
        {
            seen.Bad |= FrameField.Changes;
            return scanner.SkipValue();
        }

        scanner.Take((byte)'[');
        if (scanner.Take((byte)']'))
            return true;
        do
        {
            if (!scanner.IsObject())
            {
                seen.Bad |= FrameField.Changes;
                if (!scanner.SkipValue())
                    return false;
            }
            else if (!ReadChange(ref scanner, ref seen))
            {
                return false;
            }
        }
        while (scanner.Take((byte)','));

        piece = new(first, changeCount);
        return scanner.Take((byte)']');
    }

    private bool ReadChange(ref FrameScanner scanner, ref Seen seen)
    {
        ref var change = ref AddChange();
        var all = FrameField.None;
        var bad = FrameField.None;
        scanner.Take((byte)'{');
        if (!ReadUsualStart(ref scanner, ref change, ref all, ref bad))
            return false;
        if (!scanner.Take((byte)'}'))
        {
            if (all != FrameField.None && !scanner.Take((byte)','))
                return false;
            do
            {
                if (!scanner.TakeString(out var from, out var to) || !scanner.Take((byte)':'))
                    return false;
                var field = FrameFields.Find(scanner.Slice(from, to));
                all |= field;
                var isRead = field switch
                {
                    FrameField.Asset => ReadToken(ref scanner, ref bad, out change.Token, out _),
                    FrameField.Price => ReadLevelPrice(ref scanner, ref bad, out change.PriceMicros),
                    FrameField.Size => ReadSize(ref scanner, ref bad, out change.SizeMicros),
                    FrameField.Side => ReadSide(ref scanner, ref bad, out change.IsBid),
                    FrameField.Hash => ReadHash(ref scanner, out change.Hash),
                    FrameField.BestBid => ReadBest(ref scanner, field, ref bad, out change.BestBidMicros),
                    FrameField.BestAsk => ReadBest(ref scanner, field, ref bad, out change.BestAskMicros),
                    _ => SkipOther(ref scanner, field, scanner.Slice(from, to)),
                };
                if (!isRead)
                    return false;
            }
            while (scanner.Take((byte)','));
            if (!scanner.Take((byte)'}'))
                return false;
        }

        if ((all & EntryFields) != EntryFields || bad != FrameField.None)
            seen.Bad |= FrameField.Changes;
        seen.BadInside |= bad;
        return true;
    }

    private bool SkipOther(ref FrameScanner scanner, FrameField field, ReadOnlySpan<byte> name)
    {
        if (field == FrameField.None)
            UnknownFields.Add(name);
        return scanner.SkipValue();
    }
}
