namespace Equilibrage.Polymarket.Socket;

/// <summary>What a market-channel event is.</summary>
public enum MarketEventKind : byte
{
    /// <summary>A type that is not known; counted and ignored.</summary>
    Unknown,

    /// <summary>A whole book.</summary>
    Book,

    /// <summary>New total sizes of levels.</summary>
    PriceChange,

    /// <summary>A public print.</summary>
    Trade,

    /// <summary>A new price grid.</summary>
    TickSizeChange,

    /// <summary>New best prices.</summary>
    BestBidAsk,

    /// <summary>A market was listed; read it with <see cref="LifecycleFrames"/>.</summary>
    NewMarket,

    /// <summary>A market ended; read it with <see cref="LifecycleFrames"/>.</summary>
    MarketResolved,

    /// <summary>A practice exchange's market time.</summary>
    PracticeClock,

    /// <summary>The text <c>PONG</c>.</summary>
    Pong,

    /// <summary>The text <c>NO NEW ASSETS</c>.</summary>
    NoNewAssets,
}

/// <summary>Why a whole frame was refused. Nothing of a refused frame is applied.</summary>
public enum FrameRefusal : byte
{
    /// <summary>Not refused.</summary>
    None,

    /// <summary>No valid JSON, or nested beyond reason.</summary>
    Malformed,

    /// <summary>A text that is neither JSON nor one of the channel's own.</summary>
    UnknownText,

    /// <summary>More bytes than a frame may have.</summary>
    TooLarge,

    /// <summary>A field that the event cannot do without is missing.</summary>
    MissingField,

    /// <summary>A price that is no decimal from 0 to 1.</summary>
    BadPrice,

    /// <summary>A size that is no decimal, or too large.</summary>
    BadSize,

    /// <summary>A side that is neither BUY nor SELL.</summary>
    BadSide,

    /// <summary>A price grid that the exchange does not have.</summary>
    BadTick,

    /// <summary>A time that is no number of milliseconds.</summary>
    BadTime,

    /// <summary>A list of levels or changes that is none.</summary>
    BadList,

    /// <summary>A text field that is something else, or too long.</summary>
    BadText,
}

/// <summary>A piece of the frame.</summary>
/// <param name="Start">Position of its first byte.</param>
/// <param name="End">Position after its last byte.</param>
public readonly record struct Piece(int Start, int End)
{
    /// <summary>True for a field that was not there.</summary>
    public bool IsEmpty => End == Start;

    /// <summary>Its bytes.</summary>
    public ReadOnlySpan<byte> Of(ReadOnlySpan<byte> frame) => frame[Start..End];
}

/// <summary>
/// One decoded event, filled in place and handed out read-only. Pieces point into the frame; what does not belong to
/// the kind has no meaning.
/// </summary>
public struct MarketEvent
{
    /// <summary>A best price or grid that the event does not tell.</summary>
    public const long NotTold = -2;

    /// <summary>A best price of a side that is empty.</summary>
    public const long EmptySide = -1;

    /// <summary>What it is.</summary>
    public MarketEventKind Kind;

    /// <summary>Number of the token in the table; -1 when it is not followed or the kind has none.</summary>
    public int Token;

    /// <summary>Market time, Unix milliseconds.</summary>
    public long TimestampMs;

    /// <summary>The condition id.</summary>
    public Piece Market;

    /// <summary>The token's text.</summary>
    public Piece Asset;

    /// <summary>The book's fingerprint.</summary>
    public Piece Hash;

    /// <summary>The event's own object.</summary>
    public Piece Source;

    /// <summary>Its levels (bids) or changes, in the decoder's list.</summary>
    public Piece Bids;

    /// <summary>Its levels (asks).</summary>
    public Piece Asks;

    /// <summary>Its changes.</summary>
    public Piece Changes;

    /// <summary>Price of a print in micro-dollars.</summary>
    public long PriceMicros;

    /// <summary>Shares of a print in micro-shares.</summary>
    public long SizeMicros;

    /// <summary>Taker side of a print.</summary>
    public bool IsBuy;

    /// <summary>The grid from now on in micro-dollars, or <see cref="NotTold"/>.</summary>
    public long TickMicros;

    /// <summary>Best bid in micro-dollars, <see cref="EmptySide"/> or <see cref="NotTold"/>.</summary>
    public long BestBidMicros;

    /// <summary>Best ask in micro-dollars, <see cref="EmptySide"/> or <see cref="NotTold"/>.</summary>
    public long BestAskMicros;

    /// <summary>
    /// Set by <see cref="MarketBooks"/> for a whole book: false when it is not followed or came before.
    /// </summary>
    public bool IsApplied;
}

/// <summary>One level's new total size, filled in place and handed out read-only.</summary>
public struct LevelChange
{
    /// <summary>Number of the token in the table; -1 when it is not followed.</summary>
    public int Token;

    /// <summary>True for the bids.</summary>
    public bool IsBid;

    /// <summary>The level in micro-dollars.</summary>
    public long PriceMicros;

    /// <summary>Its new size in micro-shares; zero removes it.</summary>
    public long SizeMicros;

    /// <summary>First bytes of the causing order's fingerprint; 0 when not told.</summary>
    public ulong Hash;

    /// <inheritdoc cref="MarketEvent.BestBidMicros"/>
    public long BestBidMicros;

    /// <inheritdoc cref="MarketEvent.BestAskMicros"/>
    public long BestAskMicros;

    /// <summary>Set by <see cref="MarketBooks"/>: false for what is not followed, came before or is too old.</summary>
    public bool IsApplied;
}
