using Equilibrage.Core.Orders;
using Equilibrage.Core.Ports;
using Equilibrage.Core.Projections;
using Equilibrage.Core.State;

namespace Equilibrage.Web.Endpoints;

/// <summary>What became of a change of settings.</summary>
/// <param name="Settings">The settings after it.</param>
/// <param name="Errors">What is wrong with the combination; then nothing was changed.</param>
/// <param name="Denial">The engine's refusal; then nothing was changed.</param>
internal sealed record SettingsChange(
    TradingSettings Settings, IReadOnlyList<(string Key, string Message)> Errors, Denial? Denial);

/// <summary>
/// Changes settings one request at a time. A change starts from the settings in force and replaces them all, so two at
/// once would lose one of them; and the view follows the engine with a short delay, so each waits until it shows.
/// </summary>
internal sealed class SettingsWriter(IDesk desk, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private readonly SemaphoreSlim turn = new(1, 1);

    public void Dispose() => turn.Dispose();

    /// <summary>Applies a change to the settings in force.</summary>
    internal async Task<SettingsChange> ChangeAsync(
        string key, Func<TradingSettings, TradingSettings> change, CancellationToken cancellation)
    {
        await turn.WaitAsync(cancellation);
        try
        {
            var settings = change(desk.Current.Settings);
            var errors = SettingsCatalog.Validate(settings);
            if (errors.Count > 0)
                return new(desk.Current.Settings, errors, null);
            var outcome = await desk.SendAsync(new OperatorCommand.Configure(key, settings), cancellation);
            if (outcome.Denial is null)
                await ShowsAsync(view => view.Settings == settings, cancellation);
            return new(settings, errors, outcome.Denial);
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task ShowsAsync(Func<DeskView, bool> isShown, CancellationToken cancellation)
    {
        var shown = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var subscription = desk.Subscribe(() =>
        {
            if (isShown(desk.Current))
                shown.TrySetResult();
            return Task.CompletedTask;
        });
        if (isShown(desk.Current))
            return;
        try
        {
            await shown.Task.WaitAsync(Patience, clock, cancellation);
        }
        catch (TimeoutException)
        {
            // A repeated key changes nothing, so its settings may never show; the command itself was answered.
            return;
        }
    }
}
