using Microsoft.JSInterop;

namespace Equilibrage.Web.Components.Layout;

/// <summary>Writes what the browser shall remember, through one JavaScript module loaded on first use.</summary>
public sealed class BrowserPreferences(IJSRuntime js) : IAsyncDisposable
{
    private IJSObjectReference? _module;

    /// <summary>Remembers a value for a year, for this site only.</summary>
    public async Task RememberAsync(string name, string value) =>
        await (await ModuleAsync()).InvokeVoidAsync("remember", name, value);

    /// <summary>Shows a theme at once and remembers it.</summary>
    public async Task SetThemeAsync(Theme theme) =>
        await (await ModuleAsync()).InvokeVoidAsync(
            "setTheme", ShellPreferences.ThemeCookie, ShellPreferences.NameOf(theme));

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_module is null) return;
        await _module.DisposeQuietlyAsync();
    }

    private async Task<IJSObjectReference> ModuleAsync() =>
        _module ??= await js.InvokeAsync<IJSObjectReference>("import", "./js/preferences.js");
}
