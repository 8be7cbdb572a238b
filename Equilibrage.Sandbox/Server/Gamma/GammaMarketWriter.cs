using System.Text.Json;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Primitives;
using Equilibrage.Sandbox.Server.Markets;

namespace Equilibrage.Sandbox.Server.Gamma;

/// <summary>Writes a market as Gamma does, numbers, strings and lists in strings as they come from there.</summary>
internal static class GammaMarketWriter
{
    private const string Resolver = "0x65070BE91477460D8A7AeEb94ef92fe056C2f2A7";
    private const string NegRiskResolver = "0x2F5e3684cb1F318ec51b00Edba38d79Ac2c0aA9d";
    private const int BaseFee = 1000;

    /// <summary>Writes one market as it stands at a market time.</summary>
    public static void Write(
        Utf8JsonWriter json, MarketEntry entry, DateTimeOffset now, bool withEvent = true, bool withTags = false)
    {
        var market = entry.Market;
        // What has ended stands still at the moment before its resolution.
        var second = entry.HasEnded
            ? Math.Min(now.ToUnixTimeSeconds(), entry.Listing.Plan.ResolvedAt - 1)
            : now.ToUnixTimeSeconds();
        var figures = PriceFigures.Of(entry.Listing, second);
        json.WriteStartObject();
        WriteIdentity(json, entry);
        WriteDates(json, entry, now);
        WriteState(json, entry);
        WriteFigures(json, entry, figures);
        json.WriteMicros("orderPriceMinTickSize", market.TickSize.ToMicros);
        json.WriteMicros("orderMinSize", market.MinimumOrderSize.ToMicros);
        WriteFees(json, market);
        if (withEvent)
        {
            json.WriteStartArray("events");
            GammaEventWriter.Write(json, entry.Event, [entry], now, withMarkets: false);
            json.WriteEndArray();
        }

        if (withTags)
            GammaEventWriter.WriteTags(json, entry.Market.Category);
        json.WriteEndObject();
    }

    /// <summary>The fee type by which Gamma tells a market's family of fees.</summary>
    public static string? FeeType(Market market) => market.Category switch
    {
        _ when market.Fees is not { RateMicros: > 0 } => null,
        "crypto" => "crypto_fees_v2",
        "sports" => "sports_fees_v2",
        _ => "general_fees_v2",
    };

    /// <summary>The share of taker fees that goes back to makers, in millionths.</summary>
    public static long RebateMicros(Market market) => market.Category switch
    {
        "crypto" => 200_000,
        "sports" => 150_000,
        _ => 250_000,
    };

    private static void WriteIdentity(Utf8JsonWriter json, MarketEntry entry)
    {
        var market = entry.Market;
        json.WriteString("id", entry.Id);
        json.WriteString("question", market.Question);
        json.WriteString("conditionId", market.Id.Value);
        json.WriteString("slug", market.Slug);
        json.WriteString("resolutionSource", "");
        json.WriteString("description", $"This practice market asks: {market.Question} Its outcome is simulated.");
        json.WriteString("groupItemTitle", market.GroupTitle is null ? "" : market.Question);
        json.WriteString("questionID", DerivedId.Hex("practice-question", market.Id.Value));
        json.WriteString("outcomes", GammaText.List(market.NameYes, market.NameNo));
        json.WriteString("clobTokenIds", GammaText.List(market.TokenYes.Value, market.TokenNo.Value));
        json.WriteString("version", "v1");
        json.WriteString("category", market.Category);
        json.WriteString("marketMakerAddress", "");
        json.WriteString("submitted_by", Resolver);
        json.WriteString("resolvedBy", market.IsNegRisk ? NegRiskResolver : Resolver);
        if (market.Category == "sports" && market.EventStart is not null)
            json.WriteString("sportsMarketType", "moneyline");
    }

    private static void WriteDates(Utf8JsonWriter json, MarketEntry entry, DateTimeOffset now)
    {
        var market = entry.Market;
        var listed = DateTimeOffset.FromUnixTimeSeconds(entry.Listing.ListedAt);
        json.WriteString("startDate", GammaText.Time(listed));
        json.WriteString("endDate", GammaText.Time(market.ExpectedEnd));
        json.WriteString("startDateIso", GammaText.Date(listed));
        json.WriteString("endDateIso", GammaText.Date(market.ExpectedEnd));
        json.WriteString("createdAt", GammaText.Time(listed));
        json.WriteString("acceptingOrdersTimestamp", GammaText.Time(listed));
        var ended = DateTimeOffset.FromUnixTimeSeconds(entry.Listing.Plan.ResolvedAt);
        json.WriteString("updatedAt", GammaText.Time(entry.HasEnded ? ended : now));
        if (market.EventStart is { } start)
        {
            if (market.Category == "sports")
                json.WriteString("gameStartTime", GammaText.GameTime(start));
            else
                json.WriteString("eventStartTime", GammaText.Time(start));
        }

        if (!entry.HasEnded)
            return;
        json.WriteString("closedTime", GammaText.GameTime(ended));
        json.WriteString("umaEndDate", GammaText.Time(ended));
    }

