using Equilibrage.Core.Ports;
using Equilibrage.Core.State;
using Equilibrage.Tests.Scenarios.Engine;
using Equilibrage.Web.Components.Pages.Journal;

namespace Equilibrage.Tests.Components;

/// <summary>The journal page, rendered in memory.</summary>
[Trait("Tier", "Components")]
public sealed class JournalPageTests
{
    private readonly PageRenderer page = new();

    [Fact]
    public async Task Journal_Empty_SaysWhatWillAppear()
    {
        var body = await page.RenderAsync<Web.Components.Pages.Journal.JournalPage>();

        Assert.Contains("Nothing recorded yet", body.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Journal_Records_AreSentencesWithTheirJsonBehindAFold()
    {
        var bench = Scripts.WholeLife();
        page.Journal.Add(bench.Journal, bench.Market);

        var body = await page.RenderAsync<Web.Components.Pages.Journal.JournalPage>();

        var items = body.QuerySelectorAll(".journal__item");
        Assert.Equal(bench.Journal.Count, items.Length);
        Assert.All(items, item => Assert.NotNull(item.QuerySelector("details:not([open]) pre")));
        Assert.Contains(body.Texts(".journal__title"), title => title.StartsWith("Bought", StringComparison.Ordinal));
        Assert.Contains("Records", body.QuerySelector(".pager")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Journal_OrderInTheAddress_TellsWhyFromCauseToEnd()
    {
        var bench = Scripts.WholeLife();
        page.Journal.Add(bench.Journal, bench.Market);
        var order = bench.Journal.First(record => record.Output is EngineOutput.OrderSubmitted).ClientOrderId;
        page.Address = $"journal?order={order}";

        var body = await page.RenderAsync<Web.Components.Pages.Journal.JournalPage>();

        var parts = body.QuerySelectorAll(".why [data-part]").Select(step => step.GetAttribute("data-part")).ToList();
        Assert.Equal(["Position", "Order", "Fill", "Ledger", "Settlement"], parts.Distinct()
            .Where(part => part is "Position" or "Order" or "Fill" or "Ledger" or "Settlement")
            .OrderBy(part => part switch { "Position" => 0, "Order" => 1, "Fill" => 2, "Ledger" => 3, _ => 4 }));
    }

    [Fact]
    public async Task Journal_DatabaseAway_SaysSoAndOffersToTryAgain()
    {
        page.Journal.Failure = new JournalUnavailableException("away", new IOException());

        var body = await page.RenderAsync<Web.Components.Pages.Journal.JournalPage>();

        Assert.NotNull(body.QuerySelector(".state button"));
    }

    [Fact]
    public void Query_EveryPart_SurvivesItsAddress()
    {
        var query = new JournalQuery
        {
            Order = "o 1", Position = "p", Market = "0xm", Kind = "fill_booked", Text = "a&b", Cursor = 7,
            From = new DateOnly(2026, 3, 1), To = new DateOnly(2026, 3, 2), IsOldestFirst = true,
        };

        var parts = System.Web.HttpUtility.ParseQueryString(query.PageAddress["journal".Length..]);

        Assert.Equal(query, JournalQuery.Parse(name => parts[name]));
        Assert.Equal(new JournalQuery(), JournalQuery.Parse(name => name == "kind" ? "invented" : null));
    }
}
