using Equilibrage.Core.Accounting;
using Equilibrage.Core.Audit;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;
using Equilibrage.Tests.Scenarios.Engine;
using Equilibrage.Tests.Support.Trading;

namespace Equilibrage.Tests.Unit.Audit;

/// <summary>The audit over journals in memory: broken ones, the ledger's rules, the exchange's record.</summary>
[Trait("Tier", "Unit")]
public sealed class AuditorTests
{
    private static readonly IReadOnlyDictionary<string, IReadOnlyList<StoredRow>> NoRows =
        new Dictionary<string, IReadOnlyList<StoredRow>>();

    private static readonly Quantity Thousand = Quantity.FromDecimal(1_000);

    private readonly EngineBench bench = new(rateMicros: 50_000);

    [Fact]
    public void Fold_WholeLives_AddUpByThemselves()
    {
        foreach (var lived in new[] { Scripts.WholeLife(), Scripts.FailedEntry(), Scripts.ClosedByHand() })
        {
            var found = Audit(lived.Journal).Where(difference => difference.Area is "ledger" or "journal");

            Assert.Empty(found.Select(difference => difference.Message));
        }
    }

    [Fact]
    public void Fold_RecordMissing_NamesItAndComparesNothingElse()
    {
        bench.EnterEven();
        var journal = bench.Journal.Where(record => record.Sequence != 5).ToList();

        var report = Auditor.Run(Fold(journal), NoRows, null, []);

        Assert.Equal("journal: record 5 is missing: the next one is 6", Assert.Single(report.Differences).Message);
        Assert.Contains(report.Notes, note => note.Contains("breaks off", StringComparison.Ordinal));
    }

