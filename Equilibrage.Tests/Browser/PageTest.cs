using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Equilibrage.Tests.Support;
using Microsoft.Playwright;

namespace Equilibrage.Tests.Browser;

/// <summary>
/// Opens pages and owns their life. A test fails when its page logs an error, a request fails or is answered with an
/// error, even if everything else went well.
/// </summary>
public abstract partial class PageTest(BrowserFixture fixture)
{
    /// <summary>A phone.</summary>
    protected const int Phone = 390;

    /// <summary>A tablet.</summary>
    protected const int Tablet = 820;

    /// <summary>A desktop.</summary>
    protected const int Desktop = 1440;

    private static readonly Lazy<string> Axe = new(() => File.ReadAllText(
        Path.Combine(SourceTree.Root, "node_modules", "axe-core", "axe.min.js")));

    /// <summary>Every width in both colour schemes.</summary>
    public static TheoryData<int, ColorScheme> Looks
    {
        get
        {
            var looks = new TheoryData<int, ColorScheme>();
            foreach (var width in (int[])[Phone, Tablet, Desktop])
            {
                looks.Add(width, ColorScheme.Light);
                looks.Add(width, ColorScheme.Dark);
            }
            return looks;
        }
    }

    /// <summary>The application.</summary>
    protected AppUnderTest App { get; } = fixture.App;

    /// <summary>Opens a page in a fresh browser profile and runs the test on it once it is live.</summary>
    protected async Task OnPageAsync(
        string path, Func<IPage, Task> test, int width = Desktop, ColorScheme scheme = ColorScheme.Light)
    {
        await using var context = await fixture.Browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = App.Address.ToString(),
            ViewportSize = new ViewportSize { Width = width, Height = 900 },
            ColorScheme = scheme,
            TimezoneId = "America/New_York", // Everything must be UTC wherever the operator is.
            Locale = "en-GB",
        });
        var page = await context.NewPageAsync();
        var problems = Watch(page);
        try
        {
            await page.GotoAsync(path);
            await LiveAsync(page);
            await test(page);
        }
        catch
        {
            await ScreenshotAsync(page, "failed");
            throw;
        }
        Assert.True(problems.IsEmpty, $"{path} at {width} px:\n{string.Join('\n', problems)}\n\n{App.Output}");
    }

    /// <summary>Waits until the page has its circuit, so that clicks reach the server.</summary>
    protected static Task LiveAsync(IPage page) => page.Locator(".shell[data-interactive]").WaitForAsync();

    /// <summary>Keeps a picture of the whole page in artifacts/screenshots.</summary>
    protected static async Task ScreenshotAsync(IPage page, string name, bool whole = true)
    {
        var width = page.ViewportSize?.Width ?? 0;
        var dark = await page.EvaluateAsync<bool>(
            "getComputedStyle(document.body).backgroundColor.match(/\\d+/)[0] < 128");
        var test = NotInFileNames().Replace(TestContext.Current.TestClass?.TestClassSimpleName ?? "page", "");
        await page.ScreenshotAsync(new PageScreenshotOptions
        {
            Path = Path.Combine(
                SourceTree.Root, "artifacts", "screenshots", $"{test}-{name}-{width}-{(dark ? "dark" : "light")}.png"),
            FullPage = whole,
        });
    }

    /// <summary>Fails when the page can be scrolled sideways.</summary>
    protected static async Task AssertFitsAsync(IPage page)
    {
        var excess = await page.EvaluateAsync<int>(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth");
        Assert.True(excess <= 0, $"The page is {excess} px wider than its window.");
    }

    /// <summary>Fails on serious and critical findings of axe.</summary>
    protected static async Task AssertAccessibleAsync(IPage page)
    {
        await page.EvaluateAsync(Axe.Value);
        var findings = await page.EvaluateAsync<string[]>("""
            async () => (await axe.run(document, { resultTypes: ['violations'] })).violations
              .filter(rule => rule.impact === 'serious' || rule.impact === 'critical')
              .flatMap(rule => rule.nodes.map(node => `${rule.id}: ${node.html} ${node.failureSummary}`))
            """);
        Assert.Empty(findings);
    }

    private static ConcurrentQueue<string> Watch(IPage page)
    {
        var problems = new ConcurrentQueue<string>();
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning") problems.Enqueue($"console {message.Type}: {message.Text}");
        };
        page.PageError += (_, error) => problems.Enqueue($"uncaught: {error}");
        page.RequestFailed += (_, request) =>
            problems.Enqueue($"failed: {request.Method} {request.Url} {request.Failure}");
        page.Response += (_, response) =>
        {
            if (response.Status < 400) return;
            problems.Enqueue($"{response.Status}: {response.Request.Method} {response.Url}");
        };
        return problems;
    }

    [GeneratedRegex("[^A-Za-z0-9]|Tests$")]
    private static partial Regex NotInFileNames();
}
