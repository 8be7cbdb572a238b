using Equilibrage.Core.Ports;
using Equilibrage.Web.Components.Pages.History;

namespace Equilibrage.Tests.Unit.Web;

/// <summary>The history's address and the file that belongs to it.</summary>
[Trait("Tier", "Unit")]
public sealed class HistoryQueryTests
{
    [Fact]
    public void Filter_Dates_RunThroughTheEndOfTheLastDay()
    {
        var filter = HistoryQuery.Parse("2026-03-11", "2026-03-12", null, null, null).Filter;

        Assert.Equal(new DateTimeOffset(2026, 3, 11, 0, 0, 0, TimeSpan.Zero), filter.From);
        Assert.Equal(new DateTimeOffset(2026, 3, 13, 0, 0, 0, TimeSpan.Zero), filter.To);
    }

    [Fact]
    public void CsvAddress_Query_HasExactlyTheSameFilter() =>
        Assert.Equal(
            "api/history.csv?from=2026-03-11T00%3A00%3A00Z&to=2026-03-13T00%3A00%3A00Z"
            + "&market=rain%20%26%20sun&outcome=win",
            HistoryQuery.Parse("2026-03-11", "2026-03-12", "rain & sun", "win", 4).CsvAddress);

    [Fact]
    public void PageAddress_ReadAgain_IsTheSameQuery()
    {
        var query = new HistoryQuery
        {
            From = new(2026, 3, 1), To = new(2026, 3, 12), Market = "rain", Outcome = PositionOutcome.Loss, Page = 3,
        };

        Assert.Equal("history?from=2026-03-01&to=2026-03-12&market=rain&outcome=loss&page=3", query.PageAddress);
        Assert.Equal(query, HistoryQuery.Parse("2026-03-01", "2026-03-12", "rain", "loss", 3));
    }

    [Theory]
    [InlineData("yesterday", "2026-13-01", "draw", -2)]
    [InlineData("", null, "7", 0)]
    public void Parse_Nonsense_CountsAsNotGiven(string? from, string? to, string? outcome, int? page) =>
        Assert.Equal(new HistoryQuery(), HistoryQuery.Parse(from, to, "  ", outcome, page));

    [Fact]
    public void Error_DaysInTheWrongOrder_IsSaid() =>
        Assert.NotNull(HistoryQuery.Parse("2026-03-12", "2026-03-11", null, null, null).Error);
}