    [Fact]
    public void Fold_RecordThatContradicts_IsNamedWithTheReason()
    {
        bench.EnterEven();
        var wrong = bench.Journal.Select(record => record.Output is EngineOutput.PositionMoved moved
            ? record with { Output = moved with { From = PositionState.Closing } }
            : record);

        var difference = Assert.Single(Audit([.. wrong]));

        Assert.Contains("contradicts the ones before", difference.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fold_SameOrderTwice_IsSaidOnceMore()
    {
        bench.EnterEven();
        var sent = bench.Journal.First(record => record.Output is EngineOutput.OrderSubmitted);
        var again = sent with { Sequence = bench.Journal[^1].Sequence + 1 };

        Assert.Contains(Audit([.. bench.Journal, again]), difference => difference.What == "sent");
    }

    [Fact]
    public void Fold_EntryOffByOneMicro_IsNamedWithItsAsset()
    {
        bench.EnterEven();
        var wrong = bench.Journal.Select(record => record.Output is EngineOutput.FillBooked booked
            ? record with { Output = booked with { Entry = OffByOne(booked.Entry) } }
            : record);

        Assert.Contains(Audit([.. wrong]), difference =>
            difference is { Area: "ledger", What: "balance", Expected: "0", Found: "0.000001" });
    }

    [Fact]
    public void Fold_RedemptionThatBooksProfit_IsRefused()
    {
        var journal = Scripts.WholeLife().Journal.Select(record =>
            record.Output is EngineOutput.RedemptionBooked { Entries: [var entry, ..] } booked
                ? record with { Output = booked with { Entries = [WithProfit(entry), .. booked.Entries.Skip(1)] } }
                : record);

        Assert.Contains(Audit([.. journal]), difference =>
            difference.What == "redemption"
            && difference.Message.EndsWith("it may move cash only", StringComparison.Ordinal));
    }

    [Fact]
    public void Fold_LegThatOwnsMoreThanTheLedger_DiffersInLots()
    {
        bench.EnterEven();
        var wrong = bench.Journal.Select(record => record.Output is EngineOutput.FillBooked booked
            ? record with { Output = booked with { Fill = booked.Fill with { Quantity = Thousand } } }
            : record);

        Assert.Contains(Audit([.. wrong]), difference => difference.What == "lots");
    }

    [Fact]
    public void Exchange_EqualBooks_HaveNoDifference()
    {
        bench.EnterEven();

        Assert.Empty(Against(Theirs()));
    }

    [Fact]
    public void Exchange_TradeOnItsWay_IsAllowedFor()
    {
        bench.QuoteEven();
        bench.Enter();
        var before = bench.State.Ledger.Cash;
        bench.Answer();
        var fill = bench.State.Orders.Values.First().Fills.Single();

        // Matched, not mined: the exchange's cash has not moved. The order of the second leg is being sent.
        var theirs = new ExchangeRecord(
            "test", before, new Dictionary<TokenId, Quantity>(), new HashSet<VenueOrderId>(),
            [new(fill, ExchangeTradeStage.OnItsWay)]);

        Assert.Empty(Against(theirs));
        var mined = theirs with { Trades = [new(fill, ExchangeTradeStage.Moved)] };
        Assert.Contains(Against(mined), difference => difference.Where == "cash");
    }

    [Theory]
    [InlineData("cash")]
    [InlineData("token")]
    [InlineData("order")]
    [InlineData("trade")]
    public void Exchange_OneThingApart_IsThatDifferenceWithBothNumbers(string what)
    {
        bench.EnterEven();
        var theirs = Theirs();
        var token = theirs.Tokens.Keys.First();
        var wrong = what switch
        {
            "cash" => theirs with { Cash = theirs.Cash + Usdc.FromMicros(1) },
            "token" => theirs with
            {
                Tokens = theirs.Tokens.ToDictionary(
                    held => held.Key, held => held.Key == token ? held.Value + Quantity.FromMicros(1) : held.Value),
            },
            "order" => theirs with { OpenOrders = new HashSet<VenueOrderId> { new("0xstranger") } },
            _ => theirs with { Trades = [.. theirs.Trades!.Skip(1)] },
        };

        var difference = Assert.Single(Against(wrong));

        Assert.StartsWith(what, difference.Where, StringComparison.Ordinal);
        Assert.NotEqual(difference.Expected, difference.Found);
    }

    [Fact]
    public void Exchange_TradeThatFailedThere_ContradictsAConfirmedOne()
    {
        bench.EnterEven();
        var theirs = Theirs();
        var wrong = theirs with
        {
            Trades = [theirs.Trades![0] with { Stage = ExchangeTradeStage.Failed }, .. theirs.Trades.Skip(1)],
        };

        Assert.Equal("settlement", Assert.Single(Against(wrong)).What);
    }

    private static IReadOnlyList<AuditDifference> Audit(IReadOnlyList<JournalRecord> journal) =>
        Auditor.Run(Fold(journal), NoRows, null, []).Differences
            .Where(difference => difference.Area is "journal" or "ledger").ToList();

    private static JournalFold Fold(IEnumerable<JournalRecord> journal)
    {
        var fold = new JournalFold(EngineBench.Account);
        foreach (var record in journal)
            fold.Add(record);
        return fold;
    }

    private static Entry OffByOne(Entry entry) => entry with
    {
        Postings = [entry.Postings[0] with { Micros = entry.Postings[0].Micros + 1 }, .. entry.Postings.Skip(1)],
    };

    private static Entry WithProfit(Entry entry) => entry with
    {
        Postings =
        [
            .. entry.Postings, new(LedgerAccount.RealizedPnl, Asset.Usdc, -5), new(LedgerAccount.Cash, Asset.Usdc, 5),
        ],
    };

    private IEnumerable<AuditDifference> Against(ExchangeRecord exchange) =>
        Auditor.Run(Fold(bench.Journal), NoRows, exchange, []).Differences
            .Where(difference => difference.Area == "exchange");

    private ExchangeRecord Theirs() => new(
        "test", bench.State.Ledger.Cash,
        bench.State.Ledger.AllHoldings().ToDictionary(held => held.Key, held => held.Value),
        new HashSet<VenueOrderId>(),
        [.. bench.State.Orders.Values.SelectMany(order => order.Fills)
            .Select(fill => new ExchangeTrade(fill, ExchangeTradeStage.Final))]);
}
