using System.Runtime.CompilerServices;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Polymarket.Socket;

/// <content>
/// Short cuts for the order in which the exchange writes its keys. Each step is taken when exactly the expected bytes
/// come next; at the first surprise the general way goes on from there. False = the frame is no JSON.
/// </content>
public sealed partial class MarketFrameDecoder
{
    private bool ReadUsualStart(ref FrameScanner scanner, ref MarketEvent read, ref Seen seen)
    {
        if (!scanner.TryTake("\"market\":"u8))
            return true;
        seen.All |= FrameField.Market;
        if (!ReadText(ref scanner, FrameField.Market, ref seen, out read.Market))
            return false;
        if (!scanner.TryTake(",\"price_changes\":"u8))
            return true;
        seen.All |= FrameField.Changes;
        if (!ReadChanges(ref scanner, ref seen, out read.Changes))
            return false;
        if (!scanner.TryTake(",\"timestamp\":"u8))
            return true;
        seen.All |= FrameField.Timestamp;
        if (!ReadTime(ref scanner, ref seen.Bad, out read.TimestampMs))
            return false;
        if (!scanner.TryTake(",\"event_type\":"u8))
            return true;
        seen.All |= FrameField.EventType;
        return ReadText(ref scanner, FrameField.EventType, ref seen, out seen.Type);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool ReadUsualStart(
        ref FrameScanner scanner, ref LevelChange change, ref FrameField all, ref FrameField bad)
    {
        if (!scanner.TryTake("\"asset_id\":"u8))
            return true;
        all = FrameField.Asset;
        if (!ReadToken(ref scanner, ref bad, out change.Token, out _))
            return false;
        if (!scanner.TryTake(",\"price\":"u8))
            return true;
        all |= FrameField.Price;
        if (!ReadLevelPrice(ref scanner, ref bad, out change.PriceMicros))
            return false;
        if (!scanner.TryTake(",\"size\":"u8))
            return true;
        all |= FrameField.Size;
        if (!ReadSize(ref scanner, ref bad, out change.SizeMicros))
            return false;
        if (!scanner.TryTake(",\"side\":"u8))
            return true;
        all |= FrameField.Side;
        if (!ReadSide(ref scanner, ref bad, out change.IsBid))
            return false;
        if (!scanner.TryTake(",\"hash\":"u8))
            return true;
        if (!ReadHash(ref scanner, out change.Hash))
            return false;
        if (!scanner.TryTake(",\"best_bid\":"u8))
            return true;
        if (!ReadBest(ref scanner, FrameField.BestBid, ref bad, out change.BestBidMicros))
            return false;
        return !scanner.TryTake(",\"best_ask\":"u8)
            || ReadBest(ref scanner, FrameField.BestAsk, ref bad, out change.BestAskMicros);
    }

    /// <summary>Reads one level in the usual form; false, with nothing taken, when it has another.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryReadUsualLevel(ref FrameScanner scanner)
    {
        var from = scanner.At;
        if (scanner.TryTake("{\"price\":\""u8)
            && scanner.TakeDecimalText(out var price) == DecimalForm.Value && IsLevelPrice(price)
            && scanner.TryTake(",\"size\":\""u8)
            && scanner.TakeDecimalText(out var size) == DecimalForm.Value
            && scanner.TryTake("}"u8))
        {
            AddLevel(new(Price.FromMicros(price), Quantity.FromMicros(size)));
            return true;
        }

        scanner.GoBack(from);
        return false;
    }
}
