using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Equilibrage.Core.Primitives;
using Equilibrage.Polymarket.Rest.Clob;
using Equilibrage.Polymarket.Rest.Data;
using Equilibrage.Polymarket.Rest.Gamma;
using Equilibrage.Polymarket.Rest.Json;

namespace Equilibrage.Polymarket.Rest;

/// <summary>
/// The wire forms of the REST services in both directions. Reading takes numbers as text and text as numbers, null and
/// empty text for nothing, and skips what it does not know; writing gives the types that the exchange documents.
/// </summary>
[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Metadata,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip,
    Converters =
    [
        typeof(WireConverter<Price, PriceText>), typeof(OptionalConverter<Price, PriceText>),
        typeof(WireConverter<Quantity, QuantityText>), typeof(OptionalConverter<Quantity, QuantityText>),
        typeof(WireConverter<Side, SideText>), typeof(OptionalConverter<Side, SideText>),
        typeof(WireConverter<decimal, DecimalNumber>), typeof(OptionalConverter<decimal, DecimalNumber>),
        typeof(WireConverter<long, LongNumber>), typeof(OptionalConverter<long, LongNumber>),
        typeof(WireConverter<int, IntNumber>), typeof(OptionalConverter<int, IntNumber>),
        typeof(WireConverter<bool, BoolLiteral>), typeof(OptionalConverter<bool, BoolLiteral>),
        typeof(WireConverter<TradeStatus, TradeStatusText>),
        typeof(WireConverter<OpenOrderStatus, OpenOrderStatusText>),
        typeof(LenientText),
    ])]
[JsonSerializable(typeof(OrderReply))]
[JsonSerializable(typeof(IReadOnlyList<OrderReply>))]
[JsonSerializable(typeof(OpenOrder))]
[JsonSerializable(typeof(OpenOrderOrNothing))]
[JsonSerializable(typeof(CursorPage<OpenOrder>))]
[JsonSerializable(typeof(ClobTrade))]
[JsonSerializable(typeof(CursorPage<ClobTrade>))]
[JsonSerializable(typeof(CancelReply))]
[JsonSerializable(typeof(CancelRequest))]
[JsonSerializable(typeof(MarketCancelRequest))]
[JsonSerializable(typeof(ScoringReply))]
[JsonSerializable(typeof(HeartbeatMessage))]
[JsonSerializable(typeof(StatusReply))]
[JsonSerializable(typeof(BalanceAllowance))]
[JsonSerializable(typeof(ApiKeyReply))]
[JsonSerializable(typeof(ApiKeysReply))]
[JsonSerializable(typeof(ReadonlyKeysReply))]
[JsonSerializable(typeof(ClosedOnlyReply))]
[JsonSerializable(typeof(GeoblockReply))]
[JsonSerializable(typeof(IReadOnlyList<NotificationRow>))]
[JsonSerializable(typeof(BuilderFeesReply))]
[JsonSerializable(typeof(ErrorReply))]
[JsonSerializable(typeof(BookReply))]
[JsonSerializable(typeof(IReadOnlyList<BookReply>))]
[JsonSerializable(typeof(IReadOnlyList<TokenRequest>))]
[JsonSerializable(typeof(PriceReply))]
[JsonSerializable(typeof(MidpointReply))]
[JsonSerializable(typeof(SpreadReply))]
[JsonSerializable(typeof(LastTradeReply))]
[JsonSerializable(typeof(IReadOnlyList<LastTradeReply>))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, Price>))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, IReadOnlyDictionary<string, Price>>))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, bool>))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
[JsonSerializable(typeof(TickSizeReply))]
[JsonSerializable(typeof(NegRiskReply))]
[JsonSerializable(typeof(FeeRateReply))]
[JsonSerializable(typeof(VersionReply))]
[JsonSerializable(typeof(PriceHistoryReply))]
[JsonSerializable(typeof(BatchHistoryRequest))]
[JsonSerializable(typeof(BatchHistoryReply))]
[JsonSerializable(typeof(ClobMarketInfo))]
[JsonSerializable(typeof(MarketByTokenReply))]
[JsonSerializable(typeof(ClobMarket))]
[JsonSerializable(typeof(CursorPage<ClobMarket>))]
[JsonSerializable(typeof(GammaMarketRecord))]
[JsonSerializable(typeof(IReadOnlyList<GammaMarketRecord>))]
[JsonSerializable(typeof(GammaMarketsPage))]
[JsonSerializable(typeof(GammaEventRecord))]
[JsonSerializable(typeof(IReadOnlyList<GammaEventRecord>))]
[JsonSerializable(typeof(GammaEventsPage))]
[JsonSerializable(typeof(GammaTag))]
[JsonSerializable(typeof(IReadOnlyList<GammaTag>))]
[JsonSerializable(typeof(GammaSeries))]
[JsonSerializable(typeof(IReadOnlyList<GammaSeries>))]
[JsonSerializable(typeof(GammaSearchReply))]
[JsonSerializable(typeof(GammaProfile))]
[JsonSerializable(typeof(DataReply<IReadOnlyList<DataPosition>>))]
[JsonSerializable(typeof(DataReply<IReadOnlyList<DataTrade>>))]
[JsonSerializable(typeof(DataReply<IReadOnlyList<DataActivity>>))]
[JsonSerializable(typeof(DataValue))]
[JsonSerializable(typeof(DataReply<IReadOnlyList<DataHolders>>))]
[JsonSerializable(typeof(DataReply<IReadOnlyList<DataResolution>>))]
[JsonSerializable(typeof(DataReply<IReadOnlyList<DataApproval>>))]
[JsonSerializable(typeof(DataReply<IReadOnlyList<DataLeader>>))]
[JsonSerializable(typeof(DataReply<IReadOnlyList<DataOpenInterest>>))]
[JsonSerializable(typeof(DataReply<IReadOnlyList<DataPnlPoint>>))]
[JsonSerializable(typeof(DataReply<DataUserStats>))]
[JsonSerializable(typeof(DataReply<JsonElement>))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(long))]
[JsonSerializable(typeof(Dictionary<string, string>))]
public sealed partial class PolymarketJson : JsonSerializerContext
{
    /// <summary>
    /// The context that writes text as it is: an escaped <c>+</c> or letter would change the bytes that are signed.
    /// </summary>
    public static PolymarketJson Wire => Holder.Instance;

    internal static JavaScriptEncoder PlainText => JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    // Apart, since it is made from the generated default, whose fields must be there first.
    private static class Holder
    {
        public static readonly PolymarketJson Instance = new(
            new JsonSerializerOptions(Default!.Options) { Encoder = PlainText, TypeInfoResolver = null });
    }
}
