using System.Globalization;
using System.Text.Json;
using Equilibrage.Core.Primitives;
using Equilibrage.Polymarket.Rest;
using Equilibrage.Sandbox.Server.Markets;

namespace Equilibrage.Sandbox.Server.Gamma;

/// <summary>Writes events and tags as Gamma does.</summary>
internal static class GammaEventWriter
{
    private const int FirstTag = 100;

    /// <summary>Writes an event with the markets that stand for it.</summary>
    public static void Write(
        Utf8JsonWriter json, EventEntry entry, IReadOnlyList<MarketEntry> markets, DateTimeOffset now,
        bool withMarkets = true)
    {
        var end = markets.Max(market => market.Market.ExpectedEnd);
        var listed = DateTimeOffset.FromUnixTimeSeconds(markets.Min(market => market.Listing.ListedAt));
        json.WriteStartObject();
        json.WriteString("id", entry.Id);
        json.WriteString("ticker", entry.Slug);
        json.WriteString("slug", entry.Slug);
        json.WriteString("title", entry.Title);
        json.WriteString("description", $"Practice markets: {entry.Title}");
        json.WriteString("startDate", GammaText.Time(listed));
        json.WriteString("creationDate", GammaText.Time(listed));
        json.WriteString("endDate", GammaText.Time(end));
        if (markets[0].Market.EventStart is { } start)
            json.WriteString("startTime", GammaText.Time(start));
        json.WriteBoolean("active", true);
        json.WriteBoolean("closed", markets.All(market => market.HasEnded));
        json.WriteBoolean("archived", false);
        json.WriteBoolean("restricted", true);
        json.WriteMicros("liquidity", markets.Sum(market => market.Listing.Seed.Liquidity.ToMicros));
        json.WriteMicros("volume24hr", markets.Sum(market => market.Listing.Seed.Volume24h.ToMicros));
        json.WriteNumber("openInterest", 0);
        json.WriteBoolean("negRisk", entry.IsNegRisk);
        json.WriteBoolean("enableNegRisk", entry.IsNegRisk);
        json.WriteBoolean("negRiskAugmented", false);
        if (entry.IsNegRisk)
            json.WriteString("negRiskMarketID", DerivedId.Hex("practice-neg-risk", entry.Id));
        json.WriteBoolean("cyom", false);
        json.WriteBoolean("showAllOutcomes", true);
        json.WriteNumber("commentCount", 0);
        if (withMarkets)
        {
            WriteTags(json, entry.Category);
            json.WriteStartArray("markets");
            foreach (var market in markets)
                GammaMarketWriter.Write(json, market, now, withEvent: false);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    /// <summary>Writes the tags of a category, as a list.</summary>
    public static void WriteTags(Utf8JsonWriter json, string category)
    {
        json.WriteStartArray("tags");
        WriteTag(json, category);
        json.WriteEndArray();
    }

    /// <summary>Writes one tag.</summary>
    public static void WriteTag(Utf8JsonWriter json, string category)
    {
        json.WriteStartObject();
        json.WriteString("id", TagId(category));
        json.WriteString("label", $"{char.ToUpperInvariant(category[0])}{category[1..]}");
        json.WriteString("slug", category);
        json.WriteEndObject();
    }

    /// <summary>The number of a category's tag, as text.</summary>
    public static string TagId(string category)
    {
        for (var i = 0; i < MarketCategory.All.Count; i++)
        {
            if (MarketCategory.All[i] == category)
                return (FirstTag + i).ToString(CultureInfo.InvariantCulture);
        }

        return "0";
    }
}
