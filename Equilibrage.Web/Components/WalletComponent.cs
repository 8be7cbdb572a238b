using Equilibrage.Web.Custody;
using Microsoft.AspNetCore.Components;

namespace Equilibrage.Web.Components;

/// <summary>A part of a page that follows the wallet and its arming; in modes without one it shows nothing.</summary>
public abstract class WalletComponent : ComponentBase, IDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private ITimer? _timer;
    private bool _isDisposed;

    /// <summary>The host's services; the wallet is there in Live mode alone.</summary>
    [Inject]
    protected IServiceProvider Services { get; set; } = null!;

    /// <summary>Wall time.</summary>
    [Inject]
    protected TimeProvider Clock { get; set; } = null!;

    /// <summary>The wallet; null in every mode but Live.</summary>
    internal WalletSession? Wallet { get; private set; }

    /// <inheritdoc/>
    public void Dispose()
    {
        _isDisposed = true;
        _timer?.Dispose();
        if (Wallet is not null)
            Wallet.Changed -= OnChanged;
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    protected override void OnInitialized() => Wallet = Services.GetService<WalletSession>();

    /// <inheritdoc/>
    protected override void OnAfterRender(bool firstRender)
    {
        if (!firstRender || _isDisposed || Wallet is null)
            return;
        Wallet.Changed += OnChanged;
        // The time left goes by on its own.
        _timer = Clock.CreateTimer(_ => Refresh(), null, Second, Second);
    }

    private void OnChanged(object? sender, EventArgs nothing) => Refresh();

    private void Refresh() => _ = InvokeAsync(() =>
    {
        if (!_isDisposed)
            StateHasChanged();
    });
}
