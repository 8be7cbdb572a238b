using System.Text.Json;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Polymarket.Socket;

/// <summary>Reads the rare events of markets' lives: listings and resolutions.</summary>
public static class LifecycleFrames
{
    /// <summary>Reads one event's object; null when it lacks what the event is about.</summary>
    public static MarketMessage? Read(ReadOnlyMemory<byte> source)
    {
        using var document = JsonRead.Object(source);
        return document?.RootElement is not { } json ? null : json.Text("event_type") switch
        {
            "new_market" => ReadListing(json),
            "market_resolved" => ReadResolution(json),
            _ => null,
        };
    }

    private static MarketMessage.NewMarket? ReadListing(JsonElement json)
    {
        var tokens = json.Texts("assets_ids") is { Count: > 0 } ids ? ids : json.Texts("clob_token_ids");
        var outcomes = json.Texts("outcomes");
        var market = json.Text("condition_id") is { Length: > 0 } condition ? condition : json.Text("market");
        if (string.IsNullOrEmpty(market) || tokens.Count != 2 || outcomes.Count != 2)
            return null;
        var group = json.TryGetProperty("event_message", out var message) ? message : default;
        return new(json.TimeMs("timestamp") ?? 0)
        {
            Id = json.Text("id") ?? "",
            Market = new(market),
            Question = json.Text("question") ?? "",
            Slug = json.Text("slug") ?? "",
            Description = json.Text("description") ?? "",
            Tokens = [.. tokens.Select(token => new TokenId(token))],
            Outcomes = outcomes,
            Tags = json.Texts("tags"),
            TickSize = json.Micros("order_price_min_tick_size") is { } micros
                && TickSize.TryFromMicros(micros, out var tick) ? tick : null,
            GroupId = group.Text("id"),
            GroupTitle = group.Text("title"),
            IsActive = json.Flag("active") ?? true,
        };
    }

    private static MarketMessage.MarketResolved? ReadResolution(JsonElement json)
    {
        if (json.Text("market") is not { Length: > 0 } market)
            return null;
        return new(json.TimeMs("timestamp") ?? 0)
        {
            Id = json.Text("id") ?? "",
            Market = new(market),
            Tokens = [.. json.Texts("assets_ids").Select(token => new TokenId(token))],
            Winner = json.Text("winning_asset_id") is { Length: > 0 } winner ? new TokenId(winner) : null,
            WinningOutcome = json.Text("winning_outcome") ?? "",
            Tags = json.Texts("tags"),
        };
    }
}
