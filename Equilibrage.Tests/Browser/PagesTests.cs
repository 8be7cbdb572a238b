using System.Text.Json;
using Equilibrage.Tests.Support;
using Microsoft.Playwright;

namespace Equilibrage.Tests.Browser;

/// <summary>Every page of the real application in every look, with the practice exchange running.</summary>
[Trait("Tier", "Browser")]
[Collection(BrowserTests.Name)]
public sealed class PagesTests(BrowserFixture fixture) : PageTest(fixture)
{
    private static readonly bool KeepsPictures =
        Environment.GetEnvironmentVariable("EQUILIBRAGE_UPDATE_SCREENSHOTS") == "1";

    [Theory]
    [MemberData(nameof(Looks))]
    public Task Overview_EveryLook_IsCleanAndFits(int width, ColorScheme scheme) => OnPageAsync("/", async page =>
    {
        await Assertions.Expect(page.Locator(".stat")).ToHaveCountAsync(8);
        await Assertions.Expect(page.Locator("[data-position]").First).ToBeVisibleAsync(Patience);
        await CheckAsync(page, "overview");
        if (KeepsPictures && width == Desktop && scheme == ColorScheme.Light) await UpdatePictureAsync(page);
    }, width, scheme);

    [Theory]
    [MemberData(nameof(Looks))]
    public Task Scanner_EveryLook_IsCleanAndFits(int width, ColorScheme scheme) => OnPageAsync("/scanner", async page =>
    {
        await page.Locator(".scan__toggle").First.ClickAsync();
        await Assertions.Expect(page.Locator(".scan__details .factor")).ToHaveCountAsync(4);
        await CheckAsync(page, "scanner", whole: false);
    }, width, scheme);

    [Theory]
    [MemberData(nameof(Looks))]
    public async Task Position_EveryLook_IsCleanAndFits(int width, ColorScheme scheme) =>
        await OnPageAsync($"/positions/{await AnyPositionAsync()}", async page =>
        {
            await Assertions.Expect(page.Locator(".leg-card__gauge")).ToHaveCountAsync(2);
            await Assertions.Expect(page.Locator(".timeline__item").First).ToBeVisibleAsync(Patience);
            await CheckAsync(page, "position");
        }, width, scheme);

    [Theory]
    [MemberData(nameof(Looks))]
    public Task History_EveryLook_IsCleanAndFits(int width, ColorScheme scheme) => OnPageAsync("/history", async page =>
    {
        await Assertions.Expect(page.Locator(".stat")).ToHaveCountAsync(4);
        await CheckAsync(page, "history");
    }, width, scheme);

    [Theory]
    [MemberData(nameof(Looks))]
    public Task Journal_EveryLook_IsCleanAndFits(int width, ColorScheme scheme) => OnPageAsync(
        "/journal?kind=order_submitted", async page =>
        {
            await Assertions.Expect(page.Locator(".journal__item").First).ToBeVisibleAsync(Patience);
            await page.Locator(".journal__raw summary").First.ClickAsync();
            await Assertions.Expect(page.Locator(".journal__raw pre").First).ToContainTextAsync("order_submitted");
            await CheckAsync(page, "journal", whole: false);
            await page.GetByText("Why this order").First.ClickAsync();
            await Assertions.Expect(page.Locator(".why [data-part=Order]").First).ToBeVisibleAsync(Patience);
            await CheckAsync(page, "why");
        }, width, scheme);

    [Theory]
    [MemberData(nameof(Looks))]
    public Task Settings_EveryLook_IsCleanAndFits(int width, ColorScheme scheme) => OnPageAsync("/settings",
        async page =>
    {
        await page.Locator("#setting-maxPositions").FillAsync("11");
        await Assertions.Expect(page.Locator(".field__error")).ToContainTextAsync("between 1 and 10");
        await CheckAsync(page, "settings");
    }, width, scheme);

    [Theory]
    [MemberData(nameof(Looks))]
    public Task Doctor_EveryLook_IsCleanAndFits(int width, ColorScheme scheme) => OnPageAsync("/doctor", async page =>
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Look now" }).ClickAsync();
        await Assertions.Expect(page.Locator("[data-finding]").First).ToBeVisibleAsync(Patience);
        await CheckAsync(page, "doctor");
    }, width, scheme);

    [Theory]
    [MemberData(nameof(Looks))]
    public Task Arming_EveryLook_SaysThatNothingIsAtStake(int width, ColorScheme scheme) => OnPageAsync("/arming",
        async page =>
    {
        await Assertions.Expect(page.Locator(".state__title")).ToHaveTextAsync("Nothing to arm");
        await CheckAsync(page, "arming");
    }, width, scheme);

    private static LocatorAssertionsToBeVisibleOptions Patience => new() { Timeout = 60_000 };

    private static async Task CheckAsync(IPage page, string name, bool whole = true)
    {
        await AssertFitsAsync(page);
        await AssertAccessibleAsync(page);
        await ScreenshotAsync(page, name, whole);
    }

    private async Task<string> AnyPositionAsync()
    {
        using var client = new HttpClient { BaseAddress = App.Address };
        var id = "";
        await Eventually.TrueAsync(async () =>
        {
            using var answer = JsonDocument.Parse(await client.GetStringAsync("api/positions"));
            var positions = answer.RootElement.GetProperty("items");
            if (positions.GetArrayLength() > 0) id = positions[0].GetProperty("id").GetString();
            return id is { Length: > 0 };
        }, TimeSpan.FromSeconds(60));
        return id!;
    }

    // The README's picture: taken from the running application once something was bought, sold and paid.
    private async Task UpdatePictureAsync(IPage page)
    {
        using var client = new HttpClient { BaseAddress = App.Address };
        await Eventually.TrueAsync(async () =>
        {
            using var closed = JsonDocument.Parse(await client.GetStringAsync("api/positions/history"));
            return closed.RootElement.GetProperty("total").GetInt32() >= 1;
        }, TimeSpan.FromMinutes(5));
        await page.SetViewportSizeAsync(Desktop, 1080);
        await page.ReloadAsync();
        await LiveAsync(page);
        await Assertions.Expect(page.Locator(".apexcharts-area").First).ToBeVisibleAsync(Patience);
        await page.ScreenshotAsync(new PageScreenshotOptions
        {
            Path = Path.Combine(SourceTree.Root, "docs", "images", "overview.png"),
        });
    }
}
