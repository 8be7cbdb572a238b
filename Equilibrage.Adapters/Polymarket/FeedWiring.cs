using Equilibrage.Adapters.Transport;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Primitives;
using Equilibrage.Polymarket.Rest;
using Equilibrage.Polymarket.Socket;

namespace Equilibrage.Adapters.Polymarket;

/// <summary>Joins the feed with the clients that it asks.</summary>
internal static class FeedWiring
{
    /// <summary>The feed of an exchange; with a session also of its account.</summary>
    public static PolymarketFeed Open(
        ExchangeAccess access, PolymarketDirectory markets, MarketFees fees, AccountSession? session = null,
        string wallet = "", FrameRecorder? recorder = null) =>
        new(Parts(access, markets, fees, session, wallet, recorder), access.MarketClock);

    /// <summary>What such a feed is made of.</summary>
    public static FeedParts Parts(
        ExchangeAccess access, PolymarketDirectory markets, MarketFees fees, AccountSession? session = null,
        string wallet = "", FrameRecorder? recorder = null) => new()
    {
        MarketChannel = access.Options.Endpoints.MarketSocket,
        UserChannel = access.Options.Endpoints.UserSocket,
        Identify = session is null ? null : cancellation => IdentifyAsync(session, wallet, cancellation),
        FeesOf = async (market, cancellation) => (await fees.GetAsync(market, cancellation)).Value,
        Sockets = new ClientFrameSocketFactory(MarketFrameDecoder.LargestFrame),
        Books = new ClobBookReader(access.Clob),
        Find = markets.Find,
        Describe = (market, cancellation) => DescribeAsync(access.Gamma, market, cancellation),
        Record = recorder is null ? null : recorder.Record,
        Wall = access.Clock,
    };

    /// <summary>The recorder that the options want; null when they want none.</summary>
    public static FrameRecorder? Recorder(ExchangeAccess access)
    {
        var rules = new RecordingRules();
        return access.Options.RecordingFolder is { } folder
            ? new(new(folder, rules), rules, access.Clock)
            : null;
    }

    private static async Task<AccountIdentity?> IdentifyAsync(
        AccountSession session, string wallet, CancellationToken cancellation)
    {
        var opened = await session.OpenAsync(cancellation);
        return opened.Value is { Credentials: var key }
            ? new(new(key.Key, key.Secret, key.Passphrase), wallet)
            : null;
    }

    private static async Task<Market?> DescribeAsync(
        GammaClient gamma, MarketId id, CancellationToken cancellation)
    {
        Market? found = null;
        await gamma.ReadMarketsAsync(
            new() { ConditionIds = [id.Value] }, null, new(),
            wire => found = GammaMapping.TryMap(wire, out var market, out _) && market.Id == id ? market : found,
            cancellation);
        return found;
    }
}
