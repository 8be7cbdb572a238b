using Equilibrage.Tests.Integration.Custody;
using Equilibrage.Tests.Support;
using Microsoft.Playwright;

namespace Equilibrage.Tests.Browser;

/// <summary>The pages of Live mode in a browser: signing in, the wallet's forms, arming, the doctor.</summary>
[Trait("Tier", "Browser")]
[Collection(BrowserTests.Name)]
public sealed class LivePagesTests(BrowserFixture fixture, PracticeServerFixture exchange)
    : PageTest(fixture), IClassFixture<PracticeServerFixture>
{
    private readonly BrowserFixture browser = fixture;

    [Fact]
    public async Task Operator_SignsInConnectsArmsAndDisconnects_WithoutTheCircuitSeeingASecret()
    {
        using var data = new AppData();
        await LiveDesk.PrepareAsync(data);
        await using var app = await AppUnderTest.StartOnAsync(
            data, "--mode", "live", "--exchange", exchange.Address.ToString().TrimEnd('/'));
        await using var context = await browser.Browser.NewContextAsync(new() { BaseURL = app.Address.ToString() });
        // Judging a password takes long on purpose, and longer on a busy machine.
        context.SetDefaultTimeout(120_000);
        context.SetDefaultNavigationTimeout(120_000);
        var page = await context.NewPageAsync();
        var frames = new List<string>();
        page.WebSocket += (_, socket) => socket.FrameSent += (_, frame) => frames.Add(frame.Text ?? "");
        await page.GotoAsync("/settings");
        await Assertions.Expect(page).ToHaveTitleAsync("Sign in · Equilibrage");
        await AssertAccessibleAsync(page);
        await page.Locator("#password").FillAsync(LiveDesk.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await LiveAsync(page);

        await page.Locator("#wallet-passphrase").FillAsync("something else entirely");
        await page.GetByRole(AriaRole.Button, new() { Name = "Connect", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator(".answer--bad").First).ToContainTextAsync("stays closed", Patience());
        await Assertions.Expect(page.Locator("#wallet-passphrase")).ToHaveValueAsync("");
        await page.Locator("#wallet-passphrase").FillAsync(LiveDesk.Passphrase);
        await page.GetByRole(AriaRole.Button, new() { Name = "Connect", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator("[data-wallet=Open]")).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await Assertions.Expect(page.Locator(".arming-badge")).ToHaveTextAsync("Not armed");
        await SeeAsync(page, "settings-wallet");

        await page.GotoAsync("/arming");
        await LiveAsync(page);
        await SeeAsync(page, "arming");
        await page.Locator("#arm-confirm").FillAsync(LiveDesk.Account[^6..]);
        await page.GetByRole(AriaRole.Button, new() { Name = "Arm for real money" }).ClickAsync();
        await Assertions.Expect(page.Locator(".arming-badge--armed")).ToContainTextAsync("Armed", Patience());
        await SeeAsync(page, "armed");
        await page.GotoAsync("/doctor");
        await LiveAsync(page);
        await Assertions.Expect(page.Locator("[data-finding]").First).ToBeVisibleAsync();
        await SeeAsync(page, "doctor");

        await page.GotoAsync("/settings");
        await LiveAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Disconnect" }).ClickAsync();
        await Assertions.Expect(page.Locator("[data-wallet=Closed]")).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await Assertions.Expect(page.Locator(".arming-badge")).ToHaveTextAsync("Vault closed");
        Assert.DoesNotContain(frames, frame => frame.Contains("otters", StringComparison.Ordinal));
    }

    private static LocatorAssertionsToContainTextOptions Patience() => new() { Timeout = 60_000 };

    /// <summary>Every width in both colour schemes: nothing is cut off, and axe has nothing serious to say.</summary>
    private static async Task SeeAsync(IPage page, string name)
    {
        foreach (var width in (int[])[Phone, 1024, 1600])
        {
            foreach (var scheme in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
            {
                await page.SetViewportSizeAsync(width, 900);
                await page.EmulateMediaAsync(new() { ColorScheme = scheme });
                // Colours that are on their way from one scheme to the other are nobody's contrast.
                await page.ReloadAsync();
                await LiveAsync(page);
                await AssertFitsAsync(page);
                await AssertAccessibleAsync(page);
                await ScreenshotAsync(page, name);
            }
        }
    }
}
