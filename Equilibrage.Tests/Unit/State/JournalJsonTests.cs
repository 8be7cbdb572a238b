using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Equilibrage.Core.Accounting;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;
using Equilibrage.Tests.Support.Trading;

namespace Equilibrage.Tests.Unit.State;

/// <summary>Every kind of record can be read back; a new kind without an example here fails.</summary>
[Trait("Tier", "Unit")]
public sealed partial class JournalJsonTests
{
    private static readonly PositionId Position = new("p");
    private static readonly ClientOrderId Order = new("o");

    public static TheoryData<Type> Kinds =>
        [.. typeof(EngineOutput).GetCustomAttributes(typeof(JsonDerivedTypeAttribute), false)
            .Cast<JsonDerivedTypeAttribute>().Select(kind => kind.DerivedType)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Output_OfEveryKind_IsReadBackTheSame(Type kind)
    {
        var examples = Examples().Where(output => output.GetType() == kind).ToList();
        Assert.NotEmpty(examples);

        foreach (var example in examples)
        {
            var text = JournalJson.Write(example);
            var back = JournalJson.ReadOutput(text);

            Assert.IsType(kind, back);
            Assert.Equal(text, JournalJson.Write(back));
            // A record prints every public property, so this also sees what the JSON leaves out.
            Assert.Equal(Printed(example), Printed(back));
        }
    }

    [Fact]
    public void Kinds_AreAllTheNestedTypes_UnderUniqueNames()
    {
        var nested = typeof(EngineOutput).GetNestedTypes().Where(type => type.IsSubclassOf(typeof(EngineOutput)));
        var names = typeof(EngineOutput).GetCustomAttributes(typeof(JsonDerivedTypeAttribute), false)
            .Cast<JsonDerivedTypeAttribute>().Select(kind => kind.TypeDiscriminator).ToList();

        Assert.Equal(nested.Count(), Kinds.Count);
        Assert.Equal(names.Count, names.Distinct().Count());
    }

    [Fact]
    public void Order_JournalledBeforeItCarriedTickSpendAndDate_IsReadWithTheirDefaults()
    {
        const string Old = """
            {"kind":"order_submitted","order":{"command":{"clientOrderId":"c","accountId":"a","strategyId":"s",
            "positionId":"p","marketId":"m","tokenId":"1","outcome":"Yes","side":"Buy","limit":0.5,"quantity":10,
            "type":"Fak","isPostOnly":false,"salt":7,"timestampMs":1790000000000},"venueOrderId":"0x01"}}
            """;

        var command = Assert.IsType<EngineOutput.OrderSubmitted>(JournalJson.ReadOutput(Old)).Order.Command;

        Assert.Equal(
            (TickSize.Cent, false, (Usdc?)null, (DateTimeOffset?)null),
            (command.Tick, command.IsNegRisk, command.Spend, command.ExpiresAt));
    }

    [Theory]
    [InlineData("{\"kind\":\"unheard_of\"}")]
    [InlineData("null")]
    public void Output_NotAKnownKind_IsRefused(string payload) =>
        Assert.Throws<JsonException>(() => JournalJson.ReadOutput(payload));

    [Theory]
    [InlineData("0.0000001")]
    [InlineData("\"0.5\"")]
    [InlineData("2")]
    public void Price_NotExact_IsRefused(string json) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Price>(json, JournalJson.Options));

    // A list prints the name of its type, which is none of the payload.
    private static string Printed(EngineOutput output) => Lists().Replace(output.ToString(), "= list");

