using System.Globalization;
using Equilibrage.Core.Primitives;
using Equilibrage.Sandbox.Server.Http;
using Equilibrage.Sandbox.Server.Markets;
using Microsoft.AspNetCore.Http;

namespace Equilibrage.Sandbox.Server.Gamma;

/// <summary>What a list of markets was asked for.</summary>
internal sealed class MarketFilter
{
    private readonly List<string> ids = [];
    private readonly List<string> slugs = [];
    private readonly List<string> conditions = [];
    private readonly List<string> tokens = [];
    private string[] categories = [];
    private DateTimeOffset? endFrom;
    private DateTimeOffset? endTo;
    private decimal? leastLiquidity;
    private decimal? leastVolume;

    /// <summary>True for ended markets, which no list shows unless asked.</summary>
    public bool IsClosed { get; private init; }

    /// <summary>True for the smallest first.</summary>
    public bool IsAscending { get; private init; }

    /// <summary>True when tags are sent along.</summary>
    public bool WithTags { get; private init; }

    /// <summary>What to sort by, or null for the venue's own order.</summary>
    public Func<MarketEntry, decimal>? Order { get; private init; }

    /// <summary>Reads the query.</summary>
    public static MarketFilter Read(HttpRequest request)
    {
        var filter = new MarketFilter
        {
            IsClosed = request.Flag("closed") ?? false,
            IsAscending = request.Flag("ascending") ?? false,
            WithTags = request.Flag("include_tag") ?? false,
            Order = OrderOf(request.Text("order")),
            endFrom = Time(request, "end_date_min"),
            endTo = Time(request, "end_date_max"),
            leastLiquidity = Amount(request, "liquidity_num_min"),
            leastVolume = Amount(request, "volume_num_min"),
        };
        filter.ids.AddRange(request.Texts("id"));
        filter.slugs.AddRange(request.Texts("slug"));
        filter.conditions.AddRange(request.Texts("condition_ids"));
        filter.tokens.AddRange(request.Texts("clob_token_ids"));
        filter.categories = [.. request.Texts("tag_id")];
        return filter;
    }

    /// <summary>The markets that are named one by one, or null when the query names none.</summary>
    public IReadOnlyList<MarketEntry>? Names(MarketIndex index)
    {
        if (ids.Count + slugs.Count + conditions.Count + tokens.Count == 0)
            return null;
        return [.. ids.Select(index.ByNumber)
            .Concat(slugs.Select(index.BySlug))
            .Concat(conditions.Select(index.ByCondition))
            .Concat(tokens.Select(index.ByToken))
            .OfType<MarketEntry>().Distinct()];
    }

    /// <summary>True when a market belongs into the list.</summary>
    public bool Fits(MarketEntry entry) =>
        entry.HasEnded == IsClosed
        && (categories.Length == 0 || categories.Contains(GammaEventWriter.TagId(entry.Market.Category)))
        && !(entry.Market.ExpectedEnd < endFrom)
        && !(entry.Market.ExpectedEnd > endTo)
        && !(entry.Listing.Seed.Liquidity.ToDecimal() < leastLiquidity)
        && !(entry.Listing.Seed.Volume24h.ToDecimal() < leastVolume);

    private static Func<MarketEntry, decimal>? OrderOf(string? order) => order switch
    {
        null => null,
        "id" => entry => entry.Number,
        "volume24hr" or "volume_24hr" or "volume" or "volumeNum" or "volume_num" =>
            entry => entry.Listing.Seed.Volume24h.ToDecimal(),
        "liquidity" or "liquidityNum" or "liquidity_num" => entry => entry.Listing.Seed.Liquidity.ToDecimal(),
        "endDate" or "end_date" => entry => entry.Market.ExpectedEnd.ToUnixTimeSeconds(),
        "startDate" or "start_date" => entry => entry.Listing.ListedAt,
        _ => throw new BadRequestException(
            $"order fields are not valid: {order}", StatusCodes.Status422UnprocessableEntity),
    };

    private static DateTimeOffset? Time(HttpRequest request, string name) => request.Text(name) switch
    {
        null => null,
        { } text when DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) => time,
        _ => throw new BadRequestException(
            $"{name} must be a time such as 2026-03-11T18:00:00Z", StatusCodes.Status422UnprocessableEntity),
    };

    private static decimal? Amount(HttpRequest request, string name) => request.Text(name) switch
    {
        null => null,
        { } text when Micros.TryParse(text, out var micros) => Micros.ToDecimal(micros),
        _ => throw new BadRequestException($"{name} must be a number", StatusCodes.Status422UnprocessableEntity),
    };
}