    private static void WriteState(Utf8JsonWriter json, MarketEntry entry)
    {
        var market = entry.Market;
        json.WriteBoolean("active", true);
        json.WriteBoolean("closed", entry.HasEnded);
        json.WriteBoolean("archived", false);
        json.WriteBoolean("acceptingOrders", !entry.HasEnded && market.IsTradable);
        json.WriteBoolean("enableOrderBook", true);
        json.WriteBoolean("restricted", true);
        json.WriteBoolean("approved", true);
        json.WriteBoolean("ready", false);
        json.WriteBoolean("funded", false);
        json.WriteBoolean("negRisk", market.IsNegRisk);
        json.WriteBoolean("negRiskOther", false);
        if (market.IsNegRisk)
            json.WriteString("negRiskMarketID", DerivedId.Hex("practice-neg-risk", entry.Event.Id));
        json.WriteBoolean("automaticallyResolved", false);
        json.WriteBoolean("clearBookOnStart", false);
        if (entry.Listing.TakerDelayMs >= 1000)
            json.WriteNumber("secondsDelay", entry.Listing.TakerDelayMs / 1000);
        json.WriteBoolean("rfqEnabled", false);
        json.WriteBoolean("holdingRewardsEnabled", false);
        json.WriteString("umaBond", "500");
        json.WriteString("umaReward", "5");
        json.WriteNumber("customLiveness", 0);
        var isDisputed = entry.HasEnded && entry.Listing.Plan.Kind == ResolutionKind.Disputed;
        json.WriteString("umaResolutionStatuses", !entry.HasEnded ? "[]"
            : isDisputed ? GammaText.List("proposed", "disputed", "proposed", "resolved")
            : GammaText.List("proposed", "resolved"));
        if (entry.HasEnded)
            json.WriteString("umaResolutionStatus", "resolved");
    }

    private static void WriteFigures(Utf8JsonWriter json, MarketEntry entry, in PriceFigures figures)
    {
        var yes = entry.HasEnded ? entry.Listing.Resolution.PayoutYes : Price.FromMicros(figures.Middle);
        json.WriteString("outcomePrices", GammaText.List($"{yes}", $"{yes.Complement}"));
        json.WriteMicrosText("volume", figures.Volume.ToMicros);
        json.WriteMicros("volumeNum", figures.Volume.ToMicros);
        json.WriteMicros("volumeClob", figures.Volume.ToMicros);
        var day = entry.HasEnded ? 0 : figures.Volume24h.ToMicros;
        json.WriteMicros("volume24hr", day);
        json.WriteMicros("volume24hrClob", day);
        var liquidity = entry.HasEnded ? 0 : entry.Listing.Seed.Liquidity.ToMicros;
        json.WriteMicrosText("liquidity", liquidity);
        json.WriteMicros("liquidityNum", liquidity);
        json.WriteMicros("liquidityClob", liquidity);
        json.WriteMicros("bestBid", entry.HasEnded ? 0 : figures.BestBid);
        json.WriteMicros("bestAsk", entry.HasEnded ? Micros.PerUnit : figures.BestAsk);
        json.WriteMicros("spread", entry.HasEnded ? Micros.PerUnit : figures.BestAsk - figures.BestBid);
        json.WriteMicros("lastTradePrice", entry.HasEnded ? yes.ToMicros : figures.Middle);
        if (figures.DayAgo is { } before)
            json.WriteMicros("oneDayPriceChange", figures.Middle - before);
        json.WriteMicros("rewardsMinSize", 0);
        json.WriteMicros("rewardsMaxSpread", 0);
    }

    private static void WriteFees(Utf8JsonWriter json, Market market)
    {
        var isCharged = market.Fees is { RateMicros: > 0 };
        json.WriteNumber("makerBaseFee", BaseFee);
        json.WriteNumber("takerBaseFee", BaseFee);
        json.WriteBoolean("feesEnabled", isCharged);
        json.WriteString("feeType", FeeType(market));
        // Also where nothing is charged, so that no client has to assume a rate.
        json.WriteStartObject("feeSchedule");
        json.WriteNumber("exponent", market.Fees!.Exponent);
        json.WriteMicros("rate", market.Fees.RateMicros);
        json.WriteBoolean("takerOnly", true);
        json.WriteMicros("rebateRate", RebateMicros(market));
        json.WriteEndObject();
    }
}
