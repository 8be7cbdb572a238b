using System.Globalization;

namespace Equilibrage.Tests.Support;

/// <summary>Gamma lines as the venue writes them, with parts to replace.</summary>
internal static class GammaLines
{
    /// <summary>
    /// A whole usable line. <paramref name="changes"/> are pairs of a text of the line and what stands there instead.
    /// </summary>
    public static string Line(int number, params (string Old, string New)[] changes)
    {
        var id = number.ToString("x64", CultureInfo.InvariantCulture);
        var line = $$$"""
            {"id":"{{{number}}}","question":"Will it rain?","conditionId":"0x{{{id}}}","slug":"will-it-rain",
            "endDate":"2026-03-20T00:00:00Z","gameStartTime":"2026-03-19 15:10:00+00","liquidity":"552626.28232",
            "description":"Say \"no\".\nOr not.","outcomes":"[\"Yes\", \"No\"]",
            "outcomePrices":"[\"0.5\", \"0.5\"]","active":true,"closed":false,"archived":false,
            "updatedAt":"2026-03-11T20:29:48.97004Z","enableOrderBook":true,"orderPriceMinTickSize":0.01,
            "orderMinSize":5,"volume24hr":72575.93854599999,"clobTokenIds":"[\"{{{number}}}1\", \"{{{number}}}2\"]",
            "acceptingOrders":true,"negRisk":true,"events":[{"id":"306","slug":"rain-in-march",
            "title":"Rain \u2013 March","markets":[{"id":"x"}]},{"id":"307"}],"bestBid":0.49,"bestAsk":0.51,
            "feesEnabled":false,"feeType":null,"unknown":{"deep":[1,{"a":null}]}}
            """.ReplaceLineEndings("");
        foreach (var (old, replacement) in changes)
        {
            Assert.Contains(old, line, StringComparison.Ordinal);
            line = line.Replace(old, replacement, StringComparison.Ordinal);
        }

        return line;
    }
}
