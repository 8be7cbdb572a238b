using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.State;

/// <content>Markets that have ended, for as long as a position of theirs is remembered.</content>
public sealed partial class EngineState
{
    // How often the claims of each were redeemed.
    private readonly Dictionary<MarketId, int> ended = [];

    /// <summary>True when a market's end is journalled; it ends once, however often it is told.</summary>
    public bool HasEnded(MarketId market) => ended.ContainsKey(market);

    /// <summary>The redemption of what a market owes us now.</summary>
    public ChainOperation RedemptionOf(MarketId market) =>
        ChainOperation.Redemption(market, ended.GetValueOrDefault(market));

    private void End(EngineOutput.MarketResolved resolved)
    {
        resolutions[resolved.Resolution.MarketId] = resolved.Resolution;
        ended.TryAdd(resolved.Resolution.MarketId, 0);
    }

    // What is heard of after the market paid has a payout of its own.
    private void AwaitPayout(PositionId id)
    {
        if (positions[id] is { Resolution: { } resolution })
            resolutions.TryAdd(resolution.MarketId, resolution);
    }

    private void DropEnding(MarketId market)
    {
        var isKept = positions.Values.Any(position => position.MarketId == market)
            || past.Values.Any(known => known.Position.MarketId == market);
        if (!isKept)
            ended.Remove(market);
    }
}
