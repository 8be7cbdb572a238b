using System.Runtime.CompilerServices;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Polymarket.Socket;

/// <content>Values: false = the frame is no JSON; a value that is wrong in itself is only marked.</content>
public sealed partial class MarketFrameDecoder
{
    private const int LongestText = 128;
    private const uint FinestGrid = 100;

    private static bool ReadText(ref FrameScanner scanner, FrameField field, ref Seen seen, out Piece piece)
    {
        piece = default;
        if (!scanner.IsString())
        {
            seen.Bad |= field;
            return scanner.SkipValue();
        }

        if (!scanner.TakeString(out var start, out var end))
            return false;
        if (end - start > LongestText || end == start)
            seen.Bad |= field;
        piece = new(start, end);
        return true;
    }

    private static bool ReadHash(ref FrameScanner scanner, out ulong word)
    {
        word = 0;
        if (!scanner.IsString())
            return scanner.SkipValue();
        if (!scanner.TakeString(out var start, out var end))
            return false;
        word = FirstWord(scanner.Slice(start, end));
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool ReadToken(ref FrameScanner scanner, ref FrameField bad, out int token, out Piece text)
    {
        (token, text) = (-1, default);
        if (!scanner.IsString())
        {
            bad |= FrameField.Asset;
            return scanner.SkipValue();
        }

        if (!scanner.TakeString(out var start, out var end))
            return false;
        text = new(start, end);
        if (end - start is 0 or > Utf8Table.LongestText)
            bad |= FrameField.Asset;
        else
            token = tokens.Find(scanner.Slice(start, end));
        return true;
    }

    private static bool ReadTime(ref FrameScanner scanner, ref FrameField bad, out long stamp)
    {
        const long LastMillisecond = 253_402_300_799_999;
        if (!scanner.TryTakeUsualStamp(out stamp) && !scanner.TakeStamp(out stamp))
            return false;
        if (stamp is < 0 or > LastMillisecond)
            bad |= FrameField.Timestamp;
        return true;
    }

    private static bool ReadPrice(ref FrameScanner scanner, ref FrameField bad, out long micros)
    {
        var form = scanner.TakeDecimal(out micros);
        if (form != DecimalForm.Value || micros > Micros.PerUnit)
            bad |= FrameField.Price;
        return form != DecimalForm.Malformed;
    }

    // Every grid of the exchange is a multiple of the finest, and no order stands at 0 or 1. It also bounds a ladder.
    private static bool ReadLevelPrice(ref FrameScanner scanner, ref FrameField bad, out long micros)
    {
        var form = scanner.TakeDecimal(out micros);
        if (form != DecimalForm.Value || !IsLevelPrice(micros))
            bad |= FrameField.Price;
        return form != DecimalForm.Malformed;
    }

    private static bool IsLevelPrice(long micros) =>
        micros is > 0 and < Micros.PerUnit && (uint)micros % FinestGrid == 0;

    private static bool ReadSize(ref FrameScanner scanner, ref FrameField bad, out long micros)
    {
        var form = scanner.TakeDecimal(out micros);
        if (form != DecimalForm.Value)
            bad |= FrameField.Size;
        return form != DecimalForm.Malformed;
    }

    private static bool ReadBest(ref FrameScanner scanner, FrameField field, ref FrameField bad, out long micros)
    {
        var form = scanner.TakeDecimal(out micros);
        if (form == DecimalForm.Wrong || micros > Micros.PerUnit)
            bad |= field;
        // Nobody bids nothing or asks for all that a share can pay: these are ways of writing "none".
        if (form == DecimalForm.None || micros is 0 or Micros.PerUnit)
            micros = MarketEvent.EmptySide;
        return form != DecimalForm.Malformed;
    }

    private static bool ReadTick(ref FrameScanner scanner, FrameField field, ref FrameField bad, out long micros)
    {
        var form = scanner.TakeDecimal(out micros);
        if (form == DecimalForm.None && field == FrameField.Tick)
            micros = MarketEvent.NotTold;
        else if (form != DecimalForm.Value || !TickSize.TryFromMicros(micros, out _))
            bad |= field;
        return form != DecimalForm.Malformed;
    }

    private static bool ReadSide(ref FrameScanner scanner, ref FrameField bad, out bool isBuy)
    {
        if (scanner.TryTake("\"BUY\""u8))
            return isBuy = true;
        isBuy = false;
        if (scanner.TryTake("\"SELL\""u8))
            return true;
        if (!scanner.IsString())
        {
            bad |= FrameField.Side;
            return scanner.SkipValue();
        }

        if (!scanner.TakeString(out var start, out var end))
            return false;
        var text = scanner.Slice(start, end);
        isBuy = text.SequenceEqual("BUY"u8);
        // A market that never traded names no side of its last print.
        if (!isBuy && !text.SequenceEqual("SELL"u8) && !text.IsEmpty)
            bad |= FrameField.Side;
        return true;
    }

    private bool ReadLevels(ref FrameScanner scanner, FrameField field, ref Seen seen, out Piece piece)
    {
        var first = levelCount;
        piece = new(first, first);
        if (!scanner.IsList())
        {
            // Some encoders write an empty list as null.
            if (!scanner.IsNull())
                seen.Bad |= field;
            return scanner.SkipValue();
        }

        scanner.Take((byte)'[');
        if (scanner.Take((byte)']'))
            return true;
        do
        {
            if (!TryReadUsualLevel(ref scanner) && !ReadLevel(ref scanner, field, ref seen))
                return false;
        }
        while (scanner.Take((byte)','));

        piece = new(first, levelCount);
        return scanner.Take((byte)']');
    }

    private bool ReadLevel(ref FrameScanner scanner, FrameField field, ref Seen seen)
    {
        if (!scanner.IsObject())
        {
            seen.Bad |= field;
            return scanner.SkipValue();
        }

        scanner.Take((byte)'{');
        var all = FrameField.None;
        var wrong = FrameField.None;
        long price = 0;
        long size = 0;
        if (!scanner.Take((byte)'}'))
        {
            do
            {
                if (!scanner.TakeString(out var from, out var to) || !scanner.Take((byte)':'))
                    return false;
                var part = FrameFields.Find(scanner.Slice(from, to));
                all |= part;
                var isRead = part switch
                {
                    FrameField.Price => ReadLevelPrice(ref scanner, ref wrong, out price),
                    FrameField.Size => ReadSize(ref scanner, ref wrong, out size),
                    _ => SkipOther(ref scanner, part, scanner.Slice(from, to)),
                };
                if (!isRead)
                    return false;
            }
            while (scanner.Take((byte)','));
            if (!scanner.Take((byte)'}'))
                return false;
        }

        const FrameField Both = FrameField.Price | FrameField.Size;
        if ((all & Both) == Both && wrong == FrameField.None)
        {
            AddLevel(new(Price.FromMicros(price), Quantity.FromMicros(size)));
            return true;
        }

        seen.Bad |= field;
        seen.BadInside |= wrong;
        return true;
    }
}
