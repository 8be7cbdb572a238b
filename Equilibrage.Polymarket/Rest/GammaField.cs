namespace Equilibrage.Polymarket.Rest;

/// <summary>The properties of a Gamma market that are read; all others are skipped unread.</summary>
internal enum GammaField
{
    Unread,
    Tags,
    Slug,
    Active,
    Closed,
    Events,
    EndDate,
    NegRisk,
    BestBid,
    BestAsk,
    FeeType,
    Question,
    Outcomes,
    Archived,
    Category,
    UpdatedAt,
    Liquidity,
    Volume24h,
    ConditionId,
    FeeSchedule,
    FeesEnabled,
    ClobTokenIds,
    OrderMinSize,
    OutcomePrices,
    GameStartTime,
    EventStartTime,
    AcceptingOrders,
    EnableOrderBook,
    SportsMarketType,
    OrderPriceMinTickSize,
}

/// <summary>Finds a property by its name: one jump on the length, then at most five comparisons.</summary>
internal static class GammaFields
{
    public static GammaField Find(ReadOnlySpan<byte> name) => name.Length switch
    {
        4 => Is(name, "slug"u8, GammaField.Slug) | Is(name, "tags"u8, GammaField.Tags),
        6 => Is(name, "active"u8, GammaField.Active) | Is(name, "closed"u8, GammaField.Closed)
            | Is(name, "events"u8, GammaField.Events),
        7 => FindSeven(name),
        8 => Is(name, "question"u8, GammaField.Question) | Is(name, "outcomes"u8, GammaField.Outcomes)
            | Is(name, "archived"u8, GammaField.Archived) | Is(name, "category"u8, GammaField.Category),
        9 => Is(name, "updatedAt"u8, GammaField.UpdatedAt) | Is(name, "liquidity"u8, GammaField.Liquidity),
        10 => Is(name, "volume24hr"u8, GammaField.Volume24h),
        11 => Is(name, "conditionId"u8, GammaField.ConditionId) | Is(name, "feeSchedule"u8, GammaField.FeeSchedule)
            | Is(name, "feesEnabled"u8, GammaField.FeesEnabled),
        12 => Is(name, "clobTokenIds"u8, GammaField.ClobTokenIds) | Is(name, "orderMinSize"u8, GammaField.OrderMinSize)
            | Is(name, "liquidityNum"u8, GammaField.Liquidity),
        13 => Is(name, "outcomePrices"u8, GammaField.OutcomePrices)
            | Is(name, "gameStartTime"u8, GammaField.GameStartTime),
        14 => Is(name, "eventStartTime"u8, GammaField.EventStartTime),
        15 => Is(name, "acceptingOrders"u8, GammaField.AcceptingOrders)
            | Is(name, "enableOrderBook"u8, GammaField.EnableOrderBook),
        16 => Is(name, "sportsMarketType"u8, GammaField.SportsMarketType),
        21 => Is(name, "orderPriceMinTickSize"u8, GammaField.OrderPriceMinTickSize),
        _ => GammaField.Unread,
    };

    private static GammaField FindSeven(ReadOnlySpan<byte> name) =>
        Is(name, "endDate"u8, GammaField.EndDate) | Is(name, "negRisk"u8, GammaField.NegRisk)
        | Is(name, "bestBid"u8, GammaField.BestBid) | Is(name, "bestAsk"u8, GammaField.BestAsk)
        | Is(name, "feeType"u8, GammaField.FeeType);

    // Names differ, so at most one of the terms that are joined is not Unread.
    private static GammaField Is(ReadOnlySpan<byte> name, ReadOnlySpan<byte> wanted, GammaField field) =>
        name.SequenceEqual(wanted) ? field : GammaField.Unread;
}
