using System.Buffers;
using System.Text.Json;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Polymarket.Socket;

/// <summary>What a subscription frame does to the set of its connection.</summary>
public enum SubscriptionChange
{
    /// <summary>The first frame of a connection.</summary>
    Open,

    /// <summary>Adds on an open connection.</summary>
    Subscribe,

    /// <summary>Removes on an open connection.</summary>
    Unsubscribe,
}

/// <summary>A client's frame on the market channel.</summary>
/// <param name="Change">What it does.</param>
/// <param name="Tokens">The tokens; none, with the feature flag, asks for the events of all markets' lives.</param>
public sealed record MarketSubscription(SubscriptionChange Change, IReadOnlyList<TokenId> Tokens)
{
    /// <summary>1 = best prices only, 2 = all levels.</summary>
    public int Level { get; init; } = 2;

    /// <summary>Whether a whole book of each token is wanted first.</summary>
    public bool WantsSnapshots { get; init; } = true;

    /// <summary>Whether best prices, listings and resolutions are wanted (and a practice exchange's clock).</summary>
    public bool WantsFeatures { get; init; } = true;

    /// <summary>Writes the frame.</summary>
    public void Write(IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        output.Raw("{\"assets_ids\":["u8);
        for (var index = 0; index < Tokens.Count; index++)
        {
            if (index > 0)
                output.Raw(","u8);
            output.Quoted(Tokens[index].Value);
        }

        output.Raw(Change switch
        {
            SubscriptionChange.Open when WantsSnapshots => "],\"type\":\"market\",\"initial_dump\":true,\"level\":"u8,
            SubscriptionChange.Open => "],\"type\":\"market\",\"initial_dump\":false,\"level\":"u8,
            SubscriptionChange.Subscribe => "],\"operation\":\"subscribe\",\"level\":"u8,
            _ => "],\"operation\":\"unsubscribe\",\"level\":"u8,
        });
        output.Raw(Level == 1 ? "1"u8 : "2"u8)
            .Raw(WantsFeatures ? ",\"custom_feature_enabled\":true}"u8 : ",\"custom_feature_enabled\":false}"u8);
    }

    /// <summary>Reads a client's frame; null when it is none.</summary>
    public static MarketSubscription? Read(ReadOnlyMemory<byte> frame)
    {
        using var document = JsonRead.Object(frame);
        if (document is null)
            return null;
        var json = document.RootElement;
        if (!json.TryGetProperty("assets_ids", out var ids) || ids.ValueKind != JsonValueKind.Array)
            return null;
        SubscriptionChange? change = json.Text("operation") switch
        {
            "subscribe" => SubscriptionChange.Subscribe,
            "unsubscribe" => SubscriptionChange.Unsubscribe,
            null when json.Text("type") is null or "market" or "MARKET" or "Market" => SubscriptionChange.Open,
            _ => null,
        };
        return change is not { } known ? null : new(known, [.. json.Texts("assets_ids").Select(id => new TokenId(id))])
        {
            Level = json.Number("level") is 1 ? 1 : 2,
            WantsSnapshots = json.Flag("initial_dump") ?? true,
            WantsFeatures = json.Flag("custom_feature_enabled") ?? false,
        };
    }
}
