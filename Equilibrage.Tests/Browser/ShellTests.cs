using Equilibrage.Tests.Support;
using Microsoft.Playwright;

namespace Equilibrage.Tests.Browser;

/// <summary>The frame around every page.</summary>
[Trait("Tier", "Browser")]
[Collection(BrowserTests.Name)]
public sealed class ShellTests(BrowserFixture fixture) : PageTest(fixture)
{
    [Theory]
    [MemberData(nameof(Looks))]
    public Task Shell_EveryLook_IsCleanAndFits(int width, ColorScheme scheme) => OnPageAsync("/", async page =>
    {
        await Assertions.Expect(page.Locator("h1")).ToBeVisibleAsync();
        await AssertFitsAsync(page);
        await AssertAccessibleAsync(page);
        await ScreenshotAsync(page, "overview");
    }, width, scheme);

    // The fold is server state: the class can only change when the click went there and the answer came back.
    [Fact]
    public Task Navigation_FoldClicked_ServerFoldsItAndTheBrowserRemembers() => OnPageAsync("/", async page =>
    {
        await page.Locator(".sidebar__fold").ClickAsync();
        await Assertions.Expect(page.Locator(".shell")).ToHaveClassAsync("shell shell--rail");
        await Eventually.TrueAsync(async () =>
            (await page.Context.CookiesAsync()).Any(cookie => cookie is { Name: "equilibrage-nav", Value: "rail" }));

        await page.ReloadAsync();
        await Assertions.Expect(page.Locator(".shell")).ToHaveClassAsync("shell shell--rail");
    });

    [Fact]
    public Task Theme_DarkChosen_IsThereInTheFirstResponseAfterwards() => OnPageAsync("/", async page =>
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Dark theme" }).ClickAsync();
        await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");

        var response = await page.ReloadAsync();
        Assert.Contains("data-theme=\"dark\"", await response!.TextAsync(), StringComparison.Ordinal);
    });

    [Fact]
    public Task Circuit_Lost_NoticeAppearsAndGoesAgain() => OnPageAsync("/", async page =>
    {
        var notice = page.Locator("#components-reconnect-modal");
        await Assertions.Expect(notice).ToBeHiddenAsync();

        // What the script itself does when the socket ends.
        await notice.EvaluateAsync("element => element.classList.add('components-reconnect-show')");
        await Assertions.Expect(notice).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".connection__lost")).ToBeVisibleAsync();

        await notice.EvaluateAsync("element => element.classList.remove('components-reconnect-show')");
        await Assertions.Expect(notice).ToBeHiddenAsync();
    });
}
