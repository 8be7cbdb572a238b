using Equilibrage.Adapters.Storage;
using Equilibrage.Core.Accounting;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Ports;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.Projections;
using Equilibrage.Core.State;
using Equilibrage.Tests.Support;

namespace Equilibrage.Tests.Integration.Storage;

[Trait("Tier", "Integration")]
public sealed class PostgresHistoryTests(PostgresFixture postgres) : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2026, 3, 11, 12, 0, 0, TimeSpan.Zero);
    private static readonly AccountId Account = PositionLife.Account;

    private readonly EngineState _state = new(Account);
    private TestDatabase _database = null!;
    private PostgresJournal _journal = null!;
    private PostgresHistory _history = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await postgres.CreateDatabaseAsync(nameof(PostgresHistoryTests));
        _journal = new PostgresJournal(_database.Source);
        _history = new PostgresHistory(_database.Source);
        await AppendAsync([new PositionLife(_state, "start", Start).OpenAccount()]);
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Closed_WithoutFilter_ComesLatestFirstInSlices()
    {
        await LiveAsync("rain", 0, 1m);
        await LiveAsync("snow", 1, 0m);
        await LiveAsync("wind", 2, 0.5m);

        var first = await ClosedAsync(new HistoryFilter(), 0, 2);
        var rest = await ClosedAsync(new HistoryFilter(), 2, 2);

        Assert.Equal(3, first.Total);
        Assert.Equal(["Will wind happen?", "Will snow happen?"], first.Items.Select(item => item.MarketName));
        Assert.Equal(["Will rain happen?"], rest.Items.Select(item => item.MarketName));
    }

    [Fact]
    public async Task Closed_AWholeLife_ShowsWhatTheLiveStateShowed()
    {
        var life = await LiveAsync("rain", 0, 1m);

        var stored = Assert.Single((await ClosedAsync(new HistoryFilter())).Items);

        var live = PositionViews.Make(life.Position, life.Market, (Price.One, false), (Price.Zero, false));
        Assert.Equal(StorageJson.Write(live), StorageJson.Write(stored));
        Assert.Equal(33.25m, stored.Pnl.ToDecimal());
        Assert.Equal(PositionStatus.Closed, stored.Status);
        Assert.Equal(Outcome.No, stored.LiquidatedSide);
        Assert.Equal("Down", stored.Legs[1].Name);
    }

    [Theory]
    [InlineData("rain", 1)]
    [InlineData("WILL", 3)]
    [InlineData("0xSNOW", 1)]
    [InlineData("0xsno", 0)]
    [InlineData("%", 0)]
    [InlineData("r_in", 0)]
    [InlineData("\\", 0)]
    [InlineData("'; DROP TABLE positions; --", 0)]
    public async Task Closed_ByMarket_FindsTheTextAsItIs(string text, int expected)
    {
        await LiveAsync("rain", 0, 1m);
        await LiveAsync("snow", 1, 1m);
        await LiveAsync("wind", 2, 1m);

        Assert.Equal(expected, (await ClosedAsync(new HistoryFilter(Market: text))).Total);
    }

    [Fact]
    public async Task Closed_ByOutcomeAndDate_CountsOnlyThose()
    {
        var rain = await LiveAsync("rain", 0, 1m);
        await LiveAsync("snow", 1, 0m);
        var rainClosed = rain.Position.ClosedAt!.Value;

        var wins = await ClosedAsync(new(Outcome: PositionOutcome.Win));
        var losses = await ClosedAsync(new(Outcome: PositionOutcome.Loss));
        Assert.Equal("Will rain happen?", Assert.Single(wins.Items).MarketName);
        Assert.Equal("Will snow happen?", Assert.Single(losses.Items).MarketName);
        Assert.Equal(2, (await ClosedAsync(new(From: rainClosed))).Total);
        Assert.Equal(0, (await ClosedAsync(new(To: rainClosed))).Total);
        Assert.Equal(1, (await ClosedAsync(new(To: rainClosed.AddSeconds(1)))).Total);
    }

    [Fact]
    public async Task Totals_OfAFilter_AreTheSumsOfItsSlice()
    {
        await LiveAsync("rain", 0, 1m);
        await LiveAsync("snow", 1, 0m);

        var totals = await _history.TotalsAsync(Account, new HistoryFilter(), CancellationToken.None);
        var items = (await ClosedAsync(new HistoryFilter())).Items;

        Assert.Equal(2, totals.Count);
        Assert.Equal(1, totals.Wins);
        Assert.Equal(items.Sum(item => item.Pnl.ToDecimal()), totals.Pnl.ToDecimal());
        Assert.Equal(7.5m, totals.Fees.ToDecimal());
        Assert.Equal(180m, totals.Capital.ToDecimal());
        var none = await _history.TotalsAsync(Account, new HistoryFilter(Market: "none"), CancellationToken.None);
        Assert.Equal(new HistoryTotals(0, 0, Usdc.Zero, Usdc.Zero, Usdc.Zero), none);
    }

    [Fact]
    public async Task StreamClosed_OfAFilter_IsTheWholeSlice()
    {
        await LiveAsync("rain", 0, 1m);
        await LiveAsync("snow", 1, 0m);

        var streamed = new List<PositionView>();
        await foreach (var view in _history.StreamClosedAsync(Account, new HistoryFilter(), CancellationToken.None))
            streamed.Add(view);

        var items = (await ClosedAsync(new HistoryFilter())).Items;
        Assert.Equal(items.Select(StorageJson.Write), streamed.Select(StorageJson.Write));
    }

    [Fact]
    public async Task Position_StillOpen_HasItsLastMarksAsStalePrices()
    {
        var life = new PositionLife(_state, "rain", Start);
        await AppendAsync(life.Enter());
        await AppendAsync([life.Mark(0.61m, 0.35m)]);

        var view = await _history.PositionAsync(Account, life.Id, CancellationToken.None);

        Assert.NotNull(view);
        Assert.Equal(Price.FromDecimal(0.61m), view.CurrentPriceYes);
        Assert.True(view.Legs[0].Stale);
        Assert.Equal(61m + 35m - 90m - 2.5m, view.Pnl.ToDecimal());
        Assert.Null(await _history.PositionAsync(Account, new PositionId("none"), CancellationToken.None));
        var other = new AccountId("sandbox:practice:0xother");
        Assert.Null(await _history.PositionAsync(other, life.Id, CancellationToken.None));
    }

    [Fact]
    public async Task Fills_OfAPosition_ComeInOrderWithTheReasonOfTheirOrder()
    {
        var life = await LiveAsync("rain", 0, 1m);

        var fills = await _history.FillsAsync(Account, life.Id, CancellationToken.None);

        Assert.Equal([Side.Buy, Side.Buy, Side.Sell], fills.Select(fill => fill.Side));
        Assert.Equal([null, null, ExitReason.Divergence], fills.Select(fill => fill.Reason));
        Assert.All(fills, fill => Assert.Equal(EntryStatus.Posted, fill.Settlement));
    }

    [Fact]
    public async Task Timeline_OfAPosition_HasEveryArrowOfItsLife()
    {
        var life = await LiveAsync("rain", 0, 1m);

        var timeline = await _history.TimelineAsync(Account, life.Id, CancellationToken.None);

        Assert.Equal(
            ["EnteringLeg1", "EnteringLeg2", "Active", "Liquidating", "HoldingWinner", "Closed"],
            timeline.Select(item => item.Output).OfType<EngineOutput.PositionMoved>().Select(moved => $"{moved.To}"));
        Assert.Equal("position_opened", timeline[0].Kind);
        Assert.Equal(timeline.Select(item => item.Sequence).Order(), timeline.Select(item => item.Sequence));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(60)]
    [InlineData(100)]
    public async Task MarksAndEquity_MoreThanWanted_AreThinnedAndKeepTheNewest(int points)
    {
        const int Written = 60;
        var life = new PositionLife(_state, "rain", Start);
        await AppendAsync(life.Enter());
        await AppendAsync(Enumerable.Range(1, Written).Select(step => life.Mark(0.50m + (step * 0.001m), 0.40m)));

        var marks = await _history.MarksAsync(Account, life.Id, points, CancellationToken.None);
        var equity = await _history.EquityAsync(Account, null, points, CancellationToken.None);

        Assert.InRange(marks.Count, 1, Math.Min(points, Written));
        Assert.Equal(Price.FromDecimal(0.56m), marks[^1].BidYes);
        Assert.Equal(marks.Select(mark => mark.At), equity.Select(point => point.At));
        Assert.Equal(marks.OrderBy(mark => mark.At.MarketTime), marks);
        Assert.Equal(life.Market.TokenNo, marks[0].TokenNo);
        var late = await _history.EquityAsync(Account, marks[^1].At.MarketTime, points, CancellationToken.None);
        Assert.Single(late);
    }

    [Fact]
    public async Task Decisions_OfOneMarket_ComeLatestFirstWithTheirNumbers()
    {
        var decisions = Enumerable.Range(0, 5)
            .Select(number => DecisionSamples.Make(number % 2, Start.AddHours(number)));
        await AppendAsync([new JournalBatch { Decisions = [.. decisions] }]);

        var all = await _history.DecisionsAsync(Account, null, 0, 3, CancellationToken.None);
        var one = await _history.DecisionsAsync(Account, new MarketId("0x1"), 0, 3, CancellationToken.None);

        Assert.Equal(5, all.Total);
        Assert.Equal(3, all.Items.Count);
        Assert.Equal(Start.AddHours(4), all.Items[0].At.MarketTime);
        Assert.Equal(2, one.Total);
        Assert.Equal(5.6m, one.Items[0].RawScore);
        Assert.Equal(DenyReason.PairCost, one.Items[0].Denial!.Reason);
        Assert.Equal("both asks cost 1.04, more than 1.03", one.Items[0].Denial!.Detail);
        Assert.Equal("no data", one.Items[0].Factors[1].Input);
    }

    [Fact]
    public async Task Clean_ThirtyOneDaysLater_KeepsWhatWasEnteredAndOneMarkAnHour()
    {
        var life = new PositionLife(_state, "rain", Start);
        await AppendAsync(life.Enter());
        await AppendAsync(Enumerable.Range(1, 150).Select(_ => life.Mark(0.50m, 0.40m)));
        var entered = DecisionSamples.Make(2, Start) with { Denial = null, PositionId = life.Id };
        await AppendAsync([new JournalBatch { Decisions = [DecisionSamples.Make(1, Start), entered] }]);
        var retention = new PostgresRetention(_database.Source);

        var report = await retention.CleanAsync(Account, Start.AddDays(31), CancellationToken.None);
        var again = await retention.CleanAsync(Account, Start.AddDays(31), CancellationToken.None);

        Assert.Equal(1, report.Decisions);
        Assert.Equal(new RetentionReport(0, 0, 0), again);
        var marks = await _history.MarksAsync(Account, life.Id, 1000, CancellationToken.None);
        Assert.InRange(marks.Count, 3, 4);
        Assert.Equal(2 * (150 - marks.Count), report.Marks);
        var kept = await _history.DecisionsAsync(Account, null, 0, 9, CancellationToken.None);
        Assert.Equal(life.Id, Assert.Single(kept.Items).PositionId);
    }

    private async Task<PositionLife> LiveAsync(string name, int day, decimal payoutYes)
    {
        var life = new PositionLife(_state, name, Start.AddDays(day));
        await AppendAsync(life.Whole(payoutYes));
        return life;
    }

    private async Task AppendAsync(IEnumerable<JournalBatch> batches)
    {
        foreach (var batch in batches)
            await _journal.AppendAsync(batch, CancellationToken.None);
    }

    private Task<Slice<PositionView>> ClosedAsync(HistoryFilter filter, int offset = 0, int limit = 10) =>
        _history.ClosedAsync(Account, filter, offset, limit, CancellationToken.None);
}
