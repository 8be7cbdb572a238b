using Equilibrage.Adapters.Storage;
using Equilibrage.Core.Ports;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;
using Equilibrage.Tests.Support;

namespace Equilibrage.Tests.Integration.Storage;

[Trait("Tier", "Integration")]
public sealed class PostgresJournalReaderTests(PostgresFixture postgres) : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2026, 3, 11, 12, 0, 0, TimeSpan.Zero);

    private readonly EngineState _state = new(PositionLife.Account);
    private TestDatabase _database = null!;
    private PostgresJournalReader _reader = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await postgres.CreateDatabaseAsync(nameof(PostgresJournalReaderTests));
        _reader = new PostgresJournalReader(_database.Source);
        var journal = new PostgresJournal(_database.Source);
        var rain = new PositionLife(_state, "rain", Start);
        await journal.AppendAsync(rain.OpenAccount(), CancellationToken.None);
        foreach (var batch in rain.Whole())
            await journal.AppendAsync(batch, CancellationToken.None);
        foreach (var batch in new PositionLife(_state, "snow", Start.AddDays(1)).Enter())
            await journal.AppendAsync(batch, CancellationToken.None);
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Page_FollowedToTheEnd_GivesEveryRecordOnceInOrder(bool isNewestFirst)
    {
        var seen = new List<long>();
        long? cursor = null;
        do
        {
            var page = await PageAsync(new(), cursor, isNewestFirst, 7);
            seen.AddRange(page.Lines.Select(line => line.Record.Sequence));
            cursor = page.Next;
        }
        while (cursor is not null);

        var all = Enumerable.Range(1, (int)_state.Sequence).Select(number => (long)number);
        Assert.Equal(isNewestFirst ? all.Reverse() : all, seen);
    }

    [Theory]
    [InlineData("rain-Yes-1")]
    [InlineData("venue-rain-Yes-1")]
    public async Task Page_OfAnOrder_FindsItByEitherIdWithItsSettlement(string id)
    {
        var page = await PageAsync(new() { Order = id });

        Assert.Equal(
            ["order_submitted", "fill_booked", "order_updated", "trade_settled"],
            page.Lines.Select(line => line.Kind));
        Assert.All(page.Lines, line => Assert.Equal("Will rain happen?", line.Market?.Question));
    }

    [Fact]
    public async Task Page_EachFilter_Narrows()
    {
        Assert.Equal(3, (await PageAsync(new() { Kinds = ["fill_booked"], Position = Rain })).Lines.Count);
        Assert.Equal([3L, 4L], Sequences(await PageAsync(new() { FromSequence = 3, ToSequence = 4 })));
        Assert.Empty((await PageAsync(new() { From = Start.AddYears(1) })).Lines);
        Assert.Empty((await PageAsync(new() { To = Start })).Lines);
        Assert.All(
            (await PageAsync(new() { Market = new("0xsnow") })).Lines,
            line => Assert.Equal("0xsnow", line.Record.MarketId?.Value));
        Assert.Equal(2, (await PageAsync(new() { Order = "rain-Yes-1", Kinds = ["fill_booked", "order_updated"] }))
            .Lines.Count);
    }

    [Fact]
    public async Task Page_Words_AreTextAndNeverAPattern()
    {
        Assert.Equal("incident_raised", Assert.Single((await PageAsync(new() { Text = "THEIRS 2" })).Lines).Kind);
        Assert.NotEmpty((await PageAsync(new() { Text = "will snow" })).Lines);
        Assert.Empty((await PageAsync(new() { Text = "%snow_" })).Lines);
        Assert.Single((await PageAsync(new() { Order = "rain-Yes-1", Text = "trade_settled" })).Lines);
    }

    [Fact]
    public async Task Story_OfAPosition_HasItsMarketsEndToo()
    {
        var story = await _reader.StoryAsync(PositionLife.Account, Rain, CancellationToken.None);

        Assert.Equal("position_opened", story[0].Kind);
        Assert.Contains(story, line => line.Kind == "market_resolved");
        Assert.Equal("redemption_booked", story[^1].Kind);
        Assert.DoesNotContain(story, line => line.Record.MarketId?.Value == "0xsnow");
        Assert.Equal(story.Select(line => line.Record.Sequence).Order(), story.Select(line => line.Record.Sequence));
    }

    [Fact]
    public async Task FindOrder_Unknown_IsNull()
    {
        Assert.Null(await _reader.FindOrderAsync(PositionLife.Account, "nobody", CancellationToken.None));
        var found = await _reader.FindOrderAsync(PositionLife.Account, "venue-snow-No-1", CancellationToken.None);
        Assert.Equal(("snow-No-1", "position-snow"), (found!.Value.Order.Value, found.Value.Position.Value));
    }

    private static PositionId Rain => new("position-rain");

    private static IEnumerable<long> Sequences(JournalPage page) => page.Lines.Select(line => line.Record.Sequence);

    private Task<JournalPage> PageAsync(
        JournalFilter filter, long? cursor = null, bool isNewestFirst = false, int limit = 100) =>
        _reader.PageAsync(PositionLife.Account, filter, cursor, isNewestFirst, limit, CancellationToken.None);
}