    [GeneratedRegex(@"= (<>z__ReadOnly|System\.Collections)\S*", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Lists();

    private static IEnumerable<EngineOutput> Examples()
    {
        var bench = new EngineBench(rateMicros: 50_000);
        var held = bench.EnterEven();
        var order = bench.State.Orders.Values.First();
        var fill = order.Fills[0];
        var resolution = new Resolution(bench.Market.Id, Price.One, ResolutionKind.Disputed, MarketBuilder.Start);
        var release = Entries.Release("rest", Order, Position, Usdc.FromDecimal(1));
        return
        [
            new EngineOutput.AccountOpened(EngineBench.Account, Entries.Deposit("capital", Usdc.FromDecimal(1000))),
            new EngineOutput.SettingsChanged(new() { Exit = new() { StopLossYesPercent = 12.5m } }),
            new EngineOutput.CommandAnswered("c", null, new(DenyReason.PriceBand, "0.71 is outside 0.35-0.65")),
            new EngineOutput.CommandAnswered("c", Position, null),
            new EngineOutput.PositionOpened(held with { Resolution = resolution }, bench.Market, "score 8"),
            new EngineOutput.PositionMoved(Position, PositionState.Active, PositionState.Liquidating, "fell"),
            new EngineOutput.ExitBegun(
                Position, Outcome.No, ExitReason.Divergence, Price.FromDecimal(0.34m), 0.339999m, 0.5m, 0.35m),
            new EngineOutput.ExitBegun(Position, Outcome.Yes, ExitReason.Manual, null, null, null, null),
            new EngineOutput.LegExited(Position, Outcome.No, ExitReason.StopLoss),
            new EngineOutput.OrderSubmitted(
                order.Prepared, ExitReason.Time, Entries.Reserve(Order, Position, Usdc.FromDecimal(50))),
            new EngineOutput.OrderSubmitted(order.Prepared, null, null),
            new EngineOutput.OrderSubmitted(
                order.Prepared with
                {
                    Command = order.Command with
                    {
                        Type = OrderType.Gtd, Tick = TickSize.FromMicros(100), IsNegRisk = true,
                        Spend = Usdc.FromDecimal(12.34m), ExpiresAt = DateTimeOffset.FromUnixTimeSeconds(1_790_000_180),
                    },
                },
                null, null),
            new EngineOutput.OrderUpdated(Order, Position, OrderStatus.Canceled, "the rest could not be had", release),
            new EngineOutput.FillBooked(Order, Position, Outcome.Yes, fill, Entries.Buy(fill, Position), release),
            new EngineOutput.TradeSettled(fill.TradeId, Position, false),
            new EngineOutput.MarketResolved(resolution),
            new EngineOutput.LegSettled(
                Position, Outcome.Yes, Entries.Settle(Position, held.Yes, Usdc.FromDecimal(98)), Usdc.FromDecimal(98)),
            new EngineOutput.RedemptionRequested(bench.Market.Id),
            new EngineOutput.RedemptionBooked(bench.Market.Id, [Entries.Redeem(Position, held.Yes)]),
            new EngineOutput.OrderUpdated(Order, Position, OrderStatus.Unknown, "no answer", null)
            {
                From = OrderStatus.Submitted, Cause = OrderCause.NoAnswer,
            },
            .. MoneyExamples(bench, held, fill),
            .. RiskExamples(),
        ];
    }

    private static IEnumerable<EngineOutput> MoneyExamples(
        EngineBench bench, Core.Accounting.Position held, Fill fill) =>
    [
        new EngineOutput.PairRequested(
            new(new("pairs"), ChainOperationKind.Split, bench.Market.Id, Position, Quantity.FromDecimal(90.5m)),
            "both asks cost 92, a split costs 90.5", Price.FromDecimal(0.495m),
            Entries.ReserveSplit(new("pairs"), Position, Usdc.FromDecimal(90.5m))),
        new EngineOutput.PairBooked(
            new("pairs"), Position,
            Entries.Merge(
                new("pairs"), Position, held.Yes.TokenId, held.No.TokenId, Quantity.FromDecimal(1.000001m),
                Usdc.FromDecimal(0.99m)),
            null, ChainOperationKind.Merge, Quantity.FromDecimal(1.000001m), Price.FromDecimal(0.5m), "0xab"),
        new EngineOutput.PairFailed(
            new("pairs"), Position, "call blocked",
            Entries.ReleaseSplit(new("pairs"), Position, Usdc.FromDecimal(90.5m))),
        new EngineOutput.OneLegDecided(
            Position, new(true, MarketBuilder.Start, Price.FromDecimal(0.5m), Price.Zero), 1.025m,
            Usdc.FromDecimal(2.5m), Usdc.FromDecimal(3.1m), "chase", true),
        new EngineOutput.OneLegEnded(Position, false, Usdc.FromDecimal(3.1m)),
        new EngineOutput.CancelRequested(Order, Position, "the one-leg timer ran out"),
        new EngineOutput.CancelRefused(Order, Position, "it is delayed"),
        new EngineOutput.IncidentRaised("account differs", "cash: ours 1, venue 2"),
        new EngineOutput.PermissionChanged(OrderPermission.ExitsOnly, "the arming expired"),
        new EngineOutput.IncidentRaised(
            "cash differs", "ours 1, venue 2", new("cash-7"), IncidentKind.Cash, bench.Market.Id,
            new(Asset.Usdc, 1_000_000, 2_000_000)),
        new EngineOutput.SharesMoved(
            Position, Outcome.No, -1_000_000,
            Entries.Move("hand-over:x", Position, bench.Market.TokenNo, -1_000_000, Usdc.FromDecimal(-0.5m)),
            "the user sold them"),
        new EngineOutput.ExternalBooked(
            "trade:1:0x2", ActivityKind.Trade,
            Entries.External(
                "external:1", Usdc.FromDecimal(-4),
                new Dictionary<TokenId, long> { [bench.Market.TokenYes] = 10_000_000 }),
            bench.Market.Id),
        new EngineOutput.ExternalBooked(null, null, Entries.Deposit("d", Usdc.FromDecimal(5)), null),
        new EngineOutput.ActivityRead(MarketBuilder.Start),
        new EngineOutput.LookUpRequested(Order, Position, fill.TradeId),
        new EngineOutput.RedemptionBooked(bench.Market.Id, [Entries.Redeem(Position, held.No)])
        {
            TransactionHash = "0x01",
        },
        new EngineOutput.IncidentClosed(new("cash-7"), "the difference is gone"),
    ];

    private static IEnumerable<EngineOutput> RiskExamples() =>
    [
        new EngineOutput.Halted(HaltCause.DailyLoss, "the day lost 200 dollars"),
        new EngineOutput.HaltAcknowledged(3),
        new EngineOutput.Resumed("resumed by the operator"),
        new EngineOutput.DayBegan(new(2026, 3, 12), Usdc.FromDecimal(987.65m)),
        new EngineOutput.PeakReached(Usdc.FromDecimal(1234.5m)),
        new EngineOutput.CallJudged(new("0xm"), Position, Order, CallFault.Slow, false, false, "7 s"),
        new EngineOutput.CallJudged(new("0xm"), Position, Order, null, true, false, null),
    ];
}
