using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Equilibrage.Tests.Browser;

/// <summary>What an operator does by clicking in the real application: settings, entering, closing, the file.</summary>
[Trait("Tier", "Browser")]
[Collection(BrowserTests.Name)]
public sealed partial class TradingTests(BrowserFixture fixture) : PageTest(fixture)
{
    private const int MostCandidates = 8;

    [Fact]
    public Task Settings_ChangedAndSaved_AreInForceAfterwards() => OnPageAsync("/settings", async page =>
    {
        var field = page.Locator("#setting-divergencePercent");
        await field.FillAsync("200");
        await Assertions.Expect(page.Locator(".field__error"))
            .ToContainTextAsync("Divergence must lie between 0 and 99");
        await Assertions.Expect(page.Locator(".savebar .button--primary")).ToBeDisabledAsync();

        await field.FillAsync("25");
        await SaveAsync(page, "Divergence 30% 25%");
        await page.ReloadAsync();
        await LiveAsync(page);
        await Assertions.Expect(field).ToHaveValueAsync("25");

        await page.GetByRole(AriaRole.Button, new() { Name = "Reset Divergence to default 30%" }).ClickAsync();
        await SaveAsync(page, "Divergence 25% 30%");
    });

    [Fact]
    public Task Operator_EntersAndCloses_AndTheFileHasWhatTheHistoryShows() => OnPageAsync("/settings", async page =>
    {
        await MakeRoomAsync(page);
        var market = await EnterAsync(page);
        await CloseAsync(page, market);
        await CompareFileAsync(page);
        await TidyUpAsync(page);
    });

    [Fact]
    public Task Scanner_Searched_ListsOnlyMatches() => OnPageAsync("/scanner", async page =>
    {
        await Assertions.Expect(page.Locator("[data-market]").First).ToBeVisibleAsync(Slowly);
        await page.GetByRole(AriaRole.Searchbox).FillAsync("no market is called this");
        await Assertions.Expect(page.GetByText("No market matches")).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Searchbox).FillAsync("");
        await page.Locator(".chip", new() { HasText = "Price band" }).ClickAsync();
        await Assertions.Expect(page.Locator(".scan__verdict").First)
            .ToHaveTextAsync("An ask is outside the allowed band");
        await page.GetByRole(AriaRole.Button, new() { Name = "Scan now" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Scan now" })).ToBeEnabledAsync();
    });

    [Fact]
    public Task History_Filtered_HasAnAddressOfItsOwn() => OnPageAsync("/history", async page =>
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Losses" }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("outcome=loss"));
        await page.ReloadAsync();
        await LiveAsync(page);
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Losses" }))
            .ToHaveAttributeAsync("aria-pressed", "true");
    });

    private static LocatorAssertionsToBeVisibleOptions Slowly => new() { Timeout = 60_000 };

    // Ten slots and no automatic entries: whatever is entered from now on was entered by this test.
    private static async Task MakeRoomAsync(IPage page)
    {
        await page.Locator("#setting-maxPositions").FillAsync("10");
        if (!await page.Locator("#setting-entriesPaused").IsCheckedAsync())
            await page.Locator(".switch", new() { Has = page.Locator("#setting-entriesPaused") }).ClickAsync();
        await page.Locator("#setting-capitalAllocationPercent").FillAsync("5");
        await SaveAsync(page, "Pause automatic entries off on");
    }

    private static async Task TidyUpAsync(IPage page)
    {
        await page.Locator(".nav__link", new() { HasText = "Settings" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Fill in all defaults" }).ClickAsync();
        await SaveAsync(page, "Pause automatic entries on off");
    }

    private static async Task SaveAsync(IPage page, string difference)
    {
        await page.Locator(".savebar .button--primary").ClickAsync();
        await Assertions.Expect(page.Locator(".confirm tbody")).ToContainTextAsync(
            new Regex(string.Join(@"\s*", difference.Split(' ').Select(Regex.Escape))));
        await page.GetByRole(AriaRole.Button, new() { Name = "Save settings" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Settings saved")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".savebar")).ToBeHiddenAsync();
    }

    // Prices move while the operator decides, so a market that was open a moment ago may be refused: then the next one.
    private static async Task<string> EnterAsync(IPage page)
    {
        await page.Locator(".nav__link", new() { HasText = "Scanner" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Scan now" }).ClickAsync();
        for (var candidate = 0; candidate < MostCandidates; candidate++)
        {
            await page.Locator(".chip", new() { HasText = "Entries paused" }).ClickAsync();
            var row = page.Locator("[data-market]:has(.button:enabled)").Nth(candidate);
            await Assertions.Expect(row).ToBeVisibleAsync(Slowly);
            await row.Locator(".scan__action .button").ClickAsync();
            var market = await page.Locator(".confirm__message").InnerTextAsync();
            await Assertions.Expect(page.Locator(".confirm .facts")).ToContainTextAsync("Expected cost");
            await page.Locator(".confirm .button--primary").ClickAsync();
            var answer = page.Locator(".rz-notification-item, .rz-growl-item").Last;
            await Assertions.Expect(answer).ToBeVisibleAsync(Slowly);
            if ((await answer.InnerTextAsync()).Contains("Entering", StringComparison.Ordinal)) return market;
        }

        Assert.Fail($"None of {MostCandidates} markets could be entered.");
        return "";
    }

    private static async Task CloseAsync(IPage page, string market)
    {
        await page.Locator(".nav__link", new() { HasText = "Overview" }).ClickAsync();
        var row = page.Locator("[data-position]", new() { HasText = market });
        await Assertions.Expect(row.Locator(".button:enabled")).ToBeVisibleAsync(Slowly);
        await row.GetByRole(AriaRole.Button).ClickAsync();
        await Assertions.Expect(page.Locator(".confirm__cost")).ToContainTextAsync("before fees");
        await page.GetByRole(AriaRole.Button, new() { Name = "Close position" }).ClickAsync();
        await Assertions.Expect(row).ToHaveCountAsync(0, new() { Timeout = 60_000 });

        await page.Locator(".nav__link", new() { HasText = "History" }).ClickAsync();
        await page.GetByRole(AriaRole.Searchbox).FillAsync(market);
        await page.GetByRole(AriaRole.Searchbox).PressAsync("Enter");
        await Assertions.Expect(page.Locator(".history [data-position]").First).ToContainTextAsync("Closed by hand");
    }

    private static async Task CompareFileAsync(IPage page)
    {
        var rows = await page.Locator(".history [data-position]").CountAsync();
        var link = page.Locator("a[download]");
        var response = await page.APIRequest.GetAsync(await link.EvaluateAsync<string>("link => link.href"));
        Assert.StartsWith("text/csv", response.Headers["content-type"], StringComparison.Ordinal);
        var lines = LineEnds().Count(await response.TextAsync());
        Assert.Equal((rows + 1).ToString(CultureInfo.InvariantCulture), lines.ToString(CultureInfo.InvariantCulture));

        var download = await page.RunAndWaitForDownloadAsync(() => link.ClickAsync());
        Assert.Equal("equilibrage-history.csv", download.SuggestedFilename);
    }

    [GeneratedRegex("\r\n")]
    private static partial Regex LineEnds();
}
