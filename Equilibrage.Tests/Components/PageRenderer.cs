using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Equilibrage.Core.Ports;
using Equilibrage.Tests.Support;
using Equilibrage.Web.Components.Trading;
using Equilibrage.Web.Live;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.JSInterop;
using Radzen;

namespace Equilibrage.Tests.Components;

/// <summary>Renders a component with a fake desk, as the server does for the first response, and reads it.</summary>
internal sealed class PageRenderer
{
    /// <summary>The desk that the component shows.</summary>
    public FakeDesk Desk { get; } = new();

    /// <summary>The history that the component reads.</summary>
    public FakeHistory History { get; } = new();

    /// <summary>The journal that the component reads.</summary>
    public FakeJournal Journal { get; } = new();

    /// <summary>The address that the page is opened at, as seen from the root.</summary>
    public string Address { get; set; } = "";

    /// <summary>Renders and waits for what the component loads.</summary>
    public async Task<IElement> RenderAsync<T>(params (string Name, object? Value)[] parameters)
        where T : IComponent
    {
        await using var services = Services();
        await using var renderer = new HtmlRenderer(services, NullLoggerFactory.Instance);
        var html = await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var output = await renderer.RenderComponentAsync<T>(
                ParameterView.FromDictionary(parameters.ToDictionary(pair => pair.Name, pair => pair.Value)));
            return output.ToHtmlString();
        });
        return new HtmlParser().ParseDocument(html).Body!;
    }

    private ServiceProvider Services() => new ServiceCollection()
        .AddLogging()
        .AddRadzenComponents()
        .AddSingleton<NavigationManager>(new FixedAddress(Address))
        .AddSupplyValueFromQueryProvider()
        .AddSingleton<IJSRuntime, NoBrowser>()
        .AddSingleton(TimeProvider.System)
        .AddSingleton<IDesk>(Desk)
        .AddSingleton<IHistory>(History)
        .AddSingleton<IJournalReader>(Journal)
        .AddSingleton<IAlerts>(new FakeAlerts())
        .AddSingleton<JournalStories>()
        .AddScoped<OperatorActions>()
        .BuildServiceProvider();

    private sealed class FixedAddress : NavigationManager
    {
        public FixedAddress(string address) => Initialize("http://localhost/", "http://localhost/" + address);

        protected override void NavigateToCore(string uri, NavigationOptions options)
        {
        }
    }

    private sealed class NoBrowser : IJSRuntime
    {
        public ValueTask<TValue> InvokeAsync<TValue>(string identifier, object?[]? args) =>
            throw new InvalidOperationException($"There is no browser to call {identifier} in.");

        public ValueTask<TValue> InvokeAsync<TValue>(
            string identifier, CancellationToken cancellationToken, object?[]? args) =>
            InvokeAsync<TValue>(identifier, args);
    }
}

/// <summary>Short words for reading a rendered component.</summary>
internal static class Rendered
{
    /// <summary>The text, with every run of white space as one space.</summary>
    public static string Text(this IElement element) =>
        string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>The text of each match.</summary>
    public static IReadOnlyList<string> Texts(this IElement element, string selector) =>
        [.. element.QuerySelectorAll(selector).Select(Text)];
}
