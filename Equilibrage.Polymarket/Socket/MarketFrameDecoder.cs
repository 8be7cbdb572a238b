using System.Runtime.InteropServices;
using Equilibrage.Core.Books;

namespace Equilibrage.Polymarket.Socket;

/// <summary>
/// Reads market-channel frames, one object or an array of them, keys in any order, the discriminator anywhere. A frame
/// is judged as a whole before anything of it is handed out: what is malformed is refused with a counted reason.
/// Unknown fields and event types are passed over and counted. Once its lists have grown to the size of the frames it
/// allocates nothing. Not for two threads at once.
/// </summary>
/// <param name="tokens">The tokens that are followed; others are read and marked -1.</param>
/// <param name="largestFrame">Bytes that a frame may have.</param>
public sealed partial class MarketFrameDecoder(Utf8Table tokens, int largestFrame = MarketFrameDecoder.LargestFrame)
{
    /// <summary>The usual limit: whole books of 200 tokens with finest grids stay far below.</summary>
    public const int LargestFrame = 16 * 1024 * 1024;

    private static readonly int Reasons = Enum.GetValues<FrameRefusal>().Length;

    private readonly long[] refusals = new long[Reasons];
    private MarketEvent[] events = new MarketEvent[16];
    private LevelChange[] changes = new LevelChange[64];
    private Level[] levels = new Level[512];
    private int eventCount;
    private int changeCount;
    private int levelCount;

    /// <summary>The events of the last frame, in its order.</summary>
    public ReadOnlySpan<MarketEvent> Events => events.AsSpan(0, eventCount);

    /// <summary>Frames that were accepted.</summary>
    public long Accepted { get; private set; }

    /// <summary>Fields of names that are not known.</summary>
    public NameTally UnknownFields { get; } = new();

    /// <summary>Events of types that are not known.</summary>
    public NameTally UnknownEvents { get; } = new();

    /// <summary>The levels of a piece of an event, in the order of the frame.</summary>
    public ReadOnlySpan<Level> Levels(Piece piece) => levels.AsSpan(piece.Start, piece.End - piece.Start);

    /// <summary>The changes of an event, in the order of the frame.</summary>
    public ReadOnlySpan<LevelChange> Changes(in MarketEvent change) =>
        changes.AsSpan(change.Changes.Start, change.Changes.End - change.Changes.Start);

    internal Span<MarketEvent> EventsToApply => events.AsSpan(0, eventCount);

    internal Span<LevelChange> ChangesToApply(in MarketEvent change) =>
        changes.AsSpan(change.Changes.Start, change.Changes.End - change.Changes.Start);

    /// <summary>How many frames were refused for a reason.</summary>
    public long Refused(FrameRefusal reason) => refusals[(int)reason];

    /// <summary>Reads a frame; a refused one has no events.</summary>
    public FrameRefusal Decode(ReadOnlySpan<byte> frame) => Decode(frame, MarketEventKind.Unknown);

    /// <summary>
    /// Reads the body of a REST book, or of an array of them: the same fields without an event type.
    /// </summary>
    public FrameRefusal DecodeBooks(ReadOnlySpan<byte> body) => Decode(body, MarketEventKind.Book);

    private FrameRefusal Decode(ReadOnlySpan<byte> frame, MarketEventKind unnamed)
    {
        (eventCount, changeCount, levelCount) = (0, 0, 0);
        var refusal = frame.Length > largestFrame ? FrameRefusal.TooLarge : Read(frame, unnamed);
        if (refusal == FrameRefusal.None)
        {
            Accepted++;
            return refusal;
        }

        refusals[(int)refusal]++;
        (eventCount, changeCount, levelCount) = (0, 0, 0);
        return refusal;
    }

    private FrameRefusal Read(ReadOnlySpan<byte> frame, MarketEventKind unnamed)
    {
        var scanner = new FrameScanner(frame);
        FrameRefusal refusal;
        if (scanner.Take((byte)'{'))
            refusal = ReadEvent(ref scanner, unnamed);
        else if (scanner.Take((byte)'['))
            refusal = ReadEvents(ref scanner, unnamed);
        else
            return ReadText(frame);
        return refusal == FrameRefusal.None && !scanner.IsAtEnd() ? FrameRefusal.Malformed : refusal;
    }

    private FrameRefusal ReadText(ReadOnlySpan<byte> frame)
    {
        if (frame.SequenceEqual("PONG"u8))
            AddEvent().Kind = MarketEventKind.Pong;
        else if (frame.SequenceEqual("NO NEW ASSETS"u8))
            AddEvent().Kind = MarketEventKind.NoNewAssets;
        else if (!frame.IsEmpty)
            return FrameRefusal.UnknownText;
        return FrameRefusal.None;
    }

    private FrameRefusal ReadEvents(ref FrameScanner scanner, MarketEventKind unnamed)
    {
        if (scanner.Take((byte)']'))
            return FrameRefusal.None;
        do
        {
            if (!scanner.Take((byte)'{'))
                return FrameRefusal.Malformed;
            var refusal = ReadEvent(ref scanner, unnamed);
            if (refusal != FrameRefusal.None)
                return refusal;
        }
        while (scanner.Take((byte)','));

        return scanner.Take((byte)']') ? FrameRefusal.None : FrameRefusal.Malformed;
    }

    private ref MarketEvent AddEvent()
    {
        if (eventCount == events.Length)
            Array.Resize(ref events, eventCount * 2);
        ref var added = ref events[eventCount++];
        added = default;
        (added.Token, added.TickMicros) = (-1, MarketEvent.NotTold);
        (added.BestBidMicros, added.BestAskMicros) = (MarketEvent.NotTold, MarketEvent.NotTold);
        return ref added;
    }

    private ref LevelChange AddChange()
    {
        if (changeCount == changes.Length)
            Array.Resize(ref changes, changeCount * 2);
        ref var added = ref changes[changeCount++];
        added = default;
        added.Token = -1;
        (added.BestBidMicros, added.BestAskMicros) = (MarketEvent.NotTold, MarketEvent.NotTold);
        return ref added;
    }

    private void AddLevel(Level level)
    {
        if (levelCount == levels.Length)
            Array.Resize(ref levels, levelCount * 2);
        levels[levelCount++] = level;
    }

    private static ulong FirstWord(ReadOnlySpan<byte> text) =>
        text.Length >= sizeof(ulong) ? MemoryMarshal.Read<ulong>(text) : 0;
}
