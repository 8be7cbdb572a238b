using Equilibrage.Tests.Support;
using Microsoft.Playwright;

namespace Equilibrage.Tests.Browser;

/// <summary>One application and one browser for all browser tests; they run one after the other.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    private static readonly string[] Flags =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
    ];

    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private AppUnderTest? _app;

    /// <summary>The browser.</summary>
    public IBrowser Browser => _browser ?? throw new InvalidOperationException("The browser was not started.");

    /// <summary>The application.</summary>
    public AppUnderTest App => _app ?? throw new InvalidOperationException("The application was not started.");

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        _app = await AppUnderTest.StartAsync("--speed", "600");
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(
            new BrowserTypeLaunchOptions { ExecutablePath = Chromium, Args = Flags });
        // The pages are served before the desk has recovered; whatever asks the API first would be told to wait.
        await new DeskPolls().ReadyAsync(_app);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
        if (_app is not null) await _app.DisposeAsync();
    }

    private static string Chromium => Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium";
}

/// <summary>The browser tests' collection.</summary>
[CollectionDefinition(Name)]
public sealed class BrowserTests : ICollectionFixture<BrowserFixture>
{
    /// <summary>The collection's name.</summary>
    public const string Name = "Browser";
}
