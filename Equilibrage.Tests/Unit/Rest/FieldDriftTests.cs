using Equilibrage.Polymarket.Rest;

namespace Equilibrage.Tests.Unit.Rest;

[Trait("Tier", "Unit")]
public sealed class FieldDriftTests
{
    private readonly FieldDrift drift = new();

    [Fact]
    public void Inspect_KnownAnswer_CountsNothing()
    {
        drift.Inspect("""{"version":2}"""u8, PolymarketJson.Wire.VersionReply);

        Assert.Empty(drift.Counts);
    }

    [Fact]
    public void Inspect_NewMissingAndChangedFields_AreNamed()
    {
        drift.Inspect(
            """
            {"limit":100,"count":2,"next_cursor":["x"],"data":[
              {"id":"1","novel":{"deep":[1]},"taker_order_id":"o","maker_orders":[{"order_id":"m","price":{"a":1}}]}]}
            """u8,
            PolymarketJson.Wire.CursorPageClobTrade);

        var counted = drift.Counts.Select(pair => pair.Key).ToList();
        Assert.Contains(new DriftedField("ClobTrade", "novel", DriftKind.Unknown), counted);
        Assert.Contains(new DriftedField("ClobTrade", "size", DriftKind.Missing), counted);
        Assert.Contains(new DriftedField("MakerOrder", "price", DriftKind.Changed), counted);
        Assert.Contains(new DriftedField("MakerOrder", "matched_amount", DriftKind.Missing), counted);
        Assert.Contains(counted, field => field is { Field: "next_cursor", Kind: DriftKind.Changed });
        Assert.DoesNotContain(counted, field => field is { Field: "builder_fee" } or { Field: "fee_rate_bps" });
    }

    [Fact]
    public void Look_ManyAnswersAlike_LooksAtAFew()
    {
        for (var count = 0; count < 128; count++)
            drift.Look("""{"versions":2}"""u8, PolymarketJson.Wire.VersionReply);

        Assert.Contains(drift.Counts, pair => pair is { Key.Field: "versions", Value: 5 });
    }

    [Fact]
    public void Add_Flood_IsBounded()
    {
        for (var count = 0; count < 10_000; count++)
            drift.Add("Record", $"field{count}", DriftKind.Unknown);

        Assert.True(drift.Counts.Count <= 4096);
    }
}
