using Equilibrage.Core.Ports;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.Projections;
using Microsoft.AspNetCore.Components;

namespace Equilibrage.Web.Components;

/// <summary>
/// A part of a page that follows the desk. It reads the view once when it appears and again after each change; only a
/// page with a circuit subscribes, since the prerendered copy is thrown away at once.
/// </summary>
public abstract class LiveComponent : ComponentBase, IDisposable
{
    private IDisposable? _subscription;

    /// <summary>The desk: live views, and the one way to ask for something.</summary>
    [Inject]
    protected IDesk Desk { get; set; } = null!;

    /// <summary>The view that this rendering shows.</summary>
    protected DeskView View { get; private set; } = DeskView.Empty;

    /// <summary>The account of this process.</summary>
    protected AccountId Account => AccountId.From(Desk.Info.Account);

    /// <summary>The market clock; the epoch before the desk has recovered.</summary>
    protected DateTimeOffset MarketNow => View.Overview?.MarketTime ?? View.Scan?.At.MarketTime ?? default;

    /// <summary>True after the component left the page.</summary>
    protected bool IsDisposed { get; private set; }

    /// <inheritdoc/>
    public void Dispose()
    {
        IsDisposed = true;
        _subscription?.Dispose();
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    protected override void OnInitialized() => View = Desk.Current;

    /// <inheritdoc/>
    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender && !IsDisposed)
            _subscription = Desk.Subscribe(() => InvokeAsync(RefreshAsync));
    }

    /// <summary>Runs before each live redraw, with the new view in place.</summary>
    protected virtual Task OnViewChangedAsync() => Task.CompletedTask;

    /// <summary>Releases what a subclass holds.</summary>
    protected virtual void Dispose(bool disposing)
    {
    }

    private async Task RefreshAsync()
    {
        if (IsDisposed) return;
        View = Desk.Current;
        await OnViewChangedAsync();
        if (!IsDisposed) StateHasChanged();
    }
}
