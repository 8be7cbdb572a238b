using Equilibrage.Core.Primitives;

namespace Equilibrage.Polymarket.Rest;

/// <summary>
/// A market as Gamma <c>/markets</c> describes it, reduced to what a trading desk uses. What a line does not name, or
/// names in a form that cannot be read, is null; nothing is defaulted and nothing is judged here. An object may be
/// filled again for the next line, so keep what it says rather than the object.
/// </summary>
public sealed class GammaMarket
{
    /// <summary>The condition id.</summary>
    public string? ConditionId { get; internal set; }

    /// <summary>The question.</summary>
    public string? Question { get; internal set; }

    /// <summary>The address part.</summary>
    public string? Slug { get; internal set; }

    /// <summary>Number of outcome names, whatever they are.</summary>
    public int OutcomeCount { get; internal set; }

    /// <summary>Name of the first outcome.</summary>
    public string? NameYes { get; internal set; }

    /// <summary>Name of the second outcome.</summary>
    public string? NameNo { get; internal set; }

    /// <summary>Number of token ids, whatever they are.</summary>
    public int TokenCount { get; internal set; }

    /// <summary>Token of the first outcome.</summary>
    public string? TokenYes { get; internal set; }

    /// <summary>Token of the second outcome.</summary>
    public string? TokenNo { get; internal set; }

    /// <summary>Displayed price of the first outcome; 0 and 1 occur once a market is decided.</summary>
    public Price? PriceYes { get; internal set; }

    /// <summary>Best bid of the first outcome; Gamma writes 0 or nothing for none.</summary>
    public Price? BestBid { get; internal set; }

    /// <summary>Best ask of the first outcome; Gamma writes 0 or 1 for none.</summary>
    public Price? BestAsk { get; internal set; }

    /// <summary>Dollars resting in both books.</summary>
    public Usdc? Liquidity { get; internal set; }

    /// <summary>Dollars traded in the last 24 hours.</summary>
    public Usdc? Volume24h { get; internal set; }

    /// <summary>Price grid in micro-dollars, as written: not yet known to be one of the venue's.</summary>
    public long? TickMicros { get; internal set; }

    /// <summary>Smallest resting order in micro-shares.</summary>
    public long? MinimumSizeMicros { get; internal set; }

    /// <summary>When the market is expected to end.</summary>
    public DateTimeOffset? EndDate { get; internal set; }

    /// <summary>When the game starts.</summary>
    public DateTimeOffset? GameStartTime { get; internal set; }

    /// <summary>When the event starts (the window of a crypto market).</summary>
    public DateTimeOffset? EventStartTime { get; internal set; }

    /// <summary>When the line was last changed.</summary>
    public DateTimeOffset? UpdatedAt { get; internal set; }

    /// <summary>Listed at all.</summary>
    public bool? Active { get; internal set; }

    /// <summary>Ended.</summary>
    public bool? Closed { get; internal set; }

    /// <summary>Put away.</summary>
    public bool? Archived { get; internal set; }

    /// <summary>Has an order book; old markets have none.</summary>
    public bool? EnableOrderBook { get; internal set; }

    /// <summary>Takes orders now.</summary>
    public bool? AcceptingOrders { get; internal set; }

    /// <summary>Belongs to a negative-risk group.</summary>
    public bool? NegRisk { get; internal set; }

    /// <summary>Charges fees.</summary>
    public bool? FeesEnabled { get; internal set; }

    /// <summary>Rate of the fee schedule in millionths; null when the market names none.</summary>
    public long? FeeRateMicros { get; internal set; }

    /// <summary>Exponent of the fee schedule in millionths; null when the market names none.</summary>
    public long? FeeExponentMicros { get; internal set; }

    /// <summary>Kind of fees, such as <c>crypto_fees</c>.</summary>
    public string? FeeType { get; internal set; }

    /// <summary>Kind of sports market, such as <c>moneyline</c>.</summary>
    public string? SportsMarketType { get; internal set; }

    /// <summary>Category in the venue's words; recent lines have none.</summary>
    public string? Category { get; internal set; }

    /// <summary>Slug of the first tag, where tags are sent along.</summary>
    public string? Tag { get; internal set; }

    /// <summary>The first event's id.</summary>
    public string? EventId { get; internal set; }

    /// <summary>The first event's title.</summary>
    public string? EventTitle { get; internal set; }

    /// <summary>The first event's slug.</summary>
    public string? EventSlug { get; internal set; }

    /// <summary>Forgets everything, so that one object serves line after line.</summary>
    internal void Clear()
    {
        ConditionId = null;
        Question = null;
        Slug = null;
        OutcomeCount = 0;
        NameYes = null;
        NameNo = null;
        TokenCount = 0;
        TokenYes = null;
        TokenNo = null;
        PriceYes = null;
        BestBid = null;
        BestAsk = null;
        Liquidity = null;
        Volume24h = null;
        TickMicros = null;
        MinimumSizeMicros = null;
        EndDate = null;
        GameStartTime = null;
        EventStartTime = null;
        UpdatedAt = null;
        Active = null;
        Closed = null;
        Archived = null;
        EnableOrderBook = null;
        AcceptingOrders = null;
        NegRisk = null;
        FeesEnabled = null;
        FeeRateMicros = null;
        FeeExponentMicros = null;
        FeeType = null;
        SportsMarketType = null;
        Category = null;
        Tag = null;
        EventId = null;
        EventTitle = null;
        EventSlug = null;
    }
}
