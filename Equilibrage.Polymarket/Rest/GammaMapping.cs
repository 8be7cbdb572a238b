using System.Diagnostics.CodeAnalysis;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Polymarket.Rest;

/// <summary>Turns what Gamma says into a market, or into the reason why it is none.</summary>
public static class GammaMapping
{
    private const int ConditionIdLength = 66;
    private const int LongestToken = 78;

    /// <summary>
    /// The market of a line; false names the first reason against it. Dates are not judged against any clock here.
    /// Where the line names no fee schedule, today's rate of the category stands in, marked as assumed.
    /// </summary>
    public static bool TryMap(
        GammaMarket wire, [NotNullWhen(true)] out Market? market, [NotNullWhen(false)] out SkipReason? reason)
    {
        ArgumentNullException.ThrowIfNull(wire);
        reason = Refuse(wire);
        market = null;
        if (reason is not null)
            return false;
        var category = MarketCategory.Of(wire);
        market = new()
        {
            Id = new(wire.ConditionId!),
            Question = wire.Question!,
            Slug = wire.Slug ?? "",
            Category = category,
            GroupId = wire.EventId,
            GroupTitle = wire.EventTitle,
            TokenYes = new(wire.TokenYes!),
            TokenNo = new(wire.TokenNo!),
            NameYes = wire.NameYes!,
            NameNo = wire.NameNo!,
            TickSize = TickSize.FromMicros(wire.TickMicros!.Value),
            MinimumOrderSize = Quantity.FromMicros(wire.MinimumSizeMicros!.Value),
            IsNegRisk = wire.NegRisk ?? false,
            Fees = Fees(wire, category),
            EventStart = wire.GameStartTime ?? wire.EventStartTime,
            ExpectedEnd = wire.EndDate!.Value,
        };
        return true;
    }

    /// <summary>The best bid, Gamma's ways of writing "none" aside.</summary>
    public static Price? Bid(GammaMarket wire)
    {
        ArgumentNullException.ThrowIfNull(wire);
        return Inner(wire.BestBid);
    }

    /// <summary>The best ask, Gamma's ways of writing "none" aside.</summary>
    public static Price? Ask(GammaMarket wire)
    {
        ArgumentNullException.ThrowIfNull(wire);
        return Inner(wire.BestAsk);
    }

    /// <summary>
    /// The fees of a line; where it names no schedule, today's rate of the category stands in, marked as assumed.
    /// </summary>
    public static FeeSchedule FeesOf(GammaMarket wire)
    {
        ArgumentNullException.ThrowIfNull(wire);
        return Fees(wire, MarketCategory.Of(wire));
    }

    private static SkipReason? Refuse(GammaMarket wire)
    {
        if (!IsConditionId(wire.ConditionId))
            return SkipReason.NoConditionId;
        if (string.IsNullOrWhiteSpace(wire.Question))
            return SkipReason.NoQuestion;
        if (wire.OutcomeCount != 2 || string.IsNullOrWhiteSpace(wire.NameYes) || string.IsNullOrWhiteSpace(wire.NameNo))
            return SkipReason.WrongOutcomeCount;
        if (wire.TokenCount != 2 || !IsToken(wire.TokenYes) || !IsToken(wire.TokenNo) || wire.TokenYes == wire.TokenNo)
            return SkipReason.NoTokens;
        if (wire.Closed == true)
            return SkipReason.Closed;
        if (wire.Active == false || wire.Archived == true)
            return SkipReason.Inactive;
        if (wire.EnableOrderBook != true)
            return SkipReason.NoOrderBook;
        if (wire.AcceptingOrders != true)
            return SkipReason.NotAcceptingOrders;
        if (wire.TickMicros is not { } tick || !TickSize.TryFromMicros(tick, out _))
            return SkipReason.UnknownTick;
        if (wire.MinimumSizeMicros is not > 0)
            return SkipReason.NoMinimumSize;
        if (wire.EndDate is null)
            return SkipReason.NoEndDate;
        return Bid(wire) is null && Ask(wire) is null && Inner(wire.PriceYes) is null ? SkipReason.NoPrice : null;
    }

    private static FeeSchedule Fees(GammaMarket wire, string category)
    {
        // Another exponent is another curve, which nothing here could compute.
        var isLinear = wire.FeeExponentMicros is null or Micros.PerUnit;
        if (wire.FeeRateMicros is { } rate and >= 0 and <= Micros.PerUnit && isLinear)
            return wire.FeesEnabled == false ? FeeSchedule.Free : new(rate, IsAssumed: false);
        return new(MarketCategory.AssumedRateMicros(category), IsAssumed: true);
    }

    private static Price? Inner(Price? price) =>
        price is { } value && value > Price.Zero && value < Price.One ? value : null;

    private static bool IsConditionId([NotNullWhen(true)] string? text) =>
        text?.Length == ConditionIdLength && text.StartsWith("0x", StringComparison.Ordinal)
        && !text.AsSpan(2).ContainsAnyExcept("0123456789abcdefABCDEF");

    private static bool IsToken([NotNullWhen(true)] string? text) =>
        text is { Length: > 0 and <= LongestToken } && !text.AsSpan().ContainsAnyExceptInRange('0', '9');
}
